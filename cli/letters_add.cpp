#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/address_report.hpp"
#include "cli/verbs.hpp"
#include "intake/intake.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::cli {
namespace {

constexpr std::size_t errors_shown = 20;

struct Wanted {
    std::string file, due, deadline;
    std::vector<std::string> map;
    intake::Options options;
};

Done read_options(Wanted& wanted) {
    wanted.options.map = TRY(read_map(wanted.map));
    if (!wanted.due.empty()) wanted.options.due = TRY(Day::parse(wanted.due));
    if (!wanted.deadline.empty()) wanted.options.deadline = TRY(Day::parse(wanted.deadline));
    return {};
}

nlohmann::json as_json(const intake::Report& read, const store::LetterStore::Added& added,
                       const address::Tally& addresses) {
    nlohmann::json errors = nlohmann::json::array();
    for (const auto& row : read.errors)
        errors.push_back({{"line", row.line},
                          {"column", row.column},
                          {"value", row.value},
                          {"where", row.error.where},
                          {"message", row.error.message},
                          {"remedy", row.error.remedy}});
    nlohmann::json mapped = nlohmann::json::object();
    for (const auto& [column, part] : read.mapped) mapped[column] = part;
    return {{"ok", read.refused == 0}, {"rows", read.rows},
            {"queued", added.queued},  {"known", added.known},
            {"refused", read.refused}, {"encoding", read.encoding},
            {"mapped", mapped},        {"delimiter", read.delimiter},
            {"errors", errors},        {"addresses", tally_as_json(addresses)}};
}

void print_text(const intake::Report& read, const store::LetterStore::Added& added, const address::Tally& addresses) {
    for (std::size_t i = 0; i < std::min(read.errors.size(), errors_shown); ++i) warn(read.errors[i].error.text());
    if (read.refused > errors_shown)
        warn(fmt::format("… and {} more; --json lists them", grouped(read.refused - errors_shown)));
    print_tally(addresses);
    print_table(
        {{"rows read", grouped(read.rows)},
         {"letters queued", grouped(added.queued)},
         {"same key, known", grouped(added.known)},
         {"rows refused", grouped(read.refused)},
         {"bad addresses",
          fmt::format("{} will be rejected, {} with warnings", grouped(addresses.refused), grouped(addresses.warned))},
         {"read as",
          read.delimiter.empty() ? read.encoding : fmt::format("{}, separated by {}", read.encoding, read.delimiter)}});
}

Result<Exit> queue_letters(const Session& session, Wanted& wanted) {
    TRY(read_options(wanted));
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    const auto names = workspace.template_names();
    if (std::find(names.begin(), names.end(), wanted.options.template_name) == names.end())
        return failure(Fault::NotFound, "--template " + wanted.options.template_name,
                       "the workspace has no such template", fmt::format("it has: {}", fmt::join(names, ", ")));
    wanted.options.home_country = workspace.country;
    auto reader = TRY(intake::LetterReader::open(wanted.file, wanted.options));
    const auto queue = TRY(store::open(workspace.queue));
    Progress progress("rows read");
    service::AddressDesk addresses(workspace.country);
    std::uint64_t rows = 0;
    const auto next = [&](jobs::NewLetter& letter) {
        if ((++rows & 0xFF) == 0) progress.show(rows, 0);
        if (!reader.next(letter)) return false;
        addresses.check(letter, reader.line());
        return true;
    };
    const auto added = TRY(queue->add({next, now()}));
    TRY(Done(reader.status()));
    if (session.json)
        print(as_json(reader.report(), added, addresses.tally()));
    else
        print_text(reader.report(), added, addresses.tally());
    return reader.report().refused == 0 ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void letters_add(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("FILE", wanted->file, "customers.csv, or .jsonl with one object a line")->required();
    verb.add_option("-t,--template", wanted->options.template_name, "the template they get")->required();
    verb.add_option("--map", wanted->map,
                    "COLUMN=FIELD: take a column for a field or part of the address; COLUMN=- ignores it");
    verb.add_option("--key", wanted->options.key_column,
                    "column with the idempotency key: the same key queues one letter");
    verb.add_option("--locale", wanted->options.locale,
                    "language and region of the letters, as fr-CH (default: the template's)");
    verb.add_option("--due", wanted->due, "not before this day, YYYY-MM-DD");
    verb.add_option("--encoding", wanted->options.encoding, "of the file, as windows-1250 (default: recognised)");
    verb.add_option("--deadline", wanted->deadline,
                    "not after this day, YYYY-MM-DD: what no run has taken by then is rejected");
    verb.add_option("--priority", wanted->options.priority, "0 to 9: the higher goes first in its run (default 5)")
        ->check(CLI::Range(0, 9));
    verb.add_flag("--hold", wanted->options.held, "queue them held, until somebody approves: pli letters release");
    verb.add_flag("--test", wanted->options.test, "test letters: they can be looked at, and are never printed");
    verb.footer(
        "A row may say the same for its letter in columns letter_due, letter_deadline, letter_priority, letter_hold\n"
        "and letter_test.");
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = queue_letters(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
