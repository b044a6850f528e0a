#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/address_report.hpp"
#include "cli/verbs.hpp"
#include "jobs/letter_life.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::cli {
namespace {

using Queue = std::unique_ptr<store::LetterStore>;

Result<Queue> open_queue(const Session& session) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    return store::open(workspace.queue);
}

nlohmann::json as_json(const jobs::LetterRecord& letter) {
    nlohmann::json json{{"id", letter.id.value},
                        {"key", letter.key},
                        {"state", jobs::name(letter.state)},
                        {"template", letter.template_name},
                        {"recipient", letter.recipient},
                        {"country", letter.country},
                        {"postal_code", letter.postal_code},
                        {"run", letter.run},
                        {"batch", letter.batch},
                        {"piece", letter.piece},
                        {"priority", letter.priority},
                        {"test", letter.test},
                        {"reason_code", jobs::code(letter.reason_code)},
                        {"reason", letter.reason}};
    if (letter.due.days != 0) json["due"] = letter.due.iso();
    if (letter.deadline.days != 0) json["deadline"] = letter.deadline.iso();
    for (const auto& [name, value] : letter.fields) json["fields"][name] = value;
    return json;
}

nlohmann::json as_json(const jobs::LetterEvent& event) {
    nlohmann::json json{{"number", event.number}, {"at", event.at.iso()}, {"event", jobs::name(event.event)}};
    if (!event.run.empty()) json["run"] = event.run;
    if (!event.batch.empty()) json["batch"] = event.batch;
    if (event.why.reason != jobs::Reason::None) json["reason_code"] = jobs::code(event.why.reason);
    if (!event.why.words.empty()) json["reason"] = event.why.words;
    return json;
}

/// "claimed by run 2026-11-22-1", "rejected: …"
std::string told(const jobs::LetterEvent& event) {
    std::string line(jobs::name(event.event));
    if (!event.batch.empty())
        line += ", batch " + event.batch;
    else if (!event.run.empty())
        line += ", run " + event.run;
    if (!event.why.words.empty())
        line += ": " + event.why.words;
    else if (event.why.reason != jobs::Reason::None && event.why.reason != jobs::Reason::AskedFor)
        line += fmt::format(": {}", jobs::code(event.why.reason));
    return line;
}

Result<Exit> list(const Session& session, store::Filter& filter, const std::string& state) {
    filter.today = TRY(Day::parse(today()));
    if (!state.empty()) {
        filter.state = jobs::state_named(state);
        if (!filter.state)
            return failure(Fault::BadInput, "--state " + state, "is not a state",
                           "expected queued, scheduled, held, claimed, batched, delivered, rejected, cancelled, "
                           "produced, spoiled, "
                           "reprinting, withdrawn, mailed, returned or destroyed");
    }
    const auto queue = TRY(open_queue(session));
    const auto letters = TRY(queue->list(filter));
    const auto counts = TRY(queue->counts(filter.today));
    if (session.json) {
        nlohmann::json rows = nlohmann::json::array(), totals = nlohmann::json::object();
        for (const auto& letter : letters) rows.push_back(as_json(letter));
        for (const auto& [name, count] : counts) totals[std::string(jobs::name(name))] = count;
        print({{"ok", true}, {"letters", rows}, {"counts", totals}});
        return Exit::Done;
    }
    for (const auto& letter : letters)
        fmt::print("{:>9}  {:<9}  {:<14}  {:<2} {:<8}  {}{}{}\n", letter.id.value, jobs::name(letter.state),
                   letter.template_name, letter.country, letter.postal_code, letter.recipient,
                   letter.reason.empty() ? "" : "  — ", letter.reason);
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& [name, count] : counts) rows.emplace_back(jobs::name(name), grouped(count));
    print_table(rows);
    return Exit::Done;
}

