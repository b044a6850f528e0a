#pragma once
#include <cstddef>
#include <vector>

#include "uploads/reader/page_marks.hpp"

namespace pli::uploads::reader {

/// True where `next` goes on with the word that `glyph` belongs to: same font, size, direction and paint, and no gap
/// that a reader would see as a space.
bool same_word(const PageGlyph& glyph, const PageGlyph& next);
bool is_space(const PageGlyph& glyph);
/// Anticlockwise, 0 where the text stands upright.
double degrees_of(const PageGlyph& glyph);
/// From the end of `glyph` to the beginning of `next` along the line and away from it, in ems.
struct Gap {
    double along = 0, across = 0;
};
Gap gap_between(const PageGlyph& glyph, const PageGlyph& next);

/// The glyphs as words, in the order in which they are painted.
std::vector<TextMark> words_of(const PageMarks& marks);

}  // namespace pli::uploads::reader
