#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::preflight {

/// What manifest.csv says of a piece, as far as pages and sheets are concerned. All counted from 1.
struct ManifestPiece {
    std::uint32_t piece = 0, sheets = 0, pages = 0, sides = 1;
    std::uint32_t first_page = 0, last_page = 0, first_sheet = 0, last_sheet = 0, pile = 0;
    std::uint32_t generation = 1;  // above 1: of a reprint, whose pieces keep the numbers they had
};

/// Source   RFC 4180; the columns of docs/print-house.md, in any order and among others
/// Errors   BadInput: a column is missing, a count is no number, a quote is open; names the line
Result<std::vector<ManifestPiece>> read_manifest(std::string_view csv);

}  // namespace pli::preflight
