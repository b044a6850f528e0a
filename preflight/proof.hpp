#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/result.hpp"
#include "preflight/findings.hpp"

namespace pli::preflight {

/// A place on a page to be looked at, and what is seen there.
struct Look {
    std::uint32_t page = 0;  // from 0; looks come in the order of their pages
    Rect place;              // from the page's top left corner
    bool words = false;      // its text too
};
struct Seen {
    std::vector<std::string> codes;  // DataMatrix and QR, byte for byte
    std::string words;
    double ink = 0;  // share of the place that is dark
};

/// Draws a PDF and looks: one answer for each look.
/// Threads  called from several at once
using Eyes = std::function<Result<std::vector<Seen>>(const std::string& pdf, const std::vector<Look>& looks)>;

struct ProofOrder {
    std::uint32_t sample = 0;  // so many press sheets, first and last among them; 0: all
    int threads = 0;           // 0: as many as the machine has
};

struct ProofReport {
    std::uint32_t press_sheets = 0, looked_at = 0;               // press sheets of the batch, and those proved
    std::uint64_t sheet_codes = 0, qr_codes = 0, addresses = 0;  // read and found right
    std::vector<Finding> findings;
    std::uint64_t findings_left_out = 0;
};

/// Holds print.pdf against the manifest as somebody would who has both on the table: the pages are drawn, every sheet code
/// and QR code is read from pixels, the address is read in the window, and each page, back or front, must show the content
/// that was noted for it. Which piece stands in which cell is the manifest's word, and check_batch says whether that
/// makes piles in order.
/// Source   docs/print-house.md, decision 023
/// Errors   BadInput: no manifest or places.csv that can be read, or they contradict each other; Environment: what `eyes` says.
///          Pages that cannot be read are findings
Result<ProofReport> prove_batch(const std::string& folder, const ProofOrder& order, const Eyes& eyes);

}  // namespace pli::preflight
