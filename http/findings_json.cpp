#include "http/findings_json.hpp"

#include <nlohmann/json.hpp>

#include "http/sheet_json.hpp"
#include "uploads/rules.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

std::string_view name_of(layouts::Finding::Severity severity) {
    switch (severity) {
        case layouts::Finding::Severity::Error: return "error";
        case layouts::Finding::Severity::Warning: return "warning";
        case layouts::Finding::Severity::Note: break;
    }
    return "note";
}

json as_json(const uploads::FindingOnPages& told) {
    const auto& one = told.finding;
    const auto* rule = uploads::rule_named(one.code);
    json out{{"severity", uploads::name_of(one.severity)},
             {"code", one.code},
             {"pages", told.pages},
             {"found", one.found},
             {"expected", one.expected},
             {"remedy", one.remedy},
             {"repair", one.repair},
             {"source", rule == nullptr ? "" : std::string(rule->source)}};
    if (one.where) out["where"] = box_json(*one.where);
    return out;
}

}  // namespace

json as_json(const layouts::Finding& finding) {
    return {{"severity", name_of(finding.severity)},
            {"code", finding.code},
            {"where", finding.error.where},
            {"message", finding.error.message},
            {"remedy", finding.error.remedy}};
}

json as_json(const service::CheckedUpload& checked) {
    json out{{"accepted", checked.report.accepted()},
             {"profile", checked.zones.profile},
             {"sheet", sheet_json(checked.zones)}};
    auto &pages = out["pages"] = json::array(), &findings = out["findings"] = json::array();
    auto &fields = out["placeholders"] = json::array(), &repaired = out["repaired"] = json::array();
    for (const auto& page : checked.report.pages)
        pages.push_back(
            {{"width", page.size.width.to_mm()}, {"height", page.size.height.to_mm()}, {"blank", page.blank}});
    for (const auto& told : uploads::together(checked.report.findings)) findings.push_back(as_json(told));
    for (const auto& one : checked.report.placeholders)
        fields.push_back({{"text", one.text}, {"page", one.page}, {"where", box_json(one.where)}});
    for (const auto& deed : checked.repaired)
        repaired.push_back({{"repair", deed.repair}, {"page", deed.page}, {"done", deed.what}});
    return out;
}

}  // namespace pli::http
