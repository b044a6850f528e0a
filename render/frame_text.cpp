// The text half of FrameOperators: BT ... ET, the hot loop of the program.
#include <array>
#include <cstdlib>
#include <iterator>

#include "fonts/characters.hpp"
#include "fonts/glyph_texts.hpp"
#include "fonts/mixed_codes.hpp"
#include "render/frame_operators.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

/// Bytes that a literal string must escape: its delimiters, the escape itself, and CR, which readers turn into LF.
constexpr auto escaped = [] {
    std::array<bool, 256> table{};
    for (const char c : {'(', ')', '\\', '\r'}) table[static_cast<std::uint8_t>(c)] = true;
    return table;
}();

char* put_escaped(char* at, std::uint8_t byte) {
    if (escaped[byte]) *at++ = '\\';
    *at++ = byte == '\r' ? 'r' : static_cast<char>(byte);
    return at;
}

char* put_two_bytes(char* at, std::uint16_t code) {
    const auto high = static_cast<std::uint8_t>(code >> 8), low = static_cast<std::uint8_t>(code);
    if (escaped[high] || escaped[low]) return put_escaped(put_escaped(at, high), low);
    *at++ = static_cast<char>(high);
    *at++ = static_cast<char>(low);
    return at;
}

char* put(char* at, std::string_view s) { return at + s.copy(at, s.size()); }

/// Writes the glyphs of a run as TJ arrays: one for each stretch that is coded alike, or at another text rise. The
/// reader advances by the widths in the font's W array; where a glyph's place differs by half a unit (1/1000 em) or
/// more, an adjustment goes in front of it, and what rounding leaves is carried on, so it never adds up.
class ShowText {
public:
    static constexpr std::size_t most_bytes_a_glyph = 96;  // rise, adjustment and two escaped bytes

    /// `used`: a mark for each glyph of the face.
    ShowText(const fonts::Face& face, const fonts::MixedCodes& codes, std::uint8_t* used, Length size)
        : face_(face), codes_(codes), used_(used), size_(size.to_centipoints()) {}

    void begin(char* at) { at_ = put(at, "[("); }
    /// The first glyph that is coded otherwise, or `end`.
    template <Coding coding>
    const Glyph* show(const Glyph* glyph, const Glyph* end);
    char* finish();

private:
    const Glyph* show_plain(const Glyph* glyph, const Glyph* end);
    void place(const Glyph& glyph);
    void owe(std::int32_t design_units) { owed_ += 1000 * std::int64_t{design_units}; }
    void adjust();
    void raise(std::int16_t rise);

    char* at_ = nullptr;
    const fonts::Face& face_;
    const fonts::MixedCodes& codes_;
    std::uint8_t* used_;
    std::int64_t size_;
    std::int64_t owed_ = 0;  // to the right, in 1/1000 design units
    std::int16_t rise_ = 0;
};

template <Coding coding>
const Glyph* ShowText::show(const Glyph* glyph, const Glyph* end) {
    while (glyph != end) {
        if (coding == Coding::Mixed && owed_ == 0 && rise_ == 0) glyph = show_plain(glyph, end);
        if (glyph == end) break;
        const std::uint16_t code = codes_.of(glyph->id);
        if ((code != fonts::MixedCodes::none) != (coding == Coding::Mixed)) break;
        place(*glyph);
        used_[glyph->id] = 1;
        const bool one_byte = coding == Coding::Mixed && code < fonts::MixedCodes::two_bytes;
        at_ = one_byte ? put_escaped(at_, static_cast<std::uint8_t>(code))
                       : put_two_bytes(at_, coding == Coding::Mixed ? code : glyph->id);
        owe(glyph->advance - face_.widths[glyph->id] - glyph->dx);
        ++glyph;
    }
    return glyph;
}

/// Nearly all glyphs stand where the one before them ended, are as wide as the font says, and have a code of one byte.
/// The loop works on copies: a char written through a member might be the member itself, for all the compiler knows.
const Glyph* ShowText::show_plain(const Glyph* glyph, const Glyph* end) {
    const std::uint8_t* const plain = codes_.plain();
    const std::uint16_t* const widths = face_.widths.data();
    std::uint8_t* const used = used_;
    char* at = at_;
    for (; glyph != end; ++glyph) {
        const std::uint8_t code = plain[glyph->id];
        const int displaced = (glyph->advance ^ widths[glyph->id]) | glyph->dx | glyph->dy;
        if (code == 0 || displaced != 0) break;
        used[glyph->id] = 1;
        *at++ = static_cast<char>(code);
    }
    at_ = at;
    return glyph;
}

