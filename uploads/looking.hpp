#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "uploads/asking.hpp"
#include "uploads/import.hpp"
#include "uploads/sight.hpp"

namespace pli::uploads {

/// Draws all pages in one child: starting one for each would cost more than drawing.
/// Errors   as import_pdf
Asked<Sight> look_at(const std::string& bytes, int dpi, std::string_view where, const Limits& limits = {});

/// Some of the pages in pixels, from page `first` (counted from 0).
Asked<std::vector<Raster>> draw_pages(const std::string& bytes, int first, int count, int dpi, std::string_view where,
                                      const Limits& limits = {});

}  // namespace pli::uploads
