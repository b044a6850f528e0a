#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "uploads/finding.hpp"
#include "uploads/import.hpp"
#include "uploads/sight.hpp"
#include "uploads/zones.hpp"

namespace pli::uploads {

/// Five pixels a millimetre: fine enough for the codes on letters, and a zone's edge is met within 0.1 mm.
constexpr int checking_dpi = 127;

struct CheckOptions {
    Limits limits;  // wall_seconds is what all children together may take
    Sides sides = Sides::Simplex;
};

struct CheckedPage {
    Size size;
    bool blank = false;
    std::vector<CodeSeen> codes;
};

/// `{first_name}` in the text of a page: a field that letters give a value to.
struct PlaceholderSeen {
    std::string text;  // braces included
    int page = 0;
    Rect where;
};

/// What was found, and what the pages are; no pages where the upload cannot be opened.
struct Report {
    std::vector<Finding> findings;  // as they were met; `together` puts them in order
    std::vector<CheckedPage> pages;
    std::vector<PlaceholderSeen> placeholders;  // in the order of pages and text
    bool has(Severity severity) const;
    /// Nothing fatal and nothing that would have to be repaired first.
    bool accepted() const { return !has(Severity::Fatal) && !has(Severity::Repairable); }
};

/// Looks at an upload as the print house and the carrier would. Whatever is wrong with it becomes a finding, also that
/// it cannot be opened.
/// Source   rules.cpp names the source of each rule
/// Units    rectangles lie on the upright, trimmed page, from its top left corner, y downwards
/// Errors   Environment: this installation cannot start or confine its reader; nothing else
/// Threads  any; each call runs its own children, one after the other
Result<Report> check(const std::string& bytes, std::string_view where, const SheetZones& zones,
                     const CheckOptions& options = {});

}  // namespace pli::uploads
