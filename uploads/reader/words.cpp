#include "uploads/reader/words.hpp"

#include <numbers>

#include "uploads/reader/page_font.hpp"

namespace pli::uploads::reader {
namespace {

bool close(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

void add_to_word(TextMark& word, Extent& box, const PageGlyph& glyph) {
    word.text += glyph.text;
    word.text_known = word.text_known && glyph.known;
    word.visible = word.visible || glyph.visible;
    box.include({glyph.box.left, glyph.box.top});
    box.include({glyph.box.right, glyph.box.bottom});
}

TextMark word_from(const PageGlyph& glyph, const TextPaint& paint) {
    TextMark word;
    word.colour = paint.colour;
    word.blend = paint.blend;
    word.order = glyph.order;
    word.visible = false;
    word.baseline = {length_of(glyph.origin.x), length_of(glyph.origin.y)};
    word.degrees = degrees_of(glyph);
    word.size = length_of(glyph.size);
    word.font = glyph.font->index;
    word.outlined = paint.outlined;
    return word;
}

}  // namespace

double degrees_of(const PageGlyph& glyph) {
    const double degrees = std::atan2(-glyph.along.y, glyph.along.x) * 180 / std::numbers::pi;
    return std::isfinite(degrees) ? degrees + 0.0 : 0;
}

bool is_space(const PageGlyph& glyph) {
    return glyph.text == " " || glyph.text == "\u00A0" || glyph.text == "\t" || glyph.text == "\u3000";
}

Gap gap_between(const PageGlyph& glyph, const PageGlyph& next) {
    const double em = std::hypot(glyph.along.x, glyph.along.y);
    if (!(em > 1e-9)) return {};
    const double x = next.origin.x - glyph.end.x, y = next.origin.y - glyph.end.y;
    return {(x * glyph.along.x + y * glyph.along.y) / (em * em), (x * glyph.along.y - y * glyph.along.x) / (em * em)};
}

bool same_word(const PageGlyph& glyph, const PageGlyph& next) {
    constexpr double word_gap = 0.13, overlap = -0.4, off_line = 0.1;  // ems; pdftotext takes 0.1 for the first
    if (next.font != glyph.font || next.paint != glyph.paint || !close(next.size, glyph.size, 0.01)) return false;
    const double tilt = 0.02 * std::max(glyph.size, 0.01);
    if (!close(next.along.x, glyph.along.x, tilt) || !close(next.along.y, glyph.along.y, tilt)) return false;
    if (glyph.font->vertical()) return close(next.origin.x, glyph.end.x, 0.5) && close(next.origin.y, glyph.end.y, 0.5);
    const Gap gap = gap_between(glyph, next);
    return gap.along < word_gap && gap.along > overlap && std::abs(gap.across) < off_line;
}

std::vector<TextMark> words_of(const PageMarks& marks) {
    std::vector<TextMark> words;
    Extent box;
    const PageGlyph* before = nullptr;
    const auto finish = [&] {
        if (before != nullptr) words.back().box = rect_of(box);
        before = nullptr;
    };
    for (const PageGlyph& glyph : marks.glyphs) {
        if (is_space(glyph)) {
            finish();
            continue;
        }
        if (before == nullptr || !same_word(*before, glyph)) {
            finish();
            words.push_back(word_from(glyph, marks.paints[glyph.paint]));
            box = {};
        }
        add_to_word(words.back(), box, glyph);
        before = &glyph;
    }
    finish();
    return words;
}

}  // namespace pli::uploads::reader
