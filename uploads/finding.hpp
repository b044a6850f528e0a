#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"

namespace pli::uploads {

/// What a finding means for the upload.
enum class Severity : std::uint8_t {
    Fatal,       // not accepted, and no repair of ours would help
    Repairable,  // not accepted as it is; accepted after the repair that is named
    Warning,     // accepted; somebody should look at it before it is printed
    Info,        // nothing to do
};

/// One thing that was noticed on an upload, in words a merchant understands.
struct Finding {
    Severity severity = Severity::Info;
    std::string code;           // stable: programs may rely on it; uploads/rules.cpp has them all
    int page = 0;               // from 1; 0: the document
    std::optional<Rect> where;  // on the upright, trimmed page
    std::string found, expected;
    std::string remedy;  // what a person can do about it
    std::string repair;  // the repair of ours that cures it ("scale", "clear-zone"); empty: none does
    bool operator==(const Finding&) const = default;
};

/// The same finding on several pages is told once.
struct FindingOnPages {
    Finding finding;         // as on the first of the pages
    std::vector<int> pages;  // ascending; empty: the document
};

/// Fatal first, then by the order in which rules are listed, then by page. Findings that say the same of other pages
/// become one, wherever on those pages it is.
/// Threads  pure
std::vector<FindingOnPages> together(std::vector<Finding> findings);

/// "page 3", "pages 2 to 9", "pages 1, 3 and 5 to 8": consecutive pages are drawn together.
std::string pages_in_words(const std::vector<int>& pages);

std::string_view name_of(Severity severity);  // "fatal", "repairable", "warning", "info"

}  // namespace pli::uploads
