#pragma once
#include <cstdint>
#include <vector>

#include "uploads/reader/page_marks.hpp"
#include "uploads/reader/text_lines.hpp"

namespace pli::uploads::reader {

/// A part of a line with the glyphs it consists of.
struct FoundPart {
    LinePart part;
    std::vector<std::uint32_t> glyphs;  // into PageMarks::glyphs, shadows included
    PlaceholderFact fact;               // of a placeholder
};

/// A line with placeholders: `line` without its parts, which are here.
struct FoundLine {
    FieldLine line;
    std::vector<FoundPart> parts;
};

/// The placeholders of a page: `{name}` or `{{name}}`, with format and fallback as in templates, whatever their glyphs
/// are written with. A brace that begins no such thing is text.
///
/// A line is centred or right aligned where the lines above and below it are, and else where the page says so: a line
/// whose neighbours share its left edge is left aligned, whatever else they share.
std::vector<FoundLine> field_lines_of(const PageMarks& marks, const DocumentFacts& document);

}  // namespace pli::uploads::reader
