#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "uploads/reader/page_marks.hpp"

namespace pli::uploads::reader {

/// Upright glyphs that stand on one baseline without a wide gap, from left to right, whatever order, operators and text
/// objects they come from.
struct TextLine {
    std::vector<std::uint32_t> glyphs;  // into PageMarks::glyphs
    /// Glyphs printed a second time in the same place, to look bolder: what happens to the first happens to them.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> shadows;  // glyph, its shadow
    std::string text;                                              // spaces where the gaps say so
    std::vector<std::uint32_t> starts;                             // of each glyph's text in `text`
    Extent box;
    double baseline = 0, size = 0;
};
std::vector<TextLine> lines_of(const PageMarks& marks);

}  // namespace pli::uploads::reader
