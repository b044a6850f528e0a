#include <catch2/catch.hpp>

#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

TEST_CASE("a letter that is handed in is queued, has a number and is found under it", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const auto taken = house.post(token, letter_to("Zoë Île", {{"order", {{"number", "A1"}, {"total", 34.5}}}}));
    REQUIRE(taken.status == 201);
    CHECK(taken.read()["result"] == "queued");
    const auto place = taken.headers.at("location");
    const auto shown = house.ask({"GET", place, token});
    REQUIRE(shown.status == 200);
    CHECK(shown.read()["recipient"]["name"] == "Zoë Île");
    CHECK(shown.read()["state"] == "queued");
    CHECK(shown.read()["data"]["order.number"] == "A1");
    CHECK(shown.read()["data"]["order.total"] == "34.5");
}

TEST_CASE("numbers of a letter's data keep the digits they were written with", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const std::string body = R"({"template":"merci","recipient":{"name":"A","city":"Paris"},"data":{"total":34.50}})";
    const auto taken = house.ask({"POST", "/v2/letters", token, body});
    REQUIRE(taken.status == 201);
    CHECK(house.ask({"GET", taken.headers.at("location"), token}).read()["data"]["total"] == "34.50");
}

TEST_CASE("of a list the good letters are queued, and each bad one says what is wrong where", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    auto mail = letter_to("B"), nowhere = letter_to("C"), nobody = letter_to("D");
    mail["recipient"]["mail"] = "b@example.org";
    nowhere["recipient"]["country"] = "Atlantis";
    nobody["template"] = "none";
    const auto answer = house.post(token, json::array({letter_to("A"), mail, nowhere, nobody, 5, letter_to("E")}));
    REQUIRE(answer.status == 201);
    const auto body = answer.read();
    CHECK(body["queued"] == 2);
    CHECK(body["refused"] == 4);
    CHECK(body["letters"][0]["result"] == "queued");
    CHECK(body["letters"][1]["where"] == "/recipient/mail");
    CHECK(body["letters"][2]["where"] == "/recipient/country");
    CHECK(body["letters"][3]["where"] == "/template");
    CHECK(body["letters"][4]["code"] == "bad-json");
    CHECK(body["letters"][5]["result"] == "queued");
}

TEST_CASE("a request that is repeated with its Idempotency-Key queues nothing twice", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const auto two = json::array({letter_to("A"), letter_to("B")});
    const auto first = house.post(token, two, "order-17"), again = house.post(token, two, "order-17");
    REQUIRE(first.status == 201);
    REQUIRE(again.status == 200);
    CHECK(again.read()["known"] == 2);
    CHECK(again.read()["letters"][1]["id"] == first.read()["letters"][1]["id"]);
}

TEST_CASE("an Idempotency-Key with other letters is refused, and nothing of them is queued", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    REQUIRE(house.post(token, letter_to("A"), "k").status == 201);
    const auto other = house.post(token, json::array({letter_to("B"), letter_to("C")}), "k");
    CHECK(other.status == 422);
    CHECK(other.read()["code"] == "idempotency-key-reused");
    CHECK(house.ask({"GET", "/v2/letters", token}).read()["letters"].size() == 1);
}

TEST_CASE("a letter's own key queues it once, and a second that says something else is told", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    auto letter = letter_to("A");
    letter["key"] = "commande-1001";
    const auto first = house.post(token, letter);
    CHECK(house.post(token, letter).read() == json({{"id", first.read()["id"]}, {"result", "known"}, {"test", false}}));
    letter["recipient"]["street"] = "9 rue des Lilas";
    CHECK(house.post(token, letter).read()["differs"] == true);
}

TEST_CASE("letters of a test token are tests", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters, "atelier", {.name = "try", .scopes = {}, .test = true});
    const auto taken = house.post(token, letter_to("A"));
    REQUIRE(taken.status == 201);
    CHECK(taken.read()["test"] == true);
}

TEST_CASE("pages of the list hold every letter once", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    json letters = json::array();
    for (int i = 0; i < 25; ++i) letters.push_back(letter_to("N" + std::to_string(i)));
    REQUIRE(house.post(token, letters).status == 201);
    std::vector<int> ids;
    std::string cursor;
    int pages = 0;
    do {
        const auto page = house.ask({"GET", "/v2/letters?limit=10" + cursor, token}).read();
        for (const auto& letter : page["letters"]) ids.push_back(letter["id"]);
        cursor = page.contains("next") ? "&cursor=" + page["next"].get<std::string>() : "";
        ++pages;
    } while (!cursor.empty() && pages < 10);
    std::sort(ids.begin(), ids.end());
    CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
    CHECK(ids.size() == 25);
}

TEST_CASE("a letter is held, released and cancelled, and a step that cannot be is a conflict", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const auto place = house.post(token, letter_to("A")).headers.at("location");
    CHECK(house.ask({"POST", place + "/hold", token}).read()["state"] == "held");
    CHECK(house.ask({"POST", place + "/release", token}).read()["state"] == "queued");
    CHECK(house.ask({"POST", place + "/cancel", token}).read()["state"] == "cancelled");
    CHECK(house.ask({"POST", place + "/hold", token}).status == 409);
    CHECK(house.ask({"POST", "/v2/letters/4711/hold", token}).status == 404);
    CHECK(house.ask({"POST", "/v2/letters/first/hold", token}).status == 404);
}

TEST_CASE("a body that is no letter is refused with the place where it goes wrong", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const auto [body, where] = GENERATE(table<std::string, std::string>({{"", "byte 1"},
                                                                         {"[", "byte 2"},
                                                                         {"[]", "byte 1"},
                                                                         {"[{}", "byte 4"},
                                                                         {"[{},]", "byte 5"},
                                                                         {"[{} {}]", "byte 5"},
                                                                         {"[{}] x", "byte 6"}}));
    CAPTURE(body);
    const auto answer = house.ask({"POST", "/v2/letters", token, body});
    CHECK(answer.status == 400);
    CHECK(answer.read()["where"] == where);
}

TEST_CASE("a letter that is no JSON is refused", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const std::string deep(100'000, '[');
    for (const auto& body : {std::string("{"), std::string("{\"template\":}"), std::string("\xff\xfe{}"),
                             "{\"template\":\"merci\",\"recipient\":{\"name\":\"\\u0000\"}}" + std::string(),
                             "{\"data\":" + deep, "{\"a\":" + deep + std::string(100'000, ']') + "}"}) {
        const auto answer = house.ask({"POST", "/v2/letters", token, body});
        CAPTURE(body.substr(0, 80));
        CHECK((answer.status == 400 || answer.status == 422));
        CHECK(answer.headers.at("content-type") == "application/problem+json");
    }
}
