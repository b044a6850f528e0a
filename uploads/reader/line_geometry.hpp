#pragma once
#include <vector>

#include "frame/field_lines.hpp"
#include "uploads/reader/page_marks.hpp"
#include "uploads/reader/text_lines.hpp"

namespace pli::uploads::reader {

/// How a line is aligned, judged by the lines around it. Edges agree within a quarter of a millimetre.
/// - a line above or below it, no further than two and a half of its size, has the same left edge: left;
/// - else the same right edge: right; else the same middle: centred;
/// - else, alone: centred on the page, or ending at the right edge of the page's text and not beginning at the left of
///   it: centred, right. Everything else is left.
FieldLine::Align align_of(const TextLine& line, const std::vector<TextLine>& lines, const PageMarks& marks);

/// From where to where a line may reach: to the edges of the page's text, to the frame or tinted box it stands in, to
/// what stands beside it. Never less than it takes already.
struct Reach {
    double left = 0, right = 0;  // points
};
Reach reach_of(const TextLine& line, const std::vector<TextLine>& lines, const PageMarks& marks);

}  // namespace pli::uploads::reader
