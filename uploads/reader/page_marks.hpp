#pragma once
#include <cstdint>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

#include "uploads/reader/matrix.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads::reader {

class PageFont;

/// Where in the content of an upload a glyph is written: its code within the string that starts at `token`.
struct Origin {
    std::uint32_t stream = 0;  // into PageMarks::streams
    std::uint32_t token = 0;   // offset of the string in the decoded content
    std::uint32_t at = 0;      // of the code in the string's bytes
    std::uint8_t bytes = 1;
    bool operator==(const Origin&) const = default;
};

/// How text is painted, kept apart because hundreds of glyphs share it.
struct TextPaint {
    PageColour colour;
    Blend blend;
    bool outlined = false, invisible = false;
    std::string colour_operators{};     // say the fill colour again: "0.1 0 0 1 k", "/CS0 cs 0.5 scn"
    QPDFObjectHandle space{}, state{};  // the objects these names stand for, where they stand for any
    bool operator==(const TextPaint& o) const {
        return colour == o.colour && blend == o.blend && outlined == o.outlined && invisible == o.invisible &&
               colour_operators == o.colour_operators;
    }
};

/// One glyph on the page, in points from its top left corner, y downwards.
struct PageGlyph {
    Place origin, end;   // of its pen, spacing included in `end`
    Place along, up;     // one em along the line and across it
    double width = 0;    // of the glyph itself in ems
    double advance = 0;  // with what is added behind it, in thousandths of the size, before horizontal scaling
    double size = 0;     // of the font on the paper, in points
    const PageFont* font = nullptr;
    std::uint32_t paint = 0;  // into PageMarks::paints
    std::uint32_t order = 0;
    std::uint32_t code = 0;
    Origin source;
    Extent box;                                         // clipped
    bool visible = true, known = true, movable = true;  // movable: not within a pattern
    std::string text;
};

/// What a walk over one page finds.
struct PageMarks {
    std::vector<PageGlyph> glyphs;
    std::vector<TextPaint> paints;
    std::vector<PathMark> paths;
    std::vector<PictureMark> pictures;
    std::vector<QPDFObjectHandle> streams;  // whose content has glyphs
    Extent trim, sheet;                     // the trimmed page, and what there is around it
    Edges bleed;
    bool transparency = false, truncated = false, damaged = false;
};

}  // namespace pli::uploads::reader
