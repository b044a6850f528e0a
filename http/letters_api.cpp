// Letters: handing in, looking at, and the three things people may ask of one.
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/known_template.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

constexpr std::uint64_t body_bytes = 32u << 20;
constexpr std::size_t letters_a_request = 10'000;
constexpr std::uint64_t letters_a_page = 100, most_a_page = 1000;

// Handing in

Done check_template(const service::Workspace& workspace, const std::string& name) {
    auto known = known_template(workspace, name);
    if (known) return {};
    return failure(Fault::BadInput, "/template", known.error().message, known.error().remedy);
}

json refused(const Error& error) {
    if (!error.where.starts_with("byte ")) return http::as_json(problem_of(error));
    return http::as_json({400, "bad-json", error.message, error.where, error.remedy});
}

/// The letters of a request: those for the queue, and what becomes of each in the order of the body.
struct Received {
    LetterWriter::Letters good;
    std::vector<json> results;          // null where the letter is good
    std::vector<std::size_t> place_of;  // of good letters
    bool single = false;
};

Result<Received> receive(const Call& call) {
    const std::string_view body = call.request.body;
    Received received;
    const auto items = TRY(items_of(body, letters_a_request));
    const auto start = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    received.single = start == std::string_view::npos || body[start] != '[';
    const auto& workspace = call.desk->workspace();
    const LetterRules rules{workspace.country, std::string(call.request.header("idempotency-key")), call.who.test};
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto letter = read_letter(items[i], i, rules);
        if (auto checked = letter ? check_template(workspace, (*letter)->template_name) : Done{}; !checked)
            letter = tl::unexpected(checked.error());
        received.results.push_back(letter ? json() : refused(letter.error()));
        if (!letter) continue;
        received.place_of.push_back(i);
        received.good.push_back(std::move(*letter));
    }
    return received;
}

json as_json(const TakenLetter& taken, bool test) {
    json result{{"id", taken.id.value}, {"result", taken.known ? "known" : "queued"}, {"test", test}};
    if (taken.differs) result["differs"] = true;
    return result;
}

Response told(const Received& received) {
    std::size_t queued = 0, known = 0, bad = 0;
    for (const auto& result : received.results)
        ++(result.contains("id") ? result["result"] == "known" ? known : queued : bad);
    if (received.single && bad > 0) {
        auto response = json_response(received.results[0]["status"], received.results[0]);
        response.headers = {{"Content-Type", "application/problem+json"}};
        return response;
    }
    const int status = queued > 0 ? 201 : bad > 0 && known == 0 ? 422 : 200;
    if (!received.single)
        return json_response(status,
                             {{"queued", queued}, {"known", known}, {"refused", bad}, {"letters", received.results}});
    auto response = json_response(status, received.results[0]);
    response.headers.emplace_back("Location",
                                  fmt::format("/v2/letters/{}", received.results[0]["id"].get<std::int64_t>()));
    return response;
}

Response not_written(const Error& error) {
    if (error.where == "idempotency-key")
        return response_of({422, "idempotency-key-reused", error.message, {}, error.remedy});
    return response_of(problem_of(503, "the queue cannot be written at the moment; nothing of this request was taken"));
}

Result<Reply> post_letters(const Call& call) {
    auto read = receive(call);
    if (!read) return response_of({400, "bad-json", read.error().message, read.error().where, read.error().remedy});
    const auto received = std::make_shared<Received>(std::move(*read));
    if (received->good.empty()) return told(*received);
    return Later([received, desk = call.desk](const Answer& answer) {
        // What the results say of letters is noted before the writer owns them.
        std::vector<bool> tests;
        for (const auto& one : received->good) tests.push_back(one->letter.test);
        auto letters = std::move(received->good);
        const bool taken = desk->writer().submit(
            std::move(letters), [received, tests, answer](Result<std::vector<TakenLetter>> outcome) {
                if (!outcome) return answer(not_written(outcome.error()));
                for (std::size_t i = 0; i < outcome->size(); ++i)
                    received->results[received->place_of[i]] = as_json((*outcome)[i], tests[i]);
                answer(told(*received));
            });
        if (!taken) answer(response_of(problem_of(503, "more letters wait to be written than fit")));
    });
}

// Looking at

json as_json(const jobs::LetterRecord& letter) {
    json out{
        {"id", letter.id.value},
        {"key", letter.key},
        {"template", letter.template_name},
        {"state", jobs::name(letter.state)},
        {"recipient", {{"name", letter.recipient}, {"postal_code", letter.postal_code}, {"country", letter.country}}}};
    if (letter.due.days != 0) out["not_before"] = letter.due.iso();
    if (!letter.run.empty()) out["run"] = letter.run;
    if (!letter.batch.empty()) out["batch"] = letter.batch;
    if (letter.piece != 0) out["piece"] = letter.piece;
    if (letter.deadline.days != 0) out["not_after"] = letter.deadline.iso();
    if (letter.priority != jobs::usual_priority) out["priority"] = letter.priority;
    if (letter.test) out["test"] = true;
    if (letter.reason_code != jobs::Reason::None) out["reason_code"] = jobs::code(letter.reason_code);
    if (!letter.reason.empty()) out["reason"] = letter.reason;
    return out;
}

