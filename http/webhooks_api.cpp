// Who is told what becomes of letters.
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/webhooks.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

/// The secret is told once, when the webhook is made.
json as_json(const Webhook& webhook) {
    return {{"id", webhook.id}, {"url", webhook.url}, {"events", webhook.events}, {"of_settings", webhook.of_settings}};
}

json as_json(const WebhookOffice::Told& told) {
    auto out = as_json(told.webhook);
    out["messages_taken"] = told.standing.told;
    out["last_event"] = told.standing.event;
    out["tries_failed"] = told.standing.failed;
    if (!told.standing.problem.empty()) out["problem"] = told.standing.problem;
    return out;
}

Result<Reply> list_webhooks(const Call& call) {
    json all = json::array();
    for (const auto& told : call.desk->webhooks().list()) all.push_back(as_json(told));
    return json_response(200, {{"webhooks", all}});
}

Result<Reply> post_webhook(const Call& call) {
    const auto body = json::parse(call.request.body, nullptr, false);
    if (!body.is_object() || !body.contains("url") || !body["url"].is_string())
        return response_of({400, "bad-json", "expected an object with \"url\", and perhaps \"events\" and \"secret\""});
    Webhook wanted;
    wanted.url = body["url"];
    try {
        wanted.secret = body.value("secret", "");
        wanted.events = body.value("events", std::vector<std::string>{});
    } catch (const json::exception&) {
        return response_of({400, "bad-json", "\"secret\" is a text, \"events\" a list of texts"});
    }
    const auto made = TRY(call.desk->webhooks().add(std::move(wanted)));
    auto told = as_json(made);
    told["secret"] = made.secret;
    return json_response(201, told);
}

Result<Reply> delete_webhook(const Call& call) {
    TRY(call.desk->webhooks().remove(call.values[0]));
    return Response{204, {}, {}, {}};
}

}  // namespace

const std::vector<Route>& webhook_routes() {
    static const std::vector<Route> table{{"GET", "/v2/webhooks", to_read, list_webhooks},
                                          {"POST", "/v2/webhooks", Scope::Letters, post_webhook, 64u << 10},
                                          {"DELETE", "/v2/webhooks/{webhook}", Scope::Letters, delete_webhook}};
    return table;
}

}  // namespace pli::http
