#include "uploads/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "uploads/rules.hpp"

namespace pli::uploads {
namespace {

/// Its place in the table; a code that is not in it comes last.
std::size_t rank_of(const Finding& finding) {
    const Rule* known = rule_named(finding.code);
    return known == nullptr ? rule_count : static_cast<std::size_t>(known->id);
}

auto order_of(const FindingOnPages& one) {
    return std::tuple(one.finding.severity, rank_of(one.finding), one.finding.page,
                      std::string_view(one.finding.found));
}

/// The end of the run of consecutive pages that begins at `from`.
std::size_t end_of_run(const std::vector<int>& pages, std::size_t from) {
    std::size_t end = from + 1;
    while (end < pages.size() && pages[end] == pages[end - 1] + 1) ++end;
    return end;
}

}  // namespace

std::vector<FindingOnPages> together(std::vector<Finding> findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.page < b.page; });
    std::map<std::tuple<Severity, std::string, std::string, std::string>, std::size_t> known;
    std::vector<FindingOnPages> all;
    for (Finding& finding : findings) {
        const int page = finding.page;
        const auto [at, first] =
            known.try_emplace({finding.severity, finding.code, finding.found, finding.expected}, all.size());
        if (first) all.push_back({std::move(finding), {}});
        auto& pages = all[at->second].pages;
        if (page > 0 && (pages.empty() || pages.back() != page)) pages.push_back(page);
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
    return all;
}

std::string pages_in_words(const std::vector<int>& pages) {
    std::vector<std::string> runs;
    for (std::size_t from = 0; from < pages.size();) {
        const std::size_t end = end_of_run(pages, from);
        if (end - from <= 2)
            for (std::size_t at = from; at < end; ++at) runs.push_back(std::to_string(pages[at]));
        else
            runs.push_back(fmt::format("{} to {}", pages[from], pages[end - 1]));
        from = end;
    }
    std::string words = pages.size() == 1 ? "page " : "pages ";
    for (std::size_t i = 0; i < runs.size(); ++i)
        words += (i == 0 ? "" : i + 1 == runs.size() ? " and " : ", ") + runs[i];
    return words;
}

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::Fatal: return "fatal";
        case Severity::Repairable: return "repairable";
        case Severity::Warning: return "warning";
        case Severity::Info: break;
    }
    return "info";
}

}  // namespace pli::uploads
