#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::cli {
namespace {

Exit make_workspace(const Session& session, const std::string& folder) {
    const auto workspace = service::Workspace::create(folder);
    if (!workspace) return report(session, workspace.error());
    const auto queue = store::open(workspace->queue);
    if (!queue) return report(session, queue.error());
    if (session.json)
        print({{"ok", true}, {"workspace", workspace->folder}});
    else
        fmt::print(
            "Made a workspace in {0}: settings in pli.toml, a first template in templates/merci.\n"
            "Look at it: pli preview --workspace {0} --template merci -o merci.png\n",
            workspace->folder);
    return Exit::Done;
}

}  // namespace

void init(CLI::App& verb, const Session& session, Action& action) {
    const auto folder = std::make_shared<std::string>();
    verb.add_option("DIR", *folder, "the folder to make; it may exist, but hold no pli.toml")->required();
    verb.callback(
        [folder, &session, &action] { action = [folder, &session] { return make_workspace(session, *folder); }; });
}

}  // namespace pli::cli
