// Previews over HTTP: which picture comes, of what, and what is refused.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

namespace {

std::string type_for(Served& house, const std::string& token, const std::string& query, const std::string& accept) {
    Asking asking{"GET", "/v2/previews?template=merci&dpi=40" + query, token};
    if (!accept.empty()) asking.headers.emplace_back("Accept", accept);
    const auto answer = house.ask(asking);
    return answer.status == 200 ? answer.headers.at("content-type") : std::to_string(answer.status);
}

}  // namespace

TEST_CASE("a preview comes as it is asked for: by format, else by what Accept wants most", "[http][previews]") {
    Served house;
    const auto token = house.token(Scope::Read);
    const auto type = [&](const std::string& query, const std::string& accept) {
        return type_for(house, token, query, accept);
    };
    CHECK(type("", "") == "image/png");
    CHECK(type("", "*/*") == "image/png");
    CHECK(type("", "image/avif,image/webp,image/apng,*/*;q=0.8") == "image/webp");
    CHECK(type("", "application/pdf;q=0.9, image/png;q=0.1") == "application/pdf");
    CHECK(type("", "image/*;q=0.5, image/png;q=0") == "image/webp");
    CHECK(type("", "text/html") == "406");
    CHECK(type("&format=pdf", "image/png") == "application/pdf");
    CHECK(type("&format=gif", "") == "422");
}

TEST_CASE("a preview that the client has already is not sent again, until the template is another",
          "[http][previews]") {
    Served house;
    const auto token = house.token(Scope::Read);
    Asking asking{"GET", "/v2/previews?template=merci&dpi=40", token};
    const auto first = house.ask(asking);
    REQUIRE(first.status == 200);
    CHECK(first.headers.at("pli-pages") == "1");
    asking.headers.emplace_back("If-None-Match", first.headers.at("etag"));
    const auto again = house.ask(asking);
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    const auto file = house.folder() + "/templates/merci/template.json";
    auto form = json::parse(pli::test::read_file(file));
    form["style"]["size"] = 14;
    pli::test::write_file(file, form.dump());
    CHECK(house.ask(asking).status == 200);
}

TEST_CASE("what is asked for wrongly is refused with its place", "[http][previews]") {
    Served house;
    const auto token = house.token(Scope::Read);
    const auto refused = [&](const std::string& body) {
        const auto answer = house.ask({"POST", "/v2/previews", token, body, {{"Content-Type", "application/json"}}});
        return std::to_string(answer.status) + " " + answer.read().value("where", "") + ": " +
               answer.read().value("detail", "");
    };
    CHECK_THAT(refused("[]"), Catch::Contains("422 : the body is not a JSON object"));
    CHECK_THAT(refused(R"({"template":"merci","colour":1})"), Catch::Contains("422 /colour: is not known here"));
    CHECK_THAT(refused(R"({"template":"merci","dpi":5000})"), Catch::Contains("422 dpi:"));
    CHECK_THAT(refused(R"({"template":"merci","page":0})"), Catch::Contains("422 page:"));
    CHECK_THAT(refused(R"({"template":"merci","page":7})"), Catch::Contains("404 page 7:"));
    CHECK_THAT(refused(R"({"template":"merci","data":[1]})"), Catch::Contains("422 /data:"));
    CHECK_THAT(refused(R"({"template":"../merci"})"), Catch::Contains("404 : there is no template"));
    CHECK_THAT(refused(R"({"template":"merci","letter":1})"), Catch::Contains("something else with it"));
    CHECK_THAT(refused(R"({"letter":4711})"), Catch::Contains("404"));
    CHECK_THAT(refused(R"({"upload":"..%2f.."})"), Catch::Contains("404 : there is no such upload"));
    CHECK_THAT(refused(R"({"template":"merci","data":)"), Catch::Contains("422"));
}

TEST_CASE("a preview of one workspace shows nothing of another", "[http][previews]") {
    Served house({"atelier", "bazar"});
    const auto bazar = house.token(Scope::Read, "bazar");
    std::filesystem::remove_all(house.folder("bazar") + "/templates/merci");
    CHECK(house.ask({"GET", "/v2/previews?template=merci", house.token(Scope::Read)}).status == 200);
    CHECK(house.ask({"GET", "/v2/previews?template=merci", bazar}).status == 404);
    CHECK(house.ask({"GET", "/v2/previews?template=merci"}).status == 401);
}

TEST_CASE("the page is served to everybody, under a policy that lets nothing else in", "[http][previews]") {
    Served house;
    const auto page = house.ask({"GET", "/"});
    CHECK(page.status == 200);
    CHECK_THAT(page.body, Catch::Contains("<!doctype html>") && Catch::Contains("Pli"));
    const auto& policy = page.headers.at("content-security-policy");
    CHECK_THAT(policy, Catch::Contains("default-src 'none'") && Catch::Contains("script-src 'self'"));
    CHECK_THAT(policy, !Catch::Contains("unsafe"));
    CHECK_THAT(page.body, !Catch::Contains("onload=") && !Catch::Contains("<style"));
}
