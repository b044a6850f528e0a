#include "http/application.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "http/journal.hpp"
#include "service/clock.hpp"

namespace pli::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t slow_requests_waiting = 64;  // at a second each, who comes then waits too long anyway

/// What the door knows of a request until its answer.
struct Errand {
    Call call;
    const Route* route = nullptr;
    SteadyClock::time_point came;
};

/// A connection is a descriptor; the usual soft limit of 1,024 is a tenth of what is asked of us.
void allow_many_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::string bearer_of(const Request& head) {
    const auto given = head.header("authorization");
    constexpr std::string_view scheme = "bearer ";
    if (given.size() <= scheme.size()) return {};
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((given[i] | 0x20) != (scheme[i] | 0x20)) return {};
    return std::string(given.substr(scheme.size()));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Response method_refused(const std::vector<std::string>& methods) {
    auto response = response_of(problem_of(405, "this path takes " + joined(methods)));
    response.headers.emplace_back("Allow", joined(methods));
    return response;
}

void log_request(const Call& call, const Response& response, SteadyClock::duration took) {
    note("request", {{"number", call.request.number},
                     {"peer", call.request.peer},
                     {"workspace", call.who.workspace},
                     {"token", call.who.token},
                     {"method", call.request.method},
                     {"target", call.request.target},
                     {"status", response.status},
                     {"ms", std::chrono::duration<double, std::milli>(took).count()}});
}

/// A failure as a response; what the client is not told in full is told to the log.
Response explained(const Error& error, const std::string& number) {
    const auto problem = problem_of(error);
    if (problem.status >= 500) note("failure", {{"number", number}, {"error", error.text()}});
    return response_of(problem);
}

}  // namespace

Application::Application(const ServeOptions& options) : options_(options), rate_(options.requests_a_second) {}

Result<std::unique_ptr<Application>> Application::start(const ServeOptions& options) {
    allow_many_descriptors();
    std::unique_ptr<Application> house(new Application(options));
    house->desks_ =
        TRY(options.workspaces.empty() ? Desks::open_one(options.workspace) : Desks::open_all(options.workspaces));
    const std::size_t processors = std::max(1u, std::thread::hardware_concurrency());
    house->workers_ =
        std::make_unique<WorkerPool>(options.workers > 0 ? options.workers : 2 * processors, options.requests_at_once);
    house->slow_workers_ = std::make_unique<WorkerPool>(processors, slow_requests_waiting);
    auto* self = house.get();
    House doors{[self](Request& head) { return self->admit(head); },
                [self](Request request, Answer answer) { self->serve(std::move(request), std::move(answer)); },
                [self](int status, const std::string& detail) { return self->refuse(status, detail); }};
    house->server_ = TRY(Server::listen(options.listen, std::move(doors)));
    return house;
}

Application::~Application() { stop(std::chrono::milliseconds(0)); }

bool Application::stop(std::chrono::milliseconds patience) {
    ending_ = true;
    const bool all = server_ == nullptr || server_->drain(patience);
    if (workers_) workers_->close();
    if (slow_workers_) slow_workers_->close();
    if (desks_)
        for (const auto& desk : desks_->all()) {
            desk->writer().close();
            desk->webhooks().close();
        }
    server_.reset();  // last: answers still go to its connections
    return all;
}

Admission Application::admit(Request& head) {
    auto found = match(head.method, head.path);
    if (found.route == nullptr) {
        metrics_.count(nullptr, found.methods.empty() ? 404 : 405, {});
        if (found.methods.empty()) return {.refusal = response_of(problem_of(404, "there is nothing at this path"))};
        return {.refusal = method_refused(found.methods)};
    }
    const auto errand = std::make_shared<Errand>();
    errand->route = found.route;
    errand->came = SteadyClock::now();
    errand->call.values = std::move(found.values);
    errand->call.house = this;
    errand->call.now = service::now();
    if (const auto problem = look_at(head, errand->call, *found.route)) {
        metrics_.count(found.route, problem->status, {});
        return {.refusal = response_of(*problem)};
    }
    head.errand = errand;
    Admission admission{.body = found.route->body, .most = std::min(found.route->most, options_.body_bytes)};
    if (admission.body != Admission::Body::File || !errand->call.desk) return admission;
    auto folder = errand->call.desk->spool_folder();
    if (!folder) return {.refusal = explained(folder.error(), head.number)};
    admission.spool_folder = *folder;
    return admission;
}

std::optional<Problem> Application::look_at(const Request& head, Call& call, const Route& route) {
    if (!route.scopes.empty())
        if (auto problem = ask_for_token(head, call, route)) return problem;
    if (under_way_ >= options_.requests_at_once && !route.scopes.empty())
        return problem_of(503, "more requests are under way than this service takes at once");
    return std::nullopt;
}

