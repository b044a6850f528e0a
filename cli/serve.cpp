#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/verbs.hpp"
#include "http/application.hpp"
#include "http/journal.hpp"

namespace pli::cli {
namespace {

struct Wanted {
    std::string listen = "127.0.0.1:8080", workspaces;
    http::ServeOptions options;
    int notice = 0, patience = 30;  // seconds
    bool quiet = false;
};

/// "127.0.0.1:8080", "[::1]:8080", ":8080".
Done read_address(const std::string& text, http::ListenOptions& listen) {
    const auto colon = text.rfind(':');
    const auto wrong = [&] {
        return failure(Fault::BadInput, "--listen " + text, "is not ADDRESS:PORT",
                       "for example: --listen 127.0.0.1:8080");
    };
    if (colon == std::string::npos) return wrong();
    const auto* end = text.data() + text.size();
    const auto [behind, error] = std::from_chars(text.data() + colon + 1, end, listen.port);
    if (error != std::errc() || behind != end) return wrong();
    listen.address = text.substr(0, colon);
    if (listen.address.starts_with('[') && listen.address.ends_with(']'))
        listen.address = listen.address.substr(1, listen.address.size() - 2);
    if (listen.address.empty()) listen.address = "0.0.0.0";
    return {};
}

/// SIGTERM and SIGINT wait for `sigwait`: blocked before the first thread begins, so that none of them takes one.
sigset_t block_signals() {
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    return ends;
}

Result<Exit> serve_until_told(const Session& session, Wanted& wanted) {
    TRY(read_address(wanted.listen, wanted.options.listen));
    wanted.options.workspace = session.workspace;
    wanted.options.workspaces = wanted.workspaces;
    const auto ends = block_signals();
    const auto house = TRY(http::Application::start(wanted.options));
    http::note("listening", {{"address", wanted.options.listen.address}, {"port", house->port()}});
    if (session.json) print({{"ok", true}, {"address", wanted.options.listen.address}, {"port", house->port()}});
    std::fflush(stdout);
    if (wanted.quiet) http::silence(true);
    int signal = 0;
    sigwait(&ends, &signal);
    http::silence(false);
    http::note("ending", {{"signal", signal}});
    house->announce_end();
    std::this_thread::sleep_for(std::chrono::seconds(wanted.notice));
    const bool all = house->stop(std::chrono::seconds(wanted.patience));
    http::note("ended", {{"everything_answered", all}});
    return all ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void serve(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    auto& options = wanted->options;
    verb.add_option("--listen", wanted->listen, "ADDRESS:PORT (default: 127.0.0.1:8080); port 0: any that is free");
    verb.add_option("--workspaces", wanted->workspaces, "a folder of workspaces, instead of --workspace");
    verb.add_option("--workers", options.workers, "threads for requests (default: two for each processor)");
    verb.add_option("--connections", options.listen.connections, "open at most at once (default: 16384)");
    verb.add_option("--requests-at-once", options.requests_at_once, "under way at most (default: 1024)");
    verb.add_option("--rate", options.requests_a_second, "requests a second of one token, 0: no limit (default: 5000)");
    verb.add_option("--body-bytes", options.body_bytes,
                    "of a request at most; most routes take less (default: 268435456)");
    verb.add_option("--notice", wanted->notice,
                    "seconds between SIGTERM, when readyz says no, and closing (default: 0)");
    verb.add_option("--patience", wanted->patience, "seconds that requests under way are given then (default: 30)");
    verb.add_flag("--quiet", wanted->quiet, "log beginning and end only");
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = serve_until_told(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
