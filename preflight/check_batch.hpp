#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "preflight/check_pdf.hpp"

namespace pli::preflight {

enum class Depth : std::uint8_t {
    Folder,  // checksums and manifest
    Pdf,     // the PDFs too, page by page
};

struct BatchReport {
    std::uint32_t pieces = 0, press_sheets = 0, pages = 0;
    std::vector<Finding> findings;
    std::uint64_t findings_left_out = 0;
};

/// A batch folder as the print house takes it: checksums, the manifest against itself, against the pages of print.pdf
/// and against its document parts, print.pdf and control.pdf each for itself. It knows of Pli what docs/print-house.md
/// says.
/// Errors   NotFound: no such folder; BadInput: not a batch (no SHA256SUMS); Environment: cannot be read
/// Threads  one call a thread
Result<BatchReport> check_batch(const std::string& folder, Depth depth, const Limits& limits = {});

}  // namespace pli::preflight
