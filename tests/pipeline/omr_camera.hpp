#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/omr.hpp"
#include "tests/pipeline/page_pixels.hpp"

namespace pli::pipeline::test {

/// A profile that comes with Pli, as of 22 November 2026.
OmrProfile shipped(const std::string& name);

/// One sheet in the feeder: which positions were black.
using SheetMarks = std::uint32_t;

/// The camera over the lane of an A4 cell that begins at `x`, `y`. Nothing where there is no mark at all.
std::optional<SheetMarks> read_sheet(const PagePixels& page, const OmrProfile& omr, double x, double y);

/// Feeds sheet after sheet, checks parity and sequence, and lets a collation go where the marks say it ends. Gives the
/// sheets of each.
std::vector<unsigned> collate(const OmrProfile& omr, const std::vector<SheetMarks>& sheets);

}  // namespace pli::pipeline::test
