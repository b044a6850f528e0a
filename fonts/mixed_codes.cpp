#include "fonts/mixed_codes.hpp"

#include <hb.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "fonts/face_file.hpp"
#include "fonts/glyph_texts.hpp"

namespace pli::fonts {
namespace {

constexpr std::size_t first_of_one_byte = 0x20;
constexpr std::size_t most_glyphs = (first_of_one_byte << 8) - MixedCodes::two_bytes;

/// The character of each code of one byte; 0 where there is none.
using Repertoire = std::array<char32_t, 256>;

/// 0x80 to 0x9F in Windows-1252.
constexpr std::u32string_view windows{U"€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ", 32};
/// What the gaps are for: delete, five in `windows`, no-break space and soft hyphen (which look like others).
constexpr std::u32string_view in_the_gaps = U"\u202Fłąęśżőč";

constexpr Repertoire repertoire = [] {
    Repertoire characters{};
    std::size_t gap = 0;
    for (std::size_t code = first_of_one_byte; code < characters.size(); ++code) {
        const bool is_gap = code == 0x7F || code == 0xA0 || code == 0xAD;
        const bool is_windows = code >= 0x80 && code < 0xA0;
        char32_t c = is_gap ? char32_t{0} : is_windows ? windows[code - 0x80] : static_cast<char32_t>(code);
        if (c == 0) c = in_the_gaps[gap++];
        characters[code] = c;
    }
    return characters;
}();

}  // namespace

MixedCodes::MixedCodes(const Face& face, const GlyphTexts& texts) {
    codes_.resize(std::min(face.widths.size(), most_glyphs));
    plain_.resize(face.widths.size());
    const auto is_ligature = [&](std::size_t glyph) { return texts.of(static_cast<std::uint16_t>(glyph)).size() > 1; };
    for (std::size_t glyph = 0; glyph < codes_.size(); ++glyph)
        if (!is_ligature(glyph)) codes_[glyph] = static_cast<std::uint16_t>(two_bytes + glyph);
    const HbFont font = shaping_font(face);
    for (std::size_t code = first_of_one_byte; code < repertoire.size(); ++code) {
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(font.get(), repertoire[code], &glyph)) continue;
        if (glyph >= codes_.size() || codes_[glyph] < two_bytes) continue;
        codes_[glyph] = static_cast<std::uint16_t>(code);
        const bool escaped = code == '(' || code == ')' || code == '\\';
        plain_[glyph] = escaped ? std::uint8_t{0} : static_cast<std::uint8_t>(code);
    }
}

}  // namespace pli::fonts
