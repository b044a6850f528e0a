#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"

namespace pli::uploads {

/// Which pixels of a page are not blank paper: a mark, or a tint so light that one can print on it. One bit a pixel,
/// rows padded to whole bytes, the first pixel in the highest bit.
struct InkMap {
    Size size;
    std::uint32_t columns = 0, rows = 0;
    std::string marks, tints;
    std::uint32_t stride() const { return (columns + 7) / 8; }
};

/// What of a rectangle is printed on.
struct InkFound {
    double share = 0;  // of its pixels, 0 to 1
    Rect bounds;       // of the ink
};
/// Nothing where fewer than four pixels are printed. Half a pixel around the rectangle is left out: what ends at its
/// edge is not within.
std::optional<InkFound> marks_within(const InkMap& map, const Rect& rect);
std::optional<InkFound> tint_within(const InkMap& map, const Rect& rect);

/// A code that a scanner reads on a page.
struct CodeSeen {
    std::string kind;  // "QRCode", "DataMatrix", "Code128"
    std::string text;  // UTF-8, of any content
    Rect where;
    bool matrix = true;  // two-dimensional
};

struct PageSight {
    InkMap ink;
    std::vector<CodeSeen> codes;
};
/// All pages of an upload as they will be printed, in this order.
using Sight = std::vector<PageSight>;

}  // namespace pli::uploads
