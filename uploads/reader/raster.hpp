#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "base/length.hpp"
#include "base/result.hpp"
#include "uploads/import.hpp"

namespace pli::uploads::reader {

/// A page on white, as long as it is shown: four bytes a pixel, blue, green, red and one that says nothing.
struct DrawnPage {
    Size size;
    std::uint32_t columns = 0, rows = 0;
    const std::uint8_t* pixels = nullptr;
    std::size_t stride = 0;
    const std::uint8_t* row(std::uint32_t y) const { return pixels + y * stride; }
};
using SeePage = std::function<void(const DrawnPage&)>;
struct PageRange {
    int first = 0, count = 0;
};

/// The pages of a PDF of ours, drawn by poppler one after the other.
/// Errors   BadInput: poppler cannot read it; Overflow: a page of more than 100 megapixels
Done draw_each(const std::string& pdf, PageRange range, int dpi, const SeePage& see);

/// The first page.   Errors: the same
Result<Raster> draw(const std::string& pdf, int dpi);

Raster pixels_of(const DrawnPage& page);

}  // namespace pli::uploads::reader
