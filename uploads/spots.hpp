#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "uploads/asking.hpp"
#include "uploads/spots_seen.hpp"

namespace pli::uploads {

/// A place on a page of a finished print file that is looked at closely.
struct Spot {
    std::uint32_t page = 0;  // from 0; spots come in the order of their pages
    Rect place;              // from the page's top left corner
    bool words = false;      // its text too
};

/// Drawn by poppler at the resolution asked for, over the spots of each page alone.
/// Errors   as import_pdf
/// Threads  any; each call runs its own child
Asked<SpotsSeen> look_closely(std::string_view pdf, const std::vector<Spot>& spots, int dpi, std::string_view where,
                              const Limits& limits = {});

}  // namespace pli::uploads
