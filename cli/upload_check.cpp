#include "service/upload_check.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "uploads/rules.hpp"

namespace pli::cli {
namespace {

using service::CheckedUpload;
using uploads::Finding;
using uploads::FindingOnPages;
using uploads::Severity;

struct Wanted {
    service::UploadCheckRequest request;
    std::string sides = "simplex", date = today(), pictures, output;
};

nlohmann::json as_json(const Rect& rect) {
    return {{"x", rect.left().to_mm()},
            {"y", rect.top().to_mm()},
            {"w", rect.size.width.to_mm()},
            {"h", rect.size.height.to_mm()}};
}

nlohmann::json as_json(const FindingOnPages& told) {
    const Finding& one = told.finding;
    const auto* rule = uploads::rule_named(one.code);
    return {{"severity", uploads::name_of(one.severity)},
            {"code", one.code},
            {"page", one.page},
            {"pages", told.pages},
            {"where", one.where ? as_json(*one.where) : nlohmann::json()},
            {"found", one.found},
            {"expected", one.expected},
            {"remedy", one.remedy},
            {"repair", one.repair},
            {"source", rule == nullptr ? "" : std::string(rule->source)}};
}

nlohmann::json pages_of(const uploads::Report& report) {
    nlohmann::json pages = nlohmann::json::array();
    for (const uploads::CheckedPage& page : report.pages) {
        nlohmann::json codes = nlohmann::json::array();
        for (const uploads::CodeSeen& code : page.codes)
            codes.push_back({{"kind", code.kind}, {"text", code.text}, {"where", as_json(code.where)}});
        pages.push_back({{"width", page.size.width.to_mm()},
                         {"height", page.size.height.to_mm()},
                         {"blank", page.blank},
                         {"codes", codes}});
    }
    return pages;
}

std::size_t count(const std::vector<FindingOnPages>& findings, Severity severity) {
    return static_cast<std::size_t>(
        std::ranges::count_if(findings, [&](const auto& one) { return one.finding.severity == severity; }));
}

void print_json(const CheckedUpload& checked, const std::vector<FindingOnPages>& findings, const Wanted& wanted) {
    nlohmann::json report{{"ok", checked.report.accepted()},   {"file", wanted.request.file},
                          {"profile", checked.zones.profile},  {"sides", wanted.sides},
                          {"pages", pages_of(checked.report)}, {"findings", nlohmann::json::array()}};
    for (const Severity severity : {Severity::Fatal, Severity::Repairable, Severity::Warning, Severity::Info})
        report[std::string(uploads::name_of(severity))] = count(findings, severity);
    for (const FindingOnPages& told : findings) report["findings"].push_back(as_json(told));
    report["placeholders"] = nlohmann::json::array();
    for (const uploads::PlaceholderSeen& one : checked.report.placeholders)
        report["placeholders"].push_back({{"text", one.text}, {"page", one.page}, {"where", as_json(one.where)}});
    report["repaired"] = nlohmann::json::array();
    for (const uploads::Deed& deed : checked.repaired)
        report["repaired"].push_back({{"repair", deed.repair}, {"page", deed.page}, {"done", deed.what}});
    print(report);
}

std::string place_of(const FindingOnPages& told) {
    std::string place = told.pages.empty() ? "document" : uploads::pages_in_words(told.pages);
    if (const auto& where = told.finding.where)
        place += fmt::format(", {:.1f} × {:.1f} mm at {:.1f}, {:.1f}", where->size.width.to_mm(),
                             where->size.height.to_mm(), where->left().to_mm(), where->top().to_mm());
    return place;
}

void print_text(const FindingOnPages& told) {
    const Finding& one = told.finding;
    fmt::print("{} {}: {}: {}\n  expected: {}; {}{}\n", uploads::name_of(one.severity), one.code, place_of(told),
               one.found, one.expected, one.remedy, one.repair.empty() ? "" : fmt::format(" (repair: {})", one.repair));
}

/// A rule that is broken many times says so after a few lines; --json and the pictures have them all.
void print_findings(const std::vector<FindingOnPages>& findings) {
    constexpr std::size_t most = 6;
    for (auto from = findings.begin(); from != findings.end();) {
        const auto same = [&](const FindingOnPages& one) {
            return one.finding.code == from->finding.code && one.finding.severity == from->finding.severity;
        };
        const auto end = std::find_if_not(from, findings.end(), same);
        const auto count = static_cast<std::size_t>(end - from);
        const auto shown = count > most + 1 ? most : count;
        std::for_each(from, from + static_cast<std::ptrdiff_t>(shown), print_text);
        if (shown < count) fmt::print("… and {} more: {}\n", count - shown, from->finding.code);
        from = end;
    }
}

void print_report(const CheckedUpload& checked, const std::vector<FindingOnPages>& findings) {
    for (const uploads::Deed& deed : checked.repaired)
        fmt::print("repaired {}: {}: {}\n", deed.repair,
                   deed.page > 0 ? fmt::format("page {}", deed.page) : std::string("document"), deed.what);
    print_findings(findings);
    print_table({{"pages", grouped(checked.report.pages.size())},
                 {"fatal", grouped(count(findings, Severity::Fatal))},
                 {"repairable", grouped(count(findings, Severity::Repairable))},
                 {"warnings", grouped(count(findings, Severity::Warning))}});
    const char* verdict = checked.report.has(Severity::Fatal) ? "refused"
                          : checked.report.accepted()         ? "accepted"
                                                              : "accepted after repair";
    fmt::print("checked for {}: {}\n", checked.zones.profile, verdict);
}

Done write_pictures(const CheckedUpload& checked, const Wanted& wanted) {
    const std::filesystem::path folder(wanted.pictures);
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    for (const auto& picture : TRY(service::draw_findings(checked, wanted.request))) {
        const auto path = folder / fmt::format("page-{:03}.png", picture.page);
        std::ofstream file(path, std::ios::binary);
        file << picture.png;
        file.flush();
        if (!file)
            return failure(Fault::Environment, path.string(), "cannot be written", "check the folder and free space");
    }
    return {};
}

Done write_repaired(const CheckedUpload& checked, const Wanted& wanted) {
    std::ofstream file(wanted.output, std::ios::binary);
    file << checked.bytes;
    file.flush();
    if (file) return {};
    return failure(Fault::Environment, wanted.output, "cannot be written", "check the folder and free space");
}

Exit exit_of(const CheckedUpload& checked) {
    if (checked.report.has(Severity::Fatal)) return Exit::BadInput;
    return checked.report.accepted() && !checked.report.has(Severity::Warning) ? Exit::Done : Exit::WithFindings;
}

Result<Exit> work(const Session& session, Wanted& wanted) {
    wanted.request.day = TRY(Day::parse(wanted.date));
    wanted.request.sides = wanted.sides == "duplex" ? uploads::Sides::Duplex : uploads::Sides::Simplex;
    const auto checked = TRY(service::check_upload(session.workspace, wanted.request));
    const auto findings = uploads::together(checked.report.findings);
    if (session.json)
        print_json(checked, findings, wanted);
    else
        print_report(checked, findings);
    if (!wanted.pictures.empty()) TRY(write_pictures(checked, wanted));
    if (!wanted.output.empty()) TRY(write_repaired(checked, wanted));
    return exit_of(checked);
}

}  // namespace

void upload_check(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("FILE", wanted->request.file, "the PDF")->required();
    verb.add_option("-p,--profile", wanted->request.profile,
                    "the window envelope it is for (default: that of the workspace's country, else DIN5008-B)");
    verb.add_option("--sides", wanted->sides, "simplex or duplex (default: simplex)")
        ->check(CLI::IsMember({"simplex", "duplex"}));
    verb.add_option("--picture", wanted->pictures,
                    "a folder: a PNG for each page, with zones and findings drawn on it");
    auto* repair = verb.add_option("-r,--repair", wanted->request.repairs,
                                   "repairs to carry out first, as of `pli upload repair`: scale,embed-fonts,…")
                       ->delimiter(',');
    verb.add_option("-o,--output", wanted->output, "the repaired PDF")->needs(repair);
    verb.add_option("--date", wanted->date, "as of this day, YYYY-MM-DD (default: today)");
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = work(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
