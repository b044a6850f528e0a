#include "fonts/glyph_texts.hpp"

#include <glib.h>

#include <array>

#include "fonts/characters.hpp"
#include "fonts/face_file.hpp"
#include "fonts/substitutions.hpp"
#include "fonts/word_shaping.hpp"

namespace pli::fonts {
namespace {

using HbSet = Handle<hb_set_t, hb_set_destroy>;

enum class Form : bool { Canonical = FALSE, Compatible = TRUE };

/// Source   Unicode 15 §3.7, by way of GLib's tables
std::u32string decomposed(char32_t c, Form form) {
    std::array<gunichar, G_UNICHAR_MAX_DECOMPOSITION_LENGTH> parts{};
    const gsize count = g_unichar_fully_decompose(c, static_cast<gboolean>(form), parts.data(), parts.size());
    return {parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count)};
}

bool is_private(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }
bool is_compatibility(char32_t c) { return decomposed(c, Form::Compatible) != decomposed(c, Form::Canonical); }
/// Latin and Armenian ligatures, Hebrew and Arabic presentation forms.
bool is_presentation_form(char32_t c) { return (c >= 0xFB00 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC); }

/// A ligature of Hebrew or Arabic stays one character: readers turn right-to-left text round sign by sign, and would
/// turn "lam alef" of one glyph into "alef lam". They take the ligature apart themselves, after that (NFKC).
std::u32string text_for(char32_t c) {
    if (!is_presentation_form(c)) return std::u32string(1, c);
    const std::u32string letters = decomposed(c, Form::Compatible);
    return letters.size() > 1 && c >= 0xFB1D ? std::u32string(1, c) : letters;
}

/// Signs that are one to a reader, though Unicode's compatibility mappings keep them apart.
char32_t twin_of(char32_t c) {
    switch (c) {
        case 0x2010: return U'-';    // hyphen
        case 0x2206: return 0x0394;  // increment: Delta
        case 0x2215: return 0x2044;  // division slash: fraction slash
        case 0x2219: return 0x00B7;  // bullet operator: middle dot
        default: return c;
    }
}

void append_plain(std::u32string& plain, char32_t c) {
    if (c < 0x80) return plain.push_back(c);
    if (is_invisible(c)) return;
    for (const char32_t part : decomposed(c, Form::Compatible)) plain.push_back(twin_of(part));
}

/// What faces without code points for them usually join.
constexpr std::array ligatures{"ff",  "fi", "fl",  "ffi", "ffl", "fj",  "ffj", "ft", "fft", "fb", "ffb", "fh",
                               "ffh", "fk", "ffk", "tt",  "ti",  "tti", "tf",  "Th", "st",  "ct", "gy",  "IJ"};

/// Arabic ligatures with a code point, the last block first, whose lam-alefs every font has.
constexpr std::array<std::pair<char32_t, char32_t>, 3> arabic_ligatures{
    {{0xFEF5, 0xFEFC}, {0xFC00, 0xFD3D}, {0xFD50, 0xFDC7}}};

/// The letters as they stand alone, at the end, at the beginning and within a word.
std::array<std::string, 4> in_all_places(char32_t ligature) {
    constexpr const char* joiner = "\u200D";
    std::string letters;
    for (const char32_t c : decomposed(ligature, Form::Compatible)) append_utf8(letters, c);
    return {letters, joiner + letters, letters + joiner, joiner + letters + joiner};
}

}  // namespace

GlyphTexts::GlyphTexts(const Face& face) : places_(face.widths.size()) {
    read_cmap(face);
    read_substitutes(face);
    read_arabic_ligatures(face);
    read_replacements(face);
}

void GlyphTexts::put(std::uint16_t glyph, std::u32string_view text) {
    if (glyph >= places_.size()) return;
    places_[glyph] = {static_cast<std::uint32_t>(texts_.size()) & 0xFFFFFF,
                      static_cast<std::uint32_t>(text.size()) & 0xFF};
    texts_ += text;
}

