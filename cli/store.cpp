#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/workspace.hpp"
#include "store/backup.hpp"

namespace pli::cli {
namespace {

Exit tell(const Session& session, const store::StoreReport& report) {
    const bool sound = report.problems.empty();
    if (session.json) {
        nlohmann::json rows = nlohmann::json::object();
        for (const auto& [table, count] : report.rows) rows[table] = count;
        print({{"ok", sound}, {"rows", rows}, {"problems", report.problems}});
    } else {
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto& [table, count] : report.rows)
            rows.emplace_back(table, grouped(static_cast<std::uint64_t>(count)));
        print_table(rows);
        for (const auto& problem : report.problems) warn(problem);
        fmt::print("{}\n", sound ? "sound" : "not sound: restore a backup, or look for help with this list");
    }
    return sound ? Exit::Done : Exit::WithFindings;
}

using Work = std::function<Result<store::StoreReport>(const std::string& queue, const std::string& file)>;

void declare(CLI::App& verb, const Session& session, Action& action, const Work& work, const char* file_help) {
    const auto file = std::make_shared<std::string>();
    if (file_help != nullptr) verb.add_option("FILE", *file, file_help)->required();
    verb.callback([=, &session, &action] {
        action = [=, &session] {
            const auto workspace = service::Workspace::open(session.workspace);
            if (!workspace) return report(session, workspace.error());
            const auto done = work(workspace->queue, *file);
            return done ? tell(session, *done) : report(session, done.error());
        };
    });
}

}  // namespace

void store_backup(CLI::App& verb, const Session& session, Action& action) {
    declare(verb, session, action, store::back_up, "the file to make; it must not be there yet");
}

void store_restore(CLI::App& verb, const Session& session, Action& action) {
    const auto work = [](const std::string& queue, const std::string& file) { return store::restore(file, queue); };
    declare(verb, session, action, work, "a file of pli store backup");
}

void store_check(CLI::App& verb, const Session& session, Action& action) {
    const auto work = [](const std::string& queue, const std::string&) { return store::check(queue); };
    declare(verb, session, action, work, nullptr);
}

}  // namespace pli::cli