json as_json(const jobs::LetterEvent& event) {
    json out{{"event", jobs::name(event.event)}, {"at", event.at.iso()}};
    if (!event.run.empty()) out["run"] = event.run;
    if (!event.batch.empty()) out["batch"] = event.batch;
    if (event.why.reason != jobs::Reason::None) out["reason_code"] = jobs::code(event.why.reason);
    if (!event.why.words.empty()) out["reason"] = event.why.words;
    return out;
}

Result<std::int64_t> number_in(std::string_view text, std::string where) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0)
        return failure(Fault::BadInput, std::move(where), "is not a whole number");
    return number;
}

/// What is no number is no letter either.
Result<LetterId> letter_in(const Call& call) {
    const auto number = number_in(call.values[0], "");
    if (!number)
        return failure(Fault::NotFound, "", fmt::format("there is no letter \"{}\"", call.values[0].substr(0, 40)));
    return LetterId{*number};
}

tl::unexpected<Error> no_letter(const Error& error, LetterId letter) {
    if (error.fault != Fault::NotFound) return tl::unexpected(error);
    return failure(Fault::NotFound, "", fmt::format("there is no letter {}", letter.value));
}

Result<store::Filter> filter_in(const Request& request) {
    store::Filter filter;
    if (const auto state = request.query_value("state"); !state.empty()) {
        filter.state = jobs::state_named(state);
        if (!filter.state)
            return failure(Fault::BadInput, "state",
                           fmt::format("\"{}\" is no state of a letter", state.substr(0, 40)));
    }
    filter.template_name = request.query_value("template");
    filter.run = request.query_value("run");
    filter.batch = request.query_value("batch");
    filter.key = request.query_value("key");
    if (const auto test = request.query_value("test"); test == "true" || test == "false") filter.test = test == "true";
    filter.newest_first = request.query_value("order") == "newest";
    filter.limit = letters_a_page;
    if (const auto limit = request.query_value("limit"); !limit.empty()) {
        const auto number = TRY(number_in(limit, "limit"));
        filter.limit = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(number), 1, most_a_page);
    }
    if (const auto cursor = request.query_value("cursor"); !cursor.empty())
        filter.after = {TRY(number_in(cursor, "cursor"))};
    return filter;
}

Result<Reply> list_letters(const Call& call) {
    auto filter = TRY(filter_in(call.request));
    filter.today = today(call);
    auto store = TRY(call.desk->store());
    const auto letters = TRY(store->list(filter));
    json body{{"letters", json::array()}};
    for (const auto& letter : letters) body["letters"].push_back(as_json(letter));
    if (letters.size() == filter.limit) body["next"] = std::to_string(letters.back().id.value);
    return json_response(200, body);
}

Result<Reply> show_letter(const Call& call) {
    const auto id = TRY(letter_in(call));
    auto store = TRY(call.desk->store());
    const auto letter = store->show(id, today(call));
    if (!letter) return no_letter(letter.error(), id);
    auto body = as_json(*letter);
    body["data"] = json::object();
    for (const auto& [name, value] : letter->fields) body["data"][name] = value;
    body["events"] = json::array();
    for (const auto& event : TRY(store->events_of(id))) body["events"].push_back(as_json(event));
    return json_response(200, body);
}

Result<Reply> move_letter(const Call& call, jobs::Event event) {
    const auto id = TRY(letter_in(call));
    auto store = TRY(call.desk->store());
    const auto moved = store->apply(id, event, call.now);
    if (!moved && moved.error().fault == Fault::BadInput) return response_of({409, "conflict", moved.error().message});
    if (!moved) return no_letter(moved.error(), id);
    return json_response(200, as_json(TRY(store->show(id, today(call)))));
}

Result<Reply> cancel_letter(const Call& call) { return move_letter(call, jobs::Event::CancelAsked); }
Result<Reply> hold_letter(const Call& call) { return move_letter(call, jobs::Event::HoldAsked); }
Result<Reply> release_letter(const Call& call) { return move_letter(call, jobs::Event::ReleaseAsked); }

}  // namespace

const std::vector<Route>& letter_routes() {
    static const std::vector<Route> table{{"POST", "/v2/letters", Scope::Letters, post_letters, body_bytes},
                                          {"GET", "/v2/letters", to_read, list_letters},
                                          {"GET", "/v2/letters/{id}", to_read, show_letter},
                                          {"POST", "/v2/letters/{id}/cancel", Scope::Letters, cancel_letter, 4096},
                                          {"POST", "/v2/letters/{id}/hold", Scope::Letters, hold_letter, 4096},
                                          {"POST", "/v2/letters/{id}/release", Scope::Letters, release_letter, 4096}};
    return table;
}

}  // namespace pli::http