void GlyphTexts::read_cmap(const Face& face) {
    const HbSet characters(hb_set_create());
    hb_face_collect_unicodes(face.hb, characters.get());
    const HbFont font(hb_font_create(face.hb));
    std::vector<bool> compatibility(places_.size());  // glyphs whose text so far is a compatibility form
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID, glyph = 0; hb_set_next(characters.get(), &c);) {
        if (is_private(c) || !hb_font_get_nominal_glyph(font.get(), c, &glyph) || glyph >= places_.size()) continue;
        const bool first = places_[glyph].length == 0;
        if (!first && !compatibility[glyph]) continue;
        const bool plain = !is_compatibility(c);
        if (!first && !plain) continue;
        compatibility[glyph] = !plain;
        put(static_cast<std::uint16_t>(glyph), text_for(c));
    }
}

/// Some faces set even a lone character with a glyph that has no code point: the digits of Noto Sans CJK.
void GlyphTexts::read_substitutes(const Face& face) {
    const HbFont font = shaping_font(face);
    const HbBuffer buffer(hb_buffer_create());
    const Setting plain, joined({{*read_feature("dlig"), *read_feature("hlig")}});
    const auto learn = [&](std::string_view characters, const Setting& setting) {
        shape_into(buffer.get(), font.get(), whole_word(characters, &setting));
        const auto glyphs = glyph_infos(buffer.get());
        if (glyphs.size() != 1 || glyphs[0].codepoint == 0) return;
        const auto glyph = static_cast<std::uint16_t>(glyphs[0].codepoint);
        if (!of(glyph).empty()) return;
        std::u32string text;
        for (std::size_t at = 0; at < characters.size();) text += next_char(characters, at);
        put(glyph, text);
    };
    for (const std::string_view letters : ligatures) learn(letters, plain), learn(letters, joined);
    for (char32_t c = U'!'; c <= U'\u00FF'; ++c) {
        std::string character;
        append_utf8(character, c);
        if (is_simple_char(c)) learn(character, plain);
    }
}

/// Ligatures that a face joins though its cmap does not name them.
void GlyphTexts::read_arabic_ligatures(const Face& face) {
    const HbFont font = shaping_font(face);
    hb_codepoint_t lam = 0;
    if (hb_font_get_nominal_glyph(font.get(), 0x0644, &lam) == 0) return;
    const HbBuffer buffer(hb_buffer_create());
    for (const auto& [first, last] : arabic_ligatures)
        for (char32_t c = first; c <= last; ++c) {
            if (!is_compatibility(c)) continue;
            for (const std::string& letters : in_all_places(c)) {
                ShapingInput input = whole_word(letters);
                input.script = HB_SCRIPT_ARABIC;
                input.rtl = true;
                shape_into(buffer.get(), font.get(), input);
                const auto glyphs = glyph_infos(buffer.get());
                if (glyphs.size() != 1 || glyphs[0].codepoint == 0) continue;
                const auto glyph = static_cast<std::uint16_t>(glyphs[0].codepoint);
                if (of(glyph).empty()) put(glyph, std::u32string(1, c));
            }
        }
}

/// Small capitals, old-style and tabular figures, the joined forms of Arabic letters stand for what they replace, a
/// ligature for its letters. Twice, for what replaces a replacement ("old-style" then "tabular").
void GlyphTexts::read_replacements(const Face& face) {
    std::u32string text;
    const auto learn = [&](std::span<const std::uint16_t> glyphs, std::uint16_t by) {
        constexpr std::size_t longest = 32;
        if (by == 0 || by >= places_.size() || places_[by].length != 0) return;
        text.clear();
        for (const std::uint16_t glyph : glyphs) {
            if (of(glyph).empty()) return;
            text += of(glyph);
        }
        if (text.size() <= longest) put(by, text);
    };
    for (int round = 0; round < 2; ++round) read_substitutions(face.hb, learn);
}

std::u32string_view GlyphTexts::of(std::uint16_t glyph) const {
    if (glyph >= places_.size()) return {};
    return std::u32string_view(texts_).substr(places_[glyph].first, places_[glyph].length);
}

bool GlyphTexts::spell(std::span<const Glyph> glyphs, std::string_view text) const {
    std::u32string wanted, told;
    for (std::size_t at = 0; at < text.size();) append_plain(wanted, next_char(text, at));
    for (const Glyph& glyph : glyphs) {
        const std::u32string_view part = of(glyph.id);
        if (part.empty()) return false;
        for (const char32_t c : part) append_plain(told, c);
    }
    return wanted == told;
}

}  // namespace pli::fonts