void ShowText::place(const Glyph& glyph) {
    if (glyph.dy != rise_) raise(glyph.dy);
    owe(glyph.dx);
    if (2 * std::abs(owed_) >= face_.units_per_em) adjust();
}

char* ShowText::finish() {
    at_ = put(at_, rise_ == 0 ? ")]TJ\n" : ")]TJ 0 Ts\n");
    rise_ = 0;
    return at_;
}

void ShowText::adjust() {
    const std::int64_t em = face_.units_per_em;
    const std::int64_t thousandths = (2 * owed_ + (owed_ < 0 ? -em : em)) / (2 * em);
    owed_ -= thousandths * em;
    at_ = put(put_integer(put(at_, ")"), -thousandths), "(");  // TJ moves to the left
}

void ShowText::raise(std::int16_t rise) {
    rise_ = rise;
    const std::int64_t doubled = 2 * size_ * rise, em = face_.units_per_em;
    at_ = put_decimal(put(at_, ")]TJ "), (doubled + (doubled < 0 ? -em : em)) / (2 * em), 2);
    at_ = put(at_, " Ts[(");
}

}  // namespace

void FrameOperators::set_font(const Lettering& font) {
    if (font_ == font) return;
    out_.text(font.coding == Coding::Mixed ? "/L" : "/F").integer(font.face.value);
    out_.hundredths(font.size.to_centipoints()).text("Tf\n");
    font_ = font;
}

/// Td counts from the start of the line before; differences of whole hundredths are exact.
void FrameOperators::move_to(Point baseline) {
    const TextPosition to{baseline.x.to_centipoints(), flipped(baseline.y)};
    out_.hundredths(to.x - line_.x).hundredths(to.y - line_.y).text("Td");
    line_ = to;
}

/// Right-to-left text that its glyphs spell, read from the right, goes without ActualText: readers turn what stands in
/// visual order round by themselves, and poppler 22 would turn the ActualText round as well.
bool FrameOperators::spelt_from_the_right(const TextRun& run) {
    if (!fonts::reads_from_the_right(frame_->text_of(run.text))) return false;  // "ki" of Devanagari is drawn "ik" too
    const auto first = frame_->glyphs.begin() + run.glyphs.first;
    reversed_.assign(std::make_reverse_iterator(first + run.glyphs.count), std::make_reverse_iterator(first));
    return fonts_.texts_of(run.face).spell(reversed_, frame_->text_of(run.text));
}

Done FrameOperators::draw(const TextRun& run) {
    if (run.glyphs.count == 0) return {};
    begin_text();
    set_fill(run.colour, Below::KeptUnderBlack);
    if (run.text.count == 0 || spelt_from_the_right(run)) {
        show(run);
        return {};
    }
    actual_text_.clear();
    append_utf16_hex(actual_text_, frame_->text_of(run.text));
    out_.text("/Span<</ActualText<FEFF").text(actual_text_).text(">>>BDC\n");
    show(run);
    out_.text("EMC\n");
    return {};
}

void FrameOperators::show(const TextRun& run) {
    const fonts::MixedCodes& codes = fonts_.codes_of(run.face);
    const Glyph* glyph = frame_->glyphs.data() + run.glyphs.first;
    const Glyph* const end = glyph + run.glyphs.count;
    const fonts::Face& face = fonts_.face(run.face);
    ShowText text(face, codes, use_->glyphs[run.face.value].marks(face.widths.size()), run.size);
    for (bool first = true; glyph != end; first = false) {
        const Coding coding = codes.of(glyph->id) != fonts::MixedCodes::none ? Coding::Mixed : Coding::GlyphId;
        set_font({run.face, run.size, coding});
        if (first) move_to(run.baseline);
        text.begin(out_.room(static_cast<std::size_t>(end - glyph + 1) * ShowText::most_bytes_a_glyph));
        glyph = coding == Coding::Mixed ? text.show<Coding::Mixed>(glyph, end) : text.show<Coding::GlyphId>(glyph, end);
        out_.commit(text.finish());
    }
}

}  // namespace pli::render