std::optional<Problem> Application::ask_for_token(const Request& head, Call& call, const Route& route) {
    const auto token = bearer_of(head);
    if (token.empty()) return problem_of(401, "a bearer token is needed: Authorization: Bearer …");
    call.desk = desks_->named(workspace_named_in(token));
    if (!call.desk) return problem_of(401, "the token is not known here");
    auto who = call.desk->believe(token, call.now);
    if (!who && who.error().fault != Fault::NotFound) {
        note("failure", {{"number", head.number}, {"error", who.error().text()}});
        return problem_of(500, "tokens cannot be checked at the moment");
    }
    if (!who) return problem_of(401, who.error().message);
    call.who = std::move(*who);
    if (!call.who.scopes.meets(route.scopes))
        return problem_of(403, fmt::format("this needs a token with the scope {}, yours has {}",
                                           fmt::join(route.scopes.names(), " or "), joined(call.who.scopes.names())));
    if (!rate_.take(call.who.token, SteadyClock::now()))
        return problem_of(429,
                          fmt::format("more than {} requests a second with one token", options_.requests_a_second));
    return std::nullopt;
}

void Application::serve(Request request, Answer answer) {
    const auto errand = std::static_pointer_cast<Errand>(std::exchange(request.errand, nullptr));
    errand->call.request = std::move(request);
    ++under_way_;
    Answer told = [this, errand, answer = std::move(answer)](Response response) {
        const auto took = SteadyClock::now() - errand->came;
        metrics_.count(errand->route, response.status, took);
        log_request(errand->call, response, took);
        --under_way_;
        answer(std::move(response));
    };
    const std::shared_ptr<Call> call(errand, &errand->call);
    const auto* route = errand->route;
    auto& workers = route->pace == Pace::Quick ? *workers_ : *slow_workers_;
    const bool taken = workers.take([this, route, call, told] { handle(*route, call, told); });
    if (!taken) told(response_of(problem_of(503, "more requests wait than this service takes at once")));
}

void Application::handle(const Route& route, const std::shared_ptr<Call>& call, const Answer& answer) {
    try {
        auto reply = route.handler(*call);
        if (!reply) return answer(explained(reply.error(), call->request.number));
        if (auto* later = std::get_if<Later>(&*reply)) return (*later)(answer);
        answer(std::move(std::get<Response>(*reply)));
    } catch (const std::exception& error) {  // memory, most likely: this request fails, the others go on
        note("failure", {{"number", call->request.number}, {"error", error.what()}});
        answer(response_of(problem_of(500, "the service could not do this")));
    }
}

Response Application::refuse(int status, const std::string& detail) {
    metrics_.refused_at_the_door();
    note("refused", {{"status", status}, {"detail", detail}});
    auto response = response_of(problem_of(status, detail));
    response.hang_up = true;
    return response;
}

std::vector<Metrics::Gauge> Application::gauges() const {
    std::vector<Metrics::Gauge> all{
        {"pli_http_connections", "Open connections.", "gauge", "", static_cast<double>(server_->connections())},
        {"pli_http_requests_under_way", "Requests not answered yet.", "gauge", "", static_cast<double>(under_way_)},
        {"pli_http_requests_waiting", "Requests that wait for a worker.", "gauge", "",
         static_cast<double>(workers_->waiting() + slow_workers_->waiting())}};
    const auto each = [&](const char* name, const char* help, const char* kind, auto value) {
        for (const auto& desk : desks_->all())
            all.push_back({name, help, kind, "workspace=" + nlohmann::json(desk->workspace().name).dump(),
                           static_cast<double>(value(desk->writer().counts()))});
    };
    using Counts = LetterWriter::Counts;
    each("pli_letters_queued_total", "Letters queued by the API.", "counter", [](const Counts& c) { return c.queued; });
    each("pli_letters_known_total", "Letters handed in again.", "counter", [](const Counts& c) { return c.known; });
    each("pli_letters_waiting", "Letters that wait to be written.", "gauge", [](const Counts& c) { return c.waiting; });
    each("pli_commits_total", "Transactions that queued them.", "counter", [](const Counts& c) { return c.groups; });
    const auto hooks = [&](const char* name, const char* help, auto value) {
        for (const auto& desk : desks_->all())
            for (const auto& told : desk->webhooks().list())
                all.push_back({name, help, "counter",
                               fmt::format("workspace={},webhook=\"{}\"", nlohmann::json(desk->workspace().name).dump(),
                                           told.webhook.id),
                               static_cast<double>(value(told.standing))});
    };
    hooks("pli_webhook_messages_total", "Messages that webhooks took.", [](const auto& s) { return s.told; });
    hooks("pli_webhook_failures_total", "Messages that they did not take.", [](const auto& s) { return s.failed; });
    return all;
}

}  // namespace pli::http
