#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "uploads/reader/raster.hpp"
#include "uploads/sight.hpp"

namespace pli::uploads::reader {

struct Looking {
    std::uint64_t most_bytes = 0;
    int most_pages = 0;
    int dpi = 0;
};

/// Where each page has ink, and the codes a scanner reads on it; as it was imported.
/// Errors   as import_pages and draw_each
Result<Sight> see_pages(const std::string& bytes, const Looking& looking);

/// Some pages in pixels.   Errors: the same
Result<std::vector<Raster>> draw_pages(const std::string& bytes, PageRange range, const Looking& looking);

/// A pixel is a mark from 20 % of one ink on, a tint from 3 %: less is the noise of JPEG on white paper.
InkMap ink_of(const DrawnPage& page);

}  // namespace pli::uploads::reader
