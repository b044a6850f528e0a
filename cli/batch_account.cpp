#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/batch_ledger.hpp"

namespace pli::cli {
namespace {

using jobs::State;
using store::BatchAccount;

constexpr std::size_t refusals_shown = 20;

/// What somebody has to do about the pieces that are not accounted for.
std::string_view missing_step(State state) {
    switch (state) {
        case State::Batched:
        case State::Delivered: return "nothing heard of them yet";
        case State::Produced: return "produced, not reported as mailed";
        case State::Spoiled: return "to be printed again: pli batch reprint";
        case State::Reprinting: return "in a reprint batch, not reported as reprinted";
        case State::Withdrawn: return "to be pulled from their pile: pli batch pull";
        default: return "";
    }
}

nlohmann::json as_json(const BatchAccount& account) {
    nlohmann::json counts = nlohmann::json::object();
    for (const auto& [state, count] : account.counts) counts[std::string(jobs::name(state))] = count;
    nlohmann::json json{{"batch", account.batch.name},      {"run", account.run},
                        {"folder", account.batch.folder},   {"pieces", account.batch.pieces},
                        {"closed", account.closed()},       {"counts", counts},
                        {"reprints", account.reprints},     {"spoiled_not_destroyed", account.spoiled_sheets_open},
                        {"reprint_of", account.reprint_of}, {"delivered_to", account.delivered_to}};
    if (!account.delivered_to.empty()) json["delivered_at"] = account.delivered_at.iso();
    return json;
}

void print_account(const BatchAccount& account) {
    std::vector<std::pair<std::string, std::string>> rows{{"batch", account.batch.name}};
    if (!account.reprint_of.empty()) rows.emplace_back("reprint of", account.reprint_of);
    rows.emplace_back("delivered", account.delivered_to.empty()
                                       ? "no"
                                       : fmt::format("{} to {}", account.delivered_at.iso(), account.delivered_to));
    rows.emplace_back("allocated", grouped(account.batch.pieces));
    for (const auto& [state, count] : account.counts) rows.emplace_back(std::string(jobs::name(state)), grouped(count));
    print_table(rows);
    for (const auto& [state, count] : account.counts)
        if (!jobs::accounted_for(state)) fmt::print("missing: {} {}\n", grouped(count), missing_step(state));
    if (account.spoiled_sheets_open > 0)
        fmt::print("spoiled and not reported as destroyed: {}\n", grouped(account.spoiled_sheets_open));
    fmt::print("{}\n", account.closed() ? "closed: every piece is accounted for" : "open");
}

Result<Exit> show(const Session& session, const std::string& folder) {
    const auto account = TRY(service::account_of(TRY(service::Workspace::open(session.workspace)), folder));
    if (session.json) {
        auto json = as_json(account);
        json["ok"] = true;
        print(json);
    } else {
        print_account(account);
    }
    return Exit::Done;
}

void print_refused(const service::ResultsReport& report) {
    for (std::size_t i = 0; i < std::min(report.refused.size(), refusals_shown); ++i) warn(report.refused[i].text());
    if (report.refused.size() > refusals_shown)
        warn(fmt::format("… and {} more", grouped(report.refused.size() - refusals_shown)));
    fmt::print("{} of {} rows are refused: nothing was changed\n", grouped(report.refused.size()),
               grouped(report.rows));
}

void print_text(const service::ResultsReport& report) {
    if (!report.refused.empty()) return print_refused(report);
    for (const auto piece : report.slipped_through) warn(fmt::format("piece {} was withdrawn, and was mailed", piece));
    fmt::print("{} rows: {} new, {} known before; {} pieces moved\n", grouped(report.rows), grouped(report.fresh),
               grouped(report.known), grouped(report.moved));
    print_account(report.account);
}

nlohmann::json as_json(const service::ResultsReport& report) {
    nlohmann::json refused = nlohmann::json::array();
    for (const auto& error : report.refused)
        refused.push_back({{"where", error.where}, {"message", error.message}, {"remedy", error.remedy}});
    return {{"ok", report.refused.empty()},
            {"rows", report.rows},
            {"new", report.fresh},
            {"known", report.known},
            {"moved", report.moved},
            {"refused", refused},
            {"mailed_though_withdrawn", report.slipped_through},
            {"account", as_json(report.account)}};
}

/// A file that is refused is bad input as a whole: nothing of it was taken.
Result<Exit> results(const Session& session, const std::string& folder, const std::string& file) {
    const auto report =
        TRY(service::apply_results(TRY(service::Workspace::open(session.workspace)), folder, file, now()));
    if (session.json)
        print(as_json(report));
    else
        print_text(report);
    if (!report.refused.empty()) return Exit::BadInput;
    return report.slipped_through.empty() ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void batch_show(CLI::App& verb, const Session& session, Action& action) {
    const auto folder = std::make_shared<std::string>();
    verb.add_option("DIR", *folder, "the batch's folder")->required();
    verb.callback([folder, &session, &action] {
        action = [folder, &session] {
            const auto exit = show(session, *folder);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

void batch_results(CLI::App& verb, const Session& session, Action& action) {
    const auto folder = std::make_shared<std::string>(), file = std::make_shared<std::string>();
    verb.add_option("DIR", *folder, "the batch's folder")->required();
    verb.add_option("FILE", *file, "what the print house reports: CSV or JSON Lines with piece, status, time, reason")
        ->required();
    verb.callback([folder, file, &session, &action] {
        action = [folder, file, &session] {
            const auto exit = results(session, *folder, *file);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
