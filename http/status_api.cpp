// Whether the service is well, what it counts, and what its API is.
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/known_template.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

namespace pli::http {
const std::vector<std::string_view>& openapi();  // openapi.json, embedded
namespace {

Result<Reply> healthz(const Call&) { return json_response(200, {{"status", "alive"}}); }

/// Every queue answers: the disk is there, the schema is ours.
Result<Reply> readyz(const Call& call) {
    if (call.house->ending()) return response_of(problem_of(503, "the service is shutting down"));
    for (const auto& desk : call.house->desks().all()) {
        auto store = desk->store();
        if (store && (*store)->find({"readyz"})) continue;
        return response_of(problem_of(503, "a queue does not answer"));
    }
    return json_response(200, {{"status", "ready"}});
}

Result<Reply> metrics(const Call& call) {
    auto text = call.house->metrics().text();
    Metrics::append(text, call.house->gauges());
    return Response{200, {{"Content-Type", "text/plain; version=0.0.4"}}, std::move(text), nullptr};
}

Result<Reply> description(const Call&) {
    return Response{200, {{"Content-Type", "application/json"}}, std::string(openapi().front()), nullptr};
}

Result<Reply> workspace(const Call& call) {
    const auto& about = call.desk->workspace();
    nlohmann::json counts = nlohmann::json::object();
    auto store = TRY(call.desk->store());
    for (const auto& [state, count] : TRY(store->counts(today(call)))) counts[std::string(jobs::name(state))] = count;
    return json_response(200, {{"name", about.name},
                               {"country", about.country},
                               {"letters", counts},
                               {"token",
                                {{"id", call.who.token},
                                 {"name", call.who.name},
                                 {"scopes", call.who.scopes.names()},
                                 {"test", call.who.test}}}});
}

}  // namespace

const std::vector<Route>& status_routes() {
    static const std::vector<Route> table{{"GET", "/healthz", {}, healthz},
                                          {"GET", "/readyz", {}, readyz},
                                          {"GET", "/metrics", {}, metrics},
                                          {"GET", "/v2/openapi.json", {}, description},
                                          {"GET", "/v2/workspace", to_read | Scope::PrintHouse, workspace}};
    return table;
}

}  // namespace pli::http
