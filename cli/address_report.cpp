#include "cli/address_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "cli/console.hpp"

namespace pli::cli {

nlohmann::json tally_as_json(const address::Tally& tally) {
    nlohmann::json kinds = nlohmann::json::array();
    for (const auto& [code, entry] : tally.entries)
        kinds.push_back({{"code", code},
                         {"severity", name_of(entry.severity)},
                         {"count", entry.count},
                         {"rows", entry.rows},
                         {"example", entry.example}});
    return {{"checked", tally.addresses}, {"refused", tally.refused}, {"warned", tally.warned}, {"kinds", kinds}};
}

nlohmann::json address_as_json(const service::CheckedAddress& checked) {
    nlohmann::json json{
        {"row", checked.row}, {"lines", nlohmann::json::array()}, {"findings", nlohmann::json::array()}};
    for (std::size_t i = 0; i < checked.lines.count; ++i) json["lines"].push_back(checked.lines.lines[i]);
    for (const auto& finding : checked.findings)
        json["findings"].push_back({{"code", finding.code},
                                    {"severity", name_of(finding.severity)},
                                    {"part", finding.part},
                                    {"message", finding.message},
                                    {"remedy", finding.remedy}});
    if (checked.fit) {
        json["width_mm"] = checked.fit->width.to_mm();
        json["room_mm"] = checked.fit->room.to_mm();
        json["size_pt"] = checked.fit->size.to_pt();
    }
    return json;
}

void print_tally(const address::Tally& tally) {
    for (const auto severity : {address::Severity::Refused, address::Severity::Warning, address::Severity::Note})
        for (const auto& [code, entry] : tally.entries) {
            if (entry.severity != severity) continue;
            const auto& rows = entry.rows;
            const std::size_t shown = std::min<std::size_t>(rows.size(), 8);
            fmt::print("{:<8} {:>7}  {:<20} row {}{}\n", name_of(severity), grouped(entry.count), code,
                       fmt::join(rows.begin(), rows.begin() + static_cast<long>(shown), ", "),
                       entry.count > shown ? ", …" : "");
        }
}

void print_address(const service::CheckedAddress& checked) {
    fmt::print("row {}\n", checked.row);
    for (std::size_t i = 0; i < checked.lines.count; ++i) fmt::print("    {}\n", checked.lines.lines[i]);
    for (const auto& finding : checked.findings)
        fmt::print("  {} {}: {}{}{}\n", name_of(finding.severity), finding.code, finding.message,
                   finding.remedy.empty() ? "" : "; ", finding.remedy);
}

}  // namespace pli::cli
