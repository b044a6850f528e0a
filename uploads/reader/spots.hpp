#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "uploads/spots_seen.hpp"

namespace pli::uploads::reader {

/// What stands in places on the pages of a PDF of ours: of each page only the rectangle around its spots is drawn.
/// `asked` is what uploads/spots.cpp packs.
/// Errors   BadInput: poppler cannot read it, or there is no such page; Overflow: spots of more than 100 megapixels
Result<SpotsSeen> see_spots(const std::string& pdf, std::string_view asked, int dpi);

}  // namespace pli::uploads::reader
