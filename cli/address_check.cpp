#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/address_report.hpp"
#include "cli/verbs.hpp"
#include "intake/intake.hpp"
#include "service/address_desk.hpp"
#include "service/workspace.hpp"

namespace pli::cli {
namespace {

constexpr std::uint64_t blocks_shown = 20;

struct Wanted {
    std::string file, template_name, sender, date = today();
    std::vector<std::string> map;
    intake::Options options;
    bool all = false;
};

Result<service::AddressDesk> open_desk(const Session& session, Wanted& wanted) {
    wanted.options.home_country = wanted.sender;
    if (!wanted.sender.empty() && wanted.template_name.empty()) return service::AddressDesk(wanted.sender);
    auto workspace = TRY(service::Workspace::open(session.workspace));
    if (!wanted.sender.empty()) workspace.country = wanted.sender;
    wanted.options.home_country = workspace.country;
    if (wanted.template_name.empty()) return service::AddressDesk(workspace.country);
    return service::AddressDesk::open(workspace, wanted.template_name, TRY(Day::parse(wanted.date)));
}

bool is_shown(const Wanted& wanted, const service::CheckedAddress& checked) {
    return wanted.all || checked.worst() > address::Severity::Note;
}

void print_refused_rows(const intake::Report& read) {
    for (std::size_t i = 0; i < std::min<std::size_t>(read.errors.size(), blocks_shown); ++i)
        warn(read.errors[i].error.text());
}

void print_summary(const intake::Report& read, const address::Tally& tally) {
    print_refused_rows(read);
    print_tally(tally);
    print_table({{"addresses", grouped(tally.addresses)},
                 {"refused", grouped(tally.refused)},
                 {"with warnings", grouped(tally.warned)},
                 {"rows not read", grouped(read.refused)}});
}

Result<Exit> check(const Session& session, Wanted& wanted) {
    wanted.options.map = TRY(read_map(wanted.map));
    auto desk = TRY(open_desk(session, wanted));
    auto reader = TRY(intake::LetterReader::open(wanted.file, wanted.options));
    nlohmann::json rows = nlohmann::json::array();
    std::uint64_t shown = 0;
    for (jobs::NewLetter letter; reader.next(letter);) {
        const auto& checked = desk.check(letter, reader.line());
        if (!is_shown(wanted, checked)) continue;
        if (session.json)
            rows.push_back(address_as_json(checked));
        else if (++shown <= blocks_shown || wanted.all)
            print_address(checked);
    }
    TRY(Done(reader.status()));
    const auto& tally = desk.tally();
    const bool clean = tally.refused + tally.warned + reader.report().refused == 0;
    if (session.json) {
        print({{"ok", clean},
               {"addresses", tally_as_json(tally)},
               {"not_read", reader.report().refused},
               {"rows", rows}});
    } else {
        if (shown > blocks_shown && !wanted.all) fmt::print("… and {} more; --all shows them\n", shown - blocks_shown);
        print_summary(reader.report(), tally);
    }
    return clean ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void address_check(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("FILE", wanted->file, "customers.csv, or .jsonl with one object a line")->required();
    verb.add_option("-t,--template", wanted->template_name, "measure them in this template's window as well");
    verb.add_option("--from", wanted->sender, "the sender's country, as FR (default: the workspace's)");
    verb.add_option("--map", wanted->map, "COLUMN=FIELD: take a column for a part of the address; COLUMN=- ignores it");
    verb.add_option("--encoding", wanted->options.encoding, "of the file, as windows-1250 (default: recognised)");
    verb.add_option("--date", wanted->date, "the profile as of this day, YYYY-MM-DD (default: today)");
    verb.add_flag("--all", wanted->all, "show every address as it is printed, not only those with findings");
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = check(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
