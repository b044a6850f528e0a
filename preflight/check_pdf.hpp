#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "preflight/findings.hpp"
#include "preflight/inspection.hpp"
#include "preflight/parts.hpp"

namespace pli::preflight {

struct PdfReport {
    std::uint32_t pages = 0;
    std::vector<DocumentPart> parts;
    std::vector<Finding> findings;
    std::uint64_t findings_left_out = 0;
};

/// Reads a PDF and tells where it breaks PDF/X-4, or PDF/VT-1 if it has document parts, and what a prepress engineer
/// would ask about. Memory: 35 MB and 1.3 KB a page, most of it qpdf's cross-reference table.
/// Source   ISO 15930-7 and ISO 16612-2 as reported; ISO 32000-1; README.md lists the rules and what is not looked at
/// Errors   NotFound: no such file; Environment: cannot be read; BadInput: not a PDF at all
/// Threads  one call a thread
Result<PdfReport> check_pdf(const std::string& path, const std::string& name, const Limits& limits = {});

}  // namespace pli::preflight