Result<Exit> show(const Session& session, std::int64_t id) {
    const auto queue = TRY(open_queue(session));
    const auto letter = TRY(queue->show({id}, TRY(Day::parse(today()))));
    const auto events = TRY(queue->events_of({id}));
    std::string template_name;
    service::AddressDesk desk(TRY(service::Workspace::open(session.workspace)).country);
    const auto& address = desk.check(TRY(queue->load({id}, template_name)), 0);
    if (session.json) {
        auto json = as_json(letter);
        json["address"] = address_as_json(address);
        for (const auto& event : events) json["events"].push_back(as_json(event));
        json["ok"] = true;
        print(json);
        return Exit::Done;
    }
    std::vector<std::pair<std::string, std::string>> rows{{"letter", std::to_string(letter.id.value)},
                                                          {"key", letter.key},
                                                          {"state", std::string(jobs::name(letter.state))},
                                                          {"template", letter.template_name},
                                                          {"recipient", letter.recipient}};
    if (letter.test) rows.emplace_back("test", "never printed: pli preview shows it");
    if (letter.due.days != 0) rows.emplace_back("not before", letter.due.iso());
    if (letter.deadline.days != 0) rows.emplace_back("not after", letter.deadline.iso());
    if (letter.priority != jobs::usual_priority) rows.emplace_back("priority", std::to_string(letter.priority));
    if (!letter.reason.empty()) rows.emplace_back("reason", letter.reason);
    if (!letter.batch.empty()) rows.emplace_back("batch", fmt::format("{}, piece {}", letter.batch, letter.piece));
    for (std::size_t i = 0; i < address.lines.count; ++i)
        rows.emplace_back(i == 0 ? "address" : "", address.lines.lines[i]);
    for (const auto& finding : address.findings)
        rows.emplace_back(std::string(name_of(finding.severity)), fmt::format("{}: {}", finding.code, finding.message));
    for (const auto& [name, value] : letter.fields) rows.emplace_back("  " + name, value);
    for (std::size_t i = 0; i < events.size(); ++i)
        rows.emplace_back(i == 0 ? "events" : "", fmt::format("{}  {}", events[i].at.iso(), told(events[i])));
    print_table(rows);
    return Exit::Done;
}

/// A letter in a batch is cancelled only when somebody takes it out of its pile.
Done tell_withdrawn(store::LetterStore& queue, const std::vector<std::int64_t>& ids, jobs::Event event) {
    if (event != jobs::Event::CancelAsked) return {};
    for (const auto id : ids) {
        const auto letter = queue.show({id}, {});
        if (!letter || letter->state != jobs::State::Withdrawn) continue;
        if (letter->batch.empty())
            warn(fmt::format("letter {} is in run {}, which is at work: have it pulled once it is in a batch", id,
                             letter->run));
        else
            warn(fmt::format("letter {} is piece {} of batch {}: have it pulled, see pli batch pull", id, letter->piece,
                             letter->batch));
    }
    return {};
}

/// Hold, release, cancel: the letters it could not be done for are told one by one, the others are done.
Result<Exit> apply(const Session& session, const std::vector<std::int64_t>& ids, jobs::Event event) {
    const auto queue = TRY(open_queue(session));
    nlohmann::json refused = nlohmann::json::array();
    for (const auto id : ids)
        if (const auto done = queue->apply({id}, event, now()); !done) {
            warn(done.error().text());
            refused.push_back({{"id", id}, {"message", done.error().text()}});
        }
    TRY(tell_withdrawn(*queue, ids, event));
    const auto done = ids.size() - refused.size();
    if (session.json)
        print({{"ok", refused.empty()}, {"done", done}, {"refused", refused}});
    else
        fmt::print("{} of {} letters changed\n", done, ids.size());
    return refused.empty() ? Exit::Done : Exit::WithFindings;
}

void declare_change(CLI::App& verb, const Session& session, Action& action, jobs::Event event) {
    const auto ids = std::make_shared<std::vector<std::int64_t>>();
    verb.add_option("LETTER", *ids, "numbers, as pli letters list shows them")->required();
    verb.callback([=, &session, &action] {
        action = [=, &session] {
            const auto exit = apply(session, *ids, event);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace

void letters_list(CLI::App& verb, const Session& session, Action& action) {
    const auto filter = std::make_shared<store::Filter>();
    const auto state = std::make_shared<std::string>();
    verb.add_option("--state", *state,
                    "queued, held, claimed, batched, rejected, cancelled, produced, mailed … (docs/letter-life.md)");
    verb.add_option("-t,--template", filter->template_name, "of this template only");
    verb.add_option("--run", filter->run, "of this run only");
    verb.add_option("--batch", filter->batch, "of this batch only");
    verb.add_option("--limit", filter->limit, "at most so many (default 100)");
    verb.add_option("--key", filter->key, "the letter with this key");
    verb.add_option("--after", filter->after.value, "those behind this letter: the last one of the page before");
    verb.add_flag("--newest-first", filter->newest_first, "the youngest letters first");
    verb.callback([=, &session, &action] {
        action = [=, &session] {
            const auto exit = list(session, *filter, *state);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

void letters_show(CLI::App& verb, const Session& session, Action& action) {
    const auto id = std::make_shared<std::int64_t>();
    verb.add_option("LETTER", *id, "its number, as pli letters list shows it")->required();
    verb.callback([=, &session, &action] {
        action = [=, &session] {
            const auto exit = show(session, *id);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

void letters_hold(CLI::App& verb, const Session& session, Action& action) {
    declare_change(verb, session, action, jobs::Event::HoldAsked);
}
void letters_release(CLI::App& verb, const Session& session, Action& action) {
    declare_change(verb, session, action, jobs::Event::ReleaseAsked);
}
void letters_cancel(CLI::App& verb, const Session& session, Action& action) {
    declare_change(verb, session, action, jobs::Event::CancelAsked);
}

}  // namespace pli::cli
