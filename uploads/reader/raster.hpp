#pragma once
#include <string>

#include "base/result.hpp"
#include "uploads/import.hpp"

namespace pli::uploads::reader {

/// The first page on white, drawn by poppler.
/// Errors   BadInput: poppler cannot read it; Overflow: more than 100 megapixels
Result<Raster> draw(const std::string& pdf, int dpi);

}  // namespace pli::uploads::reader
