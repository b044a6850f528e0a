#include "uploads/zones.hpp"

#include <algorithm>

namespace pli::uploads {
namespace {

Rect between(Point from, Point to) { return {from, {to.x - from.x, to.y - from.y}}; }

}  // namespace

bool concerns(const Zone& zone, int page, Sides sides) {
    if (zone.page != 0) return zone.page == page;
    return sides == Sides::Simplex || page % 2 == 1;
}

bool fits_sheet(const Size& page, const SheetZones& zones) {
    const auto near = [](Length a, Length b) { return a - b <= sheet_tolerance && b - a <= sheet_tolerance; };
    return near(page.width, zones.sheet.width) && near(page.height, zones.sheet.height);
}

std::vector<Rect> without(const Rect& part, const Rect& hole) {
    if (!part.overlaps(hole)) return {part};
    const Length top = std::max(part.top(), hole.top()), bottom = std::min(part.bottom(), hole.bottom());
    std::vector<Rect> rest;
    for (const Rect& piece :
         {between({part.left(), part.top()}, {part.right(), top}), between({part.left(), top}, {hole.left(), bottom}),
          between({hole.right(), top}, {part.right(), bottom}),
          between({part.left(), bottom}, {part.right(), part.bottom()})}) {
        if (piece.size.width > Length{} && piece.size.height > Length{}) rest.push_back(piece);
    }
    return rest;
}

}  // namespace pli::uploads
