#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/pull_list.hpp"
#include "service/reprint.hpp"

/// What a batch needs after it was handed over: spoiled pieces printed again, cancelled ones taken out.

namespace pli::cli {
namespace {

struct Wanted {
    std::string folder, out;
};

nlohmann::json as_json(const service::ReprintReport& report) {
    nlohmann::json batches = nlohmann::json::array(), rejected = nlohmann::json::array();
    for (const auto& batch : report.batches)
        batches.push_back({{"name", batch.name}, {"folder", batch.folder}, {"pieces", batch.pieces}});
    for (const auto& letter : report.rejected)
        rejected.push_back({{"letter", letter.letter.value}, {"reason", letter.error.text()}});
    return {{"ok", report.rejected.empty()}, {"of", report.of}, {"batches", batches}, {"rejections", rejected}};
}

void print_text(const service::ReprintReport& report) {
    for (const auto& letter : report.rejected) warn(letter.error.text());
    for (const auto& batch : report.batches)
        fmt::print("{}  {} pieces, {} sheets\n", batch.folder, grouped(batch.pieces), grouped(batch.sheets));
    if (report.batches.empty() && report.rejected.empty()) fmt::print("No piece of {} is spoiled.\n", report.of);
}

Result<Exit> reprint(const Session& session, const Wanted& wanted) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    const auto report = TRY(service::reprint_batch(workspace, wanted.folder, wanted.out, now()));
    if (session.json)
        print(as_json(report));
    else
        print_text(report);
    return report.rejected.empty() ? Exit::Done : Exit::WithFindings;
}

Result<Exit> pull(const Session& session, const Wanted& wanted) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    const auto report = TRY(service::write_pull_list(workspace, wanted.folder));
    if (report.in_reprints > 0)
        warn(fmt::format("{} more lie in reprints of this batch: pli batch pull DIR-reprint-1 and so on",
                         grouped(report.in_reprints)));
    if (session.json)
        print({{"ok", true},
               {"folder", report.folder},
               {"pieces", report.pieces},
               {"in_reprints", report.in_reprints},
               {"found", report.found}});
    else if (report.pieces == 0)
        fmt::print("No piece of this batch is to be pulled.\n");
    else
        fmt::print("{}  {} pieces{}\n", report.folder, grouped(report.pieces), report.found ? ", as before" : "");
    return Exit::Done;
}

}  // namespace

void batch_reprint(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("DIR", wanted->folder, "the batch's folder")->required();
    verb.add_option("--out", wanted->out, "folder for the reprint (default: out/ of the workspace)");
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = reprint(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

void batch_pull(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("DIR", wanted->folder, "the batch's folder")->required();
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = pull(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
