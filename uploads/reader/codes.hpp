#pragma once
#include <vector>

#include "uploads/reader/raster.hpp"
#include "uploads/sight.hpp"

namespace pli::uploads::reader {

/// The codes a scanner would read: QR, Micro QR, DataMatrix, Aztec, PDF417, EAN-13 and Code 128, which carry a checksum
/// strong enough that pictures and tables are not taken for one. At most 20 a page.
std::vector<CodeSeen> codes_on(const DrawnPage& page);

}  // namespace pli::uploads::reader
