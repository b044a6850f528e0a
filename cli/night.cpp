#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/postage_report.hpp"
#include "cli/verbs.hpp"
#include "service/night_shift.hpp"
#include "service/workspace.hpp"

namespace pli::cli {
namespace {

using service::NightShiftReport;

constexpr std::size_t rejections_shown = 20;

struct Wanted {
    std::string date = today();
    bool as_worker = false;
    service::WorkerOptions worker;
    service::NightShiftOptions& options = worker.shift;
};

nlohmann::json as_json(const NightShiftReport& night) {
    nlohmann::json batches = nlohmann::json::array(), rejected = nlohmann::json::array();
    for (const auto& batch : night.printed.batches)
        batches.push_back({{"name", batch.name},
                           {"folder", batch.folder},
                           {"class", batch.production_class},
                           {"pieces", batch.pieces},
                           {"sheets", batch.sheets},
                           {"pages", batch.pages},
                           {"bytes", batch.print_bytes}});
    for (const auto& letter : night.rejected)
        rejected.push_back({{"letter", letter.letter.value}, {"key", letter.key}, {"reason", letter.error.text()}});
    return {{"ok", night.printed.rejected == 0},
            {"run", night.run},
            {"resumed", night.resumed},
            {"finished", night.finished},
            {"units", night.units},
            {"lost", night.lost},
            {"letters", night.printed.letters},
            {"batched", night.printed.batched},
            {"rejected", night.printed.rejected},
            {"held", night.held},
            {"sheets", night.printed.sheets},
            {"pages", night.printed.pages},
            {"bytes", night.printed.bytes},
            {"batches", batches},
            {"postage", postage_json(night.postage)},
            {"rejections", rejected}};
}

void print_text(const NightShiftReport& night, double seconds) {
    for (std::size_t i = 0; i < std::min(night.rejected.size(), rejections_shown); ++i)
        warn(fmt::format("rejected: {}", night.rejected[i].error.text()));
    if (night.printed.rejected > rejections_shown)
        warn(fmt::format("… and {} more; pli letters list --state rejected",
                         grouped(night.printed.rejected - rejections_shown)));
    for (const auto& batch : night.printed.batches)
        fmt::print("{}  {} pieces, {} sheets, {:.1f} MB\n", batch.folder, grouped(batch.pieces), grouped(batch.sheets),
                   static_cast<double>(batch.print_bytes) / 1e6);
    if (night.held > 0)
        warn(fmt::format(
            "{} letters are held: an earlier one to the same address came back; pli letters list --state held",
            grouped(night.held)));
    for (const auto& why : night.lost) warn(why);
    print_warnings(night.postage);
    print_table(
        {{"run", night.run + (night.finished ? night.resumed ? " (resumed)" : "" : " (others are still at work)")},
         {"units", grouped(night.units)},
         {"letters", grouped(night.printed.letters)},
         {"in batches", grouped(night.printed.batched)},
         {"rejected", grouped(night.printed.rejected)},
         {"sheets", grouped(night.printed.sheets)},
         {"pages", grouped(night.printed.pages)},
         {"batches", grouped(night.printed.batches.size())},
         {"postage", night.postage.total.currency == Currency{} ? "unpriced" : night.postage.total.text()},
         {"time", fmt::format("{:.2f} s", seconds)}});
}

Result<Exit> work(const Session& session, Wanted& wanted) {
    const auto began = std::chrono::steady_clock::now();
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    wanted.options.day = TRY(Day::parse(wanted.date));
    wanted.options.clock = now;
    Progress progress("letters");
    wanted.options.progress = [&](std::uint64_t done, std::uint64_t of) { progress.show(done, of); };
    const auto night = TRY(wanted.as_worker ? service::work_as_one_of_many(workspace, wanted.worker)
                                            : service::work_night_shift(workspace, wanted.options));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (session.json)
        print(as_json(night));
    else if (night.run.empty() && night.held > 0)
        fmt::print(
            "Nothing is due on {} but {} letters to addresses that sent one back: pli letters list --state held\n",
            wanted.options.day.iso(), grouped(night.held));
    else if (night.run.empty())
        fmt::print("Nothing is due on {}.\n", wanted.options.day.iso());
    else
        print_text(night, took.count());
    return night.printed.rejected == 0 ? Exit::Done : Exit::WithFindings;
}

}  // namespace

namespace {

/// Machine and process, for those who wonder who has a unit.
std::string own_name() {
    std::array<char, 256> machine{};
    if (::gethostname(machine.data(), machine.size() - 1) != 0) machine = {'?'};
    return fmt::format("{}, process {}", machine.data(), ::getpid());
}

void declare(CLI::App& verb, const Session& session, Action& action, const std::shared_ptr<Wanted>& wanted) {
    verb.add_option("--date", wanted->date, "the run's day, YYYY-MM-DD (default: today)");
    verb.add_option("--out", wanted->options.out, "folder for the batches (default: out/ of the workspace)");
    verb.add_option("--threads", wanted->options.threads, "workers (default: all cores); never changes a byte")
        ->check(CLI::Range(0, 256));
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = work(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace

void run(CLI::App& verb, const Session& session, Action& action) {
    declare(verb, session, action, std::make_shared<Wanted>());
}

void worker(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    wanted->as_worker = true;
    wanted->worker.name = own_name();
    verb.add_option("--lease", wanted->worker.lease_seconds,
                    "seconds without a sign of life until others take over its unit (default 120)")
        ->check(CLI::Range(3, 86'400));
    verb.add_flag("--once", wanted->worker.once, "one unit, not all");
    verb.footer(
        "Several workers, on one machine or many, share the units of one run: set [batches] letters_per_unit. --out "
        "must\n"
        "be the same folder for all of them.");
    declare(verb, session, action, wanted);
}

}  // namespace pli::cli
