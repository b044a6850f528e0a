// The text half of FrameOperators: BT ... ET, the hot loop of the program.
#include <array>
#include <cstdlib>
#include <iterator>

#include "fonts/characters.hpp"
#include "fonts/glyph_texts.hpp"
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

char* put_glyph(char* at, std::uint16_t id) {
    const auto high = static_cast<std::uint8_t>(id >> 8), low = static_cast<std::uint8_t>(id);
    if (escaped[high] || escaped[low]) return put_escaped(put_escaped(at, high), low);
    *at++ = static_cast<char>(high);
    *at++ = static_cast<char>(low);
    return at;
}

char* put(char* at, std::string_view s) { return at + s.copy(at, s.size()); }

/// Writes glyphs as one TJ array, or one for each text rise. The reader advances by the widths in the font's W array;
/// where a glyph's place differs by half a unit (1/1000 em) or more, an adjustment goes in front of it, and what
/// rounding leaves is carried on, so it never adds up.
class ShowText {
public:
    static constexpr std::size_t most_bytes_a_glyph = 96;  // rise, adjustment and two escaped bytes

    ShowText(char* at, const fonts::Face& face, Length size)
        : at_(put(at, "[(")), face_(face), size_(size.to_centipoints()) {}

    void add(const Glyph& glyph) {
        if (glyph.dy != rise_) raise(glyph.dy);
        owe(glyph.dx);
        if (2 * std::abs(owed_) >= face_.units_per_em) adjust();
        at_ = put_glyph(at_, glyph.id);
        owe(glyph.advance - face_.widths[glyph.id] - glyph.dx);
    }
    char* finish() { return put(at_, rise_ == 0 ? ")]TJ\n" : ")]TJ 0 Ts\n"); }

private:
    void owe(std::int32_t design_units) { owed_ += 1000 * std::int64_t{design_units}; }
    void adjust();
    void raise(std::int16_t rise);

    char* at_;
    const fonts::Face& face_;
    std::int64_t size_;
    std::int64_t owed_ = 0;  // to the right, in 1/1000 design units
    std::int16_t rise_ = 0;
};

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

void FrameOperators::set_font(FaceId face, Length size) {
    if (face_ == face && size_ == size) return;
    out_.text("/F").integer(face.value).hundredths(size.to_centipoints()).text("Tf\n");
    face_ = face;
    size_ = size;
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
    set_font(run.face, run.size);
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
    move_to(run.baseline);
    fonts::GlyphSet& used = use_->glyphs[run.face.value];
    const Glyph* const first = frame_->glyphs.data() + run.glyphs.first;
    ShowText text(out_.room((run.glyphs.count + 1) * ShowText::most_bytes_a_glyph), fonts_.face(run.face), run.size);
    for (const Glyph* glyph = first; glyph != first + run.glyphs.count; ++glyph) {
        used.add(glyph->id);
        text.add(*glyph);
    }
    out_.commit(text.finish());
}

}  // namespace pli::render
