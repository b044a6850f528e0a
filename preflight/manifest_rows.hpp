#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::preflight {

/// What manifest.csv says of a piece, as far as pages and sheets are concerned. All counted from 1. What a proof alone
/// asks for may be missing: then it is empty.
struct ManifestPiece {
    std::uint32_t piece = 0, sheets = 0, pages = 0, sides = 1;
    std::uint32_t first_page = 0, last_page = 0, first_sheet = 0, last_sheet = 0, pile = 0, cell = 0;
    std::uint32_t generation = 1;  // above 1: of a reprint, whose pieces keep the numbers they had
    std::string batch_id, template_name, postal_code, page_sums, qr;
};

/// How letter sheets lie on press sheets: the column `imposition`, "1-up", "2x1 cut-and-stack", "2x2 in-sequence".
struct ManifestGrid {
    std::uint32_t columns = 1, rows = 1;
    bool in_sequence = false;  // side by side in reading order, instead of a pile for each cell
    std::uint32_t cells() const { return columns * rows; }
    std::uint32_t piles_a_lift() const { return in_sequence ? 1 : cells(); }
};

struct ManifestFacts {
    std::vector<ManifestPiece> pieces;
    ManifestGrid grid;  // of all of them
};

/// Source   RFC 4180; the columns of docs/print-house.md, in any order and among others
/// Errors   BadInput: a column is missing, a count is no number, an imposition that Pli does not
///          make, a quote is open; names the line
Result<ManifestFacts> read_manifest(std::string_view csv);

}  // namespace pli::preflight
