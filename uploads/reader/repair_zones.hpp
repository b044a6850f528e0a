#pragma once
#include <vector>

#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Empties zones: pictures, paths and forms wholly within one go, characters whose middle lies in one go and leave a
/// gap as wide, and what only reaches into a zone is clipped away around it. A form drawn several times is taken apart,
/// so that only what stands in the zone loses anything. Replacement texts (/ActualText) of such a page go too, because
/// they may say what was taken out.
/// Source   ISO 32000-1 §8.5.3.3.3 (even-odd rule), §8.5.4 (clipping), §9.4.3 (TJ), §14.9.4
/// Errors   NotFound: no such page; BadInput: content too deep or too much of it to follow; as form_of_page
Done clear_zones(const RepairDesk& desk, const std::vector<ClearZone>& zones);

}  // namespace pli::uploads::reader
