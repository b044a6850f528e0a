// What openapi.json says and what the service does, held against each other.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "service/night_shift.hpp"
#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

namespace {

using Line = std::pair<std::string, std::string>;  // method and path

/// "/v2/templates/{name}/files/{...file}" as OpenAPI writes it.
std::string plain(std::string_view path) {
    std::string text(path);
    if (const auto dots = text.find("{..."); dots != std::string::npos) text.erase(dots + 1, 3);
    return text;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// What the API answers, kept for the judge.
class Tour {
public:
    explicit Tour(Served& house) : house_(house) {
        all_ = house.token(Scope::Letters | Scope::Templates | Scope::PrintHouse);
    }
    Answered go(const std::string& method, const std::string& path, int status, const std::string& body = {},
                Headers headers = {}) {
        Asking asking{method, path, token.value_or(all_), body, std::move(headers)};
        const auto answer = house_.ask(asking);
        INFO(method << " " << path << " " << answer.body.substr(0, 500));
        CHECK(answer.status == status);
        note(asking, answer);
        return answer;
    }
    Answered go(const std::string& method, const std::string& path, int status, const json& body) {
        return go(method, path, status, body.dump(), {{"Content-Type", "application/json"}});
    }
    /// The judge's verdict.
    pli::test::Outcome judged() const {
        const auto description = house_.scratch().write("openapi.json", house_.ask({"GET", "/v2/openapi.json"}).body);
        const auto exchanges = house_.scratch().write("exchanges.jsonl", exchanges_);
        return pli::test::run("python3 -W ignore tests/http/judge.py " + description + " " + exchanges);
    }
    std::set<Line> seen;
    std::optional<std::string> token;

private:
    void note(const Asking& asking, const Answered& answer) {
        Request request;
        REQUIRE(read_target(asking.path, request));
        const auto found = match(asking.method, request.path);
        if (found.route == nullptr) return;
        const auto type = answer.headers.count("content-type") > 0 ? answer.headers.at("content-type") : "";
        const bool is_json = type.find("json") != std::string::npos;
        json line{
            {"method", asking.method}, {"route", plain(found.route->path)}, {"status", answer.status}, {"type", type}};
        line["answer"] = is_json ? answer.read() : answer.body.empty() ? json() : json("bytes");
        const auto sent = json::parse(asking.body, nullptr, false);
        const bool as_json = !asking.headers.empty() && asking.headers[0].second == "application/json";
        line["request"] = as_json && !sent.is_discarded() ? sent : json();
        exchanges_ += line.dump() + "\n";
        seen.emplace(found.route->method, found.route->path);
    }
    Served& house_;
    std::string all_, exchanges_;
};

std::string form_of(const std::vector<std::array<std::string, 3>>& parts) {
    std::string body;
    for (const auto& [name, filename, bytes] : parts)
        body += fmt::format("--limit\r\nContent-Disposition: form-data; name=\"{}\"{}\r\n\r\n{}\r\n", name,
                            filename.empty() ? "" : fmt::format("; filename=\"{}\"", filename), bytes);
    return body + "--limit--\r\n";
}
const Headers as_form{{"Content-Type", "multipart/form-data; boundary=limit"}};

void tour_letters(Tour& tour) {
    auto full = letter_to("Zoë", {{"order", {{"number", "A1"}}}, {"items", {1, 2}}});
    full.update({{"key", "k1"}, {"locale", "fr-CH"}, {"not_before", "2030-01-01"}, {"hold", true}, {"test", false}});
    auto lines = letter_to("B");
    lines["recipient"] = {{"lines", {"B", "8 rue des Lilas", "75019 Paris"}}};
    tour.go("POST", "/v2/letters", 201, full);
    tour.go("POST", "/v2/letters", 200, full);
    full["recipient"]["street"] = "9 rue des Lilas";
    tour.go("POST", "/v2/letters", 200, full);
    tour.go("POST", "/v2/letters", 201, json::array({letter_to("A"), lines}));
    tour.go("POST", "/v2/letters", 422, json{{"template", "merci"}});
    tour.go("POST", "/v2/letters", 422, json::array({5}));
    tour.go("POST", "/v2/letters", 400, std::string("{"));
    tour.go("GET", "/v2/letters?limit=2&state=queued", 200);
    tour.go("GET", "/v2/letters?state=lost", 422);
    tour.go("GET", "/v2/letters/1", 200);
    tour.go("GET", "/v2/letters/4711", 404);
    tour.go("POST", "/v2/letters/1/release", 200);
    tour.go("POST", "/v2/letters/1/hold", 200);
    tour.go("POST", "/v2/letters/1/cancel", 200);
    tour.go("POST", "/v2/letters/1/cancel", 409);
}

void tour_templates(Tour& tour, const Served& house) {
    const auto merci = pli::test::read_file(house.folder() + "/templates/merci/template.json");
    const Headers as_json{{"Content-Type", "application/json"}};
    tour.go("GET", "/v2/templates", 200);
    tour.go("GET", "/v2/templates/merci", 200);
    tour.go("GET", "/v2/templates/none", 404);
    tour.go("GET", "/v2/templates/merci/files/template.json", 200);
    tour.go("GET", "/v2/templates/merci/sheet", 200);
    tour.go("GET", "/v2/templates/merci/recipients", 200);
    tour.go("GET", "/v2/templates/none/recipients", 404);
    tour.go("GET", "/v2/profiles", 200);
    tour.go("GET", "/v2/previews?template=merci&dpi=40", 200);
    tour.go("GET", "/v2/previews?template=none", 404);
    tour.go("POST", "/v2/previews", 200,
            json{{"template", "merci"}, {"data", {{"order_number", "7"}, {"name", "A"}, {"city", "P"}}}, {"dpi", 40}});
    tour.go("PUT", "/v2/templates/merci?check=only", 200, merci, as_json);
    tour.go("PUT", "/v2/templates/merci", 200, merci, as_json);
    tour.go("PUT", "/v2/templates/neu", 201, form_of({{"template", "template.json", merci}}), as_form);
    tour.go("PUT", "/v2/templates/broken", 422, std::string("{\"kind\":\"document\"}"), as_json);
    tour.go("PUT", "/v2/templates/.hidden", 422, merci, as_json);
}

void tour_uploads(Tour& tour) {
    const auto pdf = pli::test::read_file("examples/boutique/templates/prospectus/flyer.pdf");
    const auto made =
        tour.go("POST", "/v2/uploads", 201,
                form_of({{"file", "flyer.pdf", pdf}, {"profile", "", "NF-right"}, {"sides", "", "duplex"}}), as_form);
    const auto place = "/v2/uploads/" + made.read()["id"].get<std::string>();
    tour.go("GET", place, 200);
    tour.go("GET", place + "/file", 200);
    tour.go("GET", made.read()["pages"][0]["picture"].get<std::string>(), 200);
    tour.go("GET", place + "/pages/99", 404);
    const auto id = made.read()["id"].get<std::string>();
    CHECK(tour.go("GET", "/v2/previews?dpi=40&page=2&upload=" + id, 200).body.starts_with("\x89PNG"));
    tour.go("GET", "/v2/previews?upload=../" + id, 404);
    tour.go("DELETE", place, 204);
    tour.go("GET", place, 404);
    tour.go("POST", "/v2/uploads", 422, std::string("no form"), as_form);
    tour.go("POST", "/v2/uploads", 422, form_of({{"text", "", "no file"}}), as_form);
}

std::string made_batch(const Served& house) {
    const auto workspace = service::Workspace::open(house.folder()).value();
    service::NightShiftOptions options;
    options.day = Day::of(2026, 11, 22);
    options.clock = [] { return Instant{1'795'355'198}; };
    const auto report = service::work_night_shift(workspace, options);
    REQUIRE(report);
    REQUIRE(report->printed.batches.size() == 1);
    return std::filesystem::path(report->printed.batches[0].folder).filename().string();
}

void tour_batches(Tour& tour, const Served& house) {
    const auto place = "/v2/batches/" + made_batch(house);
    tour.go("GET", "/v2/batches", 200);
    tour.go("GET", place, 200);
    const auto whole = tour.go("GET", place + "/files/print.pdf", 200);
    const auto some = tour.go("GET", place + "/files/print.pdf", 206, {}, {{"Range", "bytes=5-9"}});
    CHECK(some.body == whole.body.substr(5, 5));
    tour.go("GET", place + "/files/print.pdf", 304, {}, {{"If-None-Match", whole.headers.at("etag")}});
    tour.go("GET", place + "/files/print.pdf", 416, {}, {{"Range", "bytes=99999999-"}});
    tour.go("GET", place + "/files/none.pdf", 404);
    tour.go("POST", place + "/received", 200);
    tour.go("POST", place + "/results", 200, std::string("piece,status,time\n1,produced,2026-11-23T10:00:00Z\n"));
    tour.go("POST", place + "/results", 422, std::string("piece,status,time\n99,produced,2026-11-23T10:00:00Z\n"));
    tour.go("GET", "/v2/batches/none", 404);
}

void tour_webhooks(Tour& tour) {
    const auto made =
        tour.go("POST", "/v2/webhooks", 201, json{{"url", "https://shop.example/"}, {"events", {"mailed"}}});
    tour.go("GET", "/v2/webhooks", 200);
    tour.go("POST", "/v2/webhooks", 422, json{{"url", "https://127.0.0.1/"}});
    tour.go("POST", "/v2/webhooks", 400, std::string("[]"));
    tour.go("DELETE", "/v2/webhooks/" + made.read()["id"].get<std::string>(), 204);
    tour.go("DELETE", "/v2/webhooks/none", 404);
}

}  // namespace

TEST_CASE("every route of the service is described, and every path that is described is there", "[http][openapi]") {
    Served house;
    std::set<Line> described, served;
    const auto paths = house.ask({"GET", "/v2/openapi.json"}).read()["paths"];
    for (const auto& [path, methods] : paths.items())
        for (const auto& [method, operation] : methods.items()) described.emplace(method, path);
    for (const auto& route : routes())
        if (route.path.starts_with("/v2/") || route.path.find('z') != std::string_view::npos ||
            route.path == "/metrics")
            served.emplace(lower(std::string(route.method)), plain(route.path));
    CHECK(described == served);
}

TEST_CASE("what the service answers is as it is described", "[http][openapi]") {
    Served house;
    Tour tour(house);
    tour.go("GET", "/healthz", 200);
    tour.go("GET", "/readyz", 200);
    tour.go("GET", "/metrics", 200);
    tour.go("GET", "/v2/openapi.json", 200);
    tour.go("GET", "/v2/workspace", 200);
    tour_letters(tour);
    tour_templates(tour, house);
    tour_uploads(tour);
    tour_batches(tour, house);
    tour_webhooks(tour);
    tour.go("GET", "/v2/letters/2", 200);
    tour.token = "nobody";
    for (const auto& route : routes())
        if (!route.scopes.empty()) tour.go(std::string(route.method), std::string(route.path), 401);
    for (const auto& route : routes()) {
        if (route.path == "/" || route.path.starts_with("/proof.")) continue;  // the page: tests/web
        INFO(route.method << " " << route.path);
        CHECK(tour.seen.contains({std::string(route.method), std::string(route.path)}));
    }
    const auto verdict = tour.judged();
    INFO(verdict.output);
    CHECK(verdict.status == 0);
}
