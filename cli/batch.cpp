#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/verbs.hpp"
#include "preflight/check_batch.hpp"
#include "service/proof.hpp"

namespace pli::cli {
namespace {

using preflight::BatchReport;
using preflight::Finding;
using preflight::Severity;

struct Wanted {
    std::string path;
    bool pdf = false, strict = false, proof = false;
    preflight::ProofOrder proved;
    double total_ink = 330, resolution = 200;
};

/// The limits as the library takes them: shares instead of per cent.
preflight::Limits limits_of(const Wanted& wanted) {
    preflight::Limits limits;
    limits.total_ink = wanted.total_ink / 100;
    limits.image_resolution = wanted.resolution;
    return limits;
}

/// A batch's report, and where it was proved what was seen.
struct Checked : BatchReport {
    std::optional<preflight::ProofReport> proof;
};

/// The proof's findings join the others.
Done prove(const Wanted& wanted, Checked& checked) {
    checked.proof = TRY(service::prove(wanted.path, wanted.proved));
    auto& findings = checked.proof->findings;
    std::ranges::move(findings, std::back_inserter(checked.findings));
    checked.findings_left_out += checked.proof->findings_left_out;
    return {};
}

Result<Checked> check(const Wanted& wanted) {
    std::error_code none;
    const auto limits = limits_of(wanted);
    if (std::filesystem::is_directory(wanted.path, none)) {
        const auto depth = wanted.pdf ? preflight::Depth::Pdf : preflight::Depth::Folder;
        Checked checked;
        static_cast<BatchReport&>(checked) = TRY(preflight::check_batch(wanted.path, depth, limits));
        if (wanted.proof) TRY(prove(wanted, checked));
        return checked;
    }
    if (wanted.proof)
        return failure(Fault::BadInput, wanted.path, "is no batch folder: a proof needs its manifest",
                       "name the folder, or leave --proof out");
    const std::string name = std::filesystem::path(wanted.path).filename().string();
    auto pdf = TRY(preflight::check_pdf(wanted.path, name, limits));
    return Checked{
        {static_cast<std::uint32_t>(pdf.parts.size()), 0, pdf.pages, std::move(pdf.findings), pdf.findings_left_out},
        {}};
}

const char* name_of(Severity severity) { return severity == Severity::Error ? "error" : "warning"; }

nlohmann::json as_json(const Finding& finding) {
    const auto& rule = preflight::rule(finding.rule);
    return {{"rule", rule.code},      {"severity", name_of(rule.severity)},
            {"file", finding.file},   {"page", finding.page},
            {"pages", finding.pages}, {"object", finding.object},
            {"found", finding.found}, {"expected", rule.expected},
            {"source", rule.source}};
}

void print_text(const Finding& finding) {
    const auto& rule = preflight::rule(finding.rule);
    std::string place = finding.file;
    if (finding.page != 0) place += fmt::format("{}page {}", place.empty() ? "" : ", ", finding.page);
    if (finding.pages > 1) place += fmt::format(" and {} more", grouped(finding.pages - 1));
    if (finding.object != 0) place += fmt::format(", object {}", finding.object);
    fmt::print("{} {}: {}{}{}\n  expected: {} ({})\n", name_of(rule.severity), rule.code, place,
               place.empty() ? "" : ": ", finding.found, rule.expected, rule.source);
}

std::size_t count(const BatchReport& report, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(report.findings.begin(), report.findings.end(),
                      [&](const Finding& f) { return preflight::rule(f.rule).severity == severity; }));
}

nlohmann::json as_json(const preflight::ProofReport& proof) {
    return {{"press_sheets", proof.looked_at},
            {"of", proof.press_sheets},
            {"sheet_codes", proof.sheet_codes},
            {"qr_codes", proof.qr_codes},
            {"addresses", proof.addresses}};
}

void print_text(const preflight::ProofReport& proof) {
    print_table({{"sheets proved", fmt::format("{} of {}", grouped(proof.looked_at), grouped(proof.press_sheets))},
                 {"sheet codes", grouped(proof.sheet_codes)},
                 {"QR codes", grouped(proof.qr_codes)},
                 {"addresses", grouped(proof.addresses)}});
}

void print_report(const Session& session, const Checked& report) {
    const std::size_t errors = count(report, Severity::Error), warnings = count(report, Severity::Warning);
    if (session.json) {
        nlohmann::json findings = nlohmann::json::array();
        for (const Finding& finding : report.findings) findings.push_back(as_json(finding));
        nlohmann::json summary{{"ok", errors == 0},
                               {"pieces", report.pieces},
                               {"press_sheets", report.press_sheets},
                               {"pages", report.pages},
                               {"errors", errors},
                               {"warnings", warnings},
                               {"left_out", report.findings_left_out},
                               {"findings", findings}};
        if (report.proof) summary["proof"] = as_json(*report.proof);
        return print(summary);
    }
    for (const Finding& finding : report.findings) print_text(finding);
    if (report.findings_left_out > 0)
        fmt::print("… and {} more of the same rules\n", grouped(report.findings_left_out));
    print_table({{"pieces", grouped(report.pieces)},
                 {"pages", grouped(report.pages)},
                 {"errors", grouped(errors)},
                 {"warnings", grouped(warnings)}});
    if (report.proof) print_text(*report.proof);
}

Result<Exit> work(const Session& session, const Wanted& wanted) {
    const auto report = TRY(check(wanted));
    print_report(session, report);
    const bool clean = count(report, Severity::Error) == 0 && (!wanted.strict || report.findings.empty());
    return clean ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void batch_verify(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("path", wanted->path, "a batch folder, or a PDF file")->required();
    verb.add_flag("--pdf", wanted->pdf, "read the PDFs of a batch too: PDF/X-4, PDF/VT-1, what a press stumbles on");
    auto* proof = verb.add_flag("--proof", wanted->proof,
                                "draw the pages, read codes and addresses from pixels, compare with the manifest");
    verb.add_option("--sample", wanted->proved.sample, "prove so many press sheets instead of all")
        ->check(CLI::PositiveNumber)
        ->needs(proof);
    verb.add_option("--threads", wanted->proved.threads, "how many at once prove (default: as many as the machine has)")
        ->check(CLI::Range(1, 1024))
        ->needs(proof);
    verb.add_flag("--strict", wanted->strict, "exit status 1 for warnings as well");
    verb.add_option("--total-ink", wanted->total_ink, "most ink the paper takes, in per cent (default: 330)")
        ->check(CLI::Range(100.0, 400.0));
    verb.add_option("--resolution", wanted->resolution, "pixels an inch that a picture needs (default: 200)")
        ->check(CLI::Range(1.0, 10000.0));
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = work(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
