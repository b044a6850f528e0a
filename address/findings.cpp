#include "address/findings.hpp"

#include <algorithm>

namespace pli::address {

std::string_view name_of(Severity severity) {
    if (severity == Severity::Note) return "note";
    return severity == Severity::Warning ? "warning" : "refused";
}

void Tally::add(std::uint64_t row, const std::vector<Finding>& findings) {
    ++addresses;
    auto worst = Severity::Note;
    for (const Finding& finding : findings) {
        worst = std::max(worst, finding.severity);
        auto& entry = entries[finding.code];
        if (entry.count == 0) entry.example = finding.message;
        entry.severity = std::max(entry.severity, finding.severity);
        if (entry.count > 0 && entry.last_row == row) continue;
        entry.last_row = row;
        ++entry.count;
        if (entry.rows.size() < rows_kept) entry.rows.push_back(row);
    }
    refused += worst == Severity::Refused ? 1 : 0;
    warned += worst == Severity::Warning ? 1 : 0;
}

}  // namespace pli::address
