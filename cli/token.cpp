#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "http/tokens.hpp"
#include "service/workspace.hpp"

namespace pli::cli {
namespace {

Result<http::TokenBook> book_of(const Session& session) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    return http::TokenBook(workspace.folder + "/access", workspace.name);
}

nlohmann::json as_json(const http::TokenRecord& record) {
    return {{"id", record.id},
            {"name", record.name},
            {"key", record.key},
            {"scopes", record.scopes.names()},
            {"test", record.test},
            {"made", record.made.iso()},
            {"expires", record.expires.iso()},
            {"revoked", record.revoked}};
}

struct WantedToken {
    http::TokenWish wish;
    std::vector<std::string> scopes;
};

Result<Exit> make(const Session& session, WantedToken& wanted) {
    for (const auto& name : wanted.scopes) {
        const auto scope = http::scope_named(name);
        if (!scope)
            return failure(Fault::BadInput, "--scope " + name, "is not known",
                           "one of read-only, letters, templates, print-house");
        wanted.wish.scopes = wanted.wish.scopes | *scope;
    }
    auto book = TRY(book_of(session));
    const auto issued = TRY(book.issue(wanted.wish, now()));
    if (session.json) {
        auto report = as_json(issued.record);
        report["ok"] = true;
        report["token"] = issued.token;
        print(report);
    } else {
        fmt::print("{}\n", issued.token);
        warn(fmt::format("token {} for {}, until {}; it is shown once", issued.record.id,
                         fmt::join(wanted.scopes, ", "), issued.record.expires.iso()));
    }
    return Exit::Done;
}

std::string_view standing(const http::TokenRecord& record) {
    if (record.revoked) return "revoked";
    return record.expires <= now() ? "expired" : "good";
}

Result<Exit> list(const Session& session) {
    auto book = TRY(book_of(session));
    const auto records = TRY(book.list());
    if (session.json) {
        nlohmann::json all = nlohmann::json::array();
        for (const auto& record : records) all.push_back(as_json(record));
        print({{"ok", true}, {"tokens", all}});
        return Exit::Done;
    }
    for (const auto& record : records)
        fmt::print("{}  {:8} until {}  {}{}  {}\n", record.id, standing(record), record.expires.iso(),
                   fmt::join(record.scopes.names(), ","), record.test ? " (test)" : "", record.name);
    return Exit::Done;
}

Result<Exit> revoke(const Session& session, const std::string& id) {
    auto book = TRY(book_of(session));
    TRY(book.revoke(id));
    if (session.json) print({{"ok", true}, {"id", id}, {"revoked", true}});
    return Exit::Done;
}

Result<Exit> rotate(const Session& session, bool forget) {
    auto book = TRY(book_of(session));
    const auto key = TRY(book.rotate(now()));
    const auto forgotten = forget ? TRY(book.forget_old_keys()) : std::size_t{0};
    if (session.json)
        print({{"ok", true}, {"key", key}, {"forgotten", forgotten}});
    else
        fmt::print("new tokens are signed with key {}; {} old keys forgotten\n", key, forgotten);
    return Exit::Done;
}

template <class Do>
void set(Action& action, const Session& session, Do do_it) {
    action = [&session, do_it] {
        const auto exit = do_it();
        return exit ? *exit : report(session, exit.error());
    };
}

}  // namespace

void token_new(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<WantedToken>();
    verb.add_option("NAME", wanted->wish.name, "whose it is, for people")->required();
    verb.add_option("--scope", wanted->scopes, "read-only, letters, templates or print-house; as often as needed")
        ->required();
    verb.add_option("--days", wanted->wish.days, "until it expires (default: 365)")->check(CLI::Range(1, 36500));
    verb.add_flag("--test", wanted->wish.test, "letters that come with it are tests: rendered, never printed");
    verb.callback(
        [wanted, &session, &action] { set(action, session, [wanted, &session] { return make(session, *wanted); }); });
}

void token_list(CLI::App& verb, const Session& session, Action& action) {
    verb.callback([&session, &action] { set(action, session, [&session] { return list(session); }); });
}

void token_revoke(CLI::App& verb, const Session& session, Action& action) {
    const auto id = std::make_shared<std::string>();
    verb.add_option("ID", *id, "as pli token list shows it")->required();
    verb.callback([id, &session, &action] { set(action, session, [id, &session] { return revoke(session, *id); }); });
}

void token_rotate(CLI::App& verb, const Session& session, Action& action) {
    const auto forget = std::make_shared<bool>(false);
    verb.add_flag("--forget-old", *forget, "end every token that an older key signed, at once");
    verb.callback(
        [forget, &session, &action] { set(action, session, [forget, &session] { return rotate(session, *forget); }); });
}

}  // namespace pli::cli
