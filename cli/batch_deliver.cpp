#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/batch_ledger.hpp"

namespace pli::cli {
namespace {

using service::DeliveryReport;

std::string told(const DeliveryReport& report) {
    const auto& delivered = report.delivered;
    if (report.delivered_before)
        return fmt::format("delivered before, at {}: nothing was sent (--again asks the far side)", report.at.iso());
    if (delivered.was_there) return "is there already, whole and equal: nothing was sent";
    return fmt::format("{}{} files, {:.1f} MB, {:.1f} MB of them sent now", delivered.resumed ? "gone on with: " : "",
                       delivered.files, static_cast<double>(delivered.bytes) / 1e6,
                       static_cast<double>(delivered.sent_bytes) / 1e6);
}

nlohmann::json as_json(const DeliveryReport& report) {
    return {{"ok", true},
            {"batch", report.batch},
            {"url", report.url},
            {"name", report.name},
            {"at", report.at.iso()},
            {"delivered_before", report.delivered_before},
            {"was_there", report.delivered.was_there},
            {"resumed", report.delivered.resumed},
            {"files", report.delivered.files},
            {"bytes", report.delivered.bytes},
            {"sent_bytes", report.delivered.sent_bytes}};
}

struct Wanted {
    service::DeliveryRequest request;
    bool all = false;
};

/// What is wrong with one batch does not keep the others back.
Result<Exit> deliver_all(const Session& session, const service::Workspace& workspace, Wanted& wanted) {
    Exit exit = Exit::Done;
    auto told_as_json = nlohmann::json::array();
    const auto waiting = TRY(service::waiting_batches(workspace));
    for (const auto& folder : waiting) {
        wanted.request.folder = folder;
        const auto report = service::deliver_batch(workspace, wanted.request);
        if (!report) {
            warn(report.error().text());
            told_as_json.push_back({{"ok", false}, {"folder", folder}, {"error", report.error().text()}});
            exit = Exit::Environment;
        } else if (session.json)
            told_as_json.push_back(as_json(*report));
        else
            fmt::print("{} → {}: {}\n", report->batch, report->url, told(*report));
    }
    if (session.json) print({{"ok", exit == Exit::Done}, {"batches", told_as_json}});
    return exit;
}

Result<Exit> work(const Session& session, Wanted& wanted) {
    if (wanted.all != wanted.request.folder.empty())
        return failure(Fault::BadInput, "pli batch deliver", "needs either a batch's folder or --all");
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    Progress progress("bytes");
    wanted.request.now = now();
    wanted.request.progress = [&](std::uint64_t done, std::uint64_t of) { progress.show(done, of); };
    if (wanted.all) return deliver_all(session, workspace, wanted);
    const auto report = TRY(service::deliver_batch(workspace, wanted.request));
    if (session.json)
        print(as_json(report));
    else
        fmt::print("{} → {}: {}\n", report.batch, report.url, told(report));
    return Exit::Done;
}

}  // namespace

void batch_deliver(CLI::App& verb, const Session& session, Action& action) {
    const auto all = std::make_shared<Wanted>();
    auto* const wanted = &all->request;
    verb.add_option("DIR", wanted->folder, "the batch's folder");
    verb.add_flag("--all", all->all, "every finished batch of the workspace that was not delivered yet");
    verb.add_option("--print-house", wanted->print_house,
                    "whose print-houses/NAME.toml says where to and how; else that of pli.toml");
    verb.add_option("--to", wanted->to, "sftp://USER@HOST/FOLDER or a folder, instead of the print house's own");
    verb.add_flag("--again", wanted->again, "look at the far side, though the batch was delivered there before");
    verb.callback([all, &session, &action] {
        action = [all, &session] {
            const auto exit = work(session, *all);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
