#include <catch2/catch.hpp>

#include "tests/intake/files_for_tests.hpp"

using namespace pli;
using namespace pli::intake;
using namespace pli::intake::test;
using Text = std::map<std::string, std::string>;

namespace {
Outcome lines(const std::string& content, Options options = {}) {
    return read(content, std::move(options), "letters.jsonl");
}
}  // namespace

TEST_CASE("a JSON line with a recipient and nested data becomes a letter with dotted fields", "[intake]") {
    const auto file = lines(
        R"({"key":"A-1","recipient":{"first_name":"Zoë","last_name":"Lefèvre","street":"4 rue du Bac","postal_code":"75007",)"
        R"("city":"Paris","country":"France"},"order":{"total":12.50,"paid":true,"note":null},)"
        R"("items":[{"sku":"A\"1","qty":2,"price":1.10},{"sku":"B","tags":["x",["y"]],"none":null}]})"
        "\n");
    REQUIRE(file.letters.size() == 1);
    const auto& letter = file.letters[0];
    CHECK(letter.key == "thanks/A-1");
    CHECK(letter.to == Text{{"first_name", "Zoë"},
                            {"last_name", "Lefèvre"},
                            {"street", "4 rue du Bac"},
                            {"postal_code", "75007"},
                            {"city", "Paris"},
                            {"country", "FR"}});
    CHECK(letter.fields.at("order.total") == "12.50");  // as written
    CHECK(letter.fields.at("order.paid") == "true");
    CHECK(letter.fields.at("order.note").empty());
    CHECK(letter.fields.at("items") ==
          R"([{"sku":"A\"1","qty":2,"price":1.10},{"sku":"B","tags":["x",["y"]],"none":null}])");
    CHECK(letter.lists == std::vector<std::string>{"items"});
}

TEST_CASE("flat JSON objects are read by the same names as columns", "[intake]") {
    const auto file =
        lines("{\"Vorname\":\"Erika\",\"Ort\":\"Bonn\",\"PLZ\":53111}\n\n{\"Ort\":\"Kiel\",\"Name\":\"Max\"}");
    REQUIRE(file.letters.size() == 2);
    CHECK(file.letters[0].to == Text{{"first_name", "Erika"}, {"city", "Bonn"}, {"postal_code", "53111"}});
    CHECK(file.letters[1].to == Text{{"name", "Max"}, {"city", "Kiel"}});
}

TEST_CASE("a letter's language is taken from its row, and only if it is one", "[intake]") {
    Options options;
    options.locale = "de-DE";
    const auto file = lines(
        "{\"name\":\"A\",\"city\":\"Bern\",\"langue\":\"fr_CH\"}\n"
        "{\"name\":\"B\",\"city\":\"Bern\",\"langue\":\"it\"}\n"
        "{\"name\":\"C\",\"city\":\"Bern\",\"langue\":\"Englisch\"}\n",
        options);
    REQUIRE(file.letters.size() == 3);
    CHECK(file.letters[0].locale == "fr-CH");
    CHECK(file.letters[1].locale == "it");
    CHECK(file.letters[2].locale == "de-DE");
    CHECK(file.letters[2].fields.at("langue") == "Englisch");
}

TEST_CASE("a row that names no country is at home", "[intake]") {
    Options options;
    options.home_country = "AT";
    const auto file = lines(
        "{\"name\":\"A\",\"city\":\"Wien\"}\n{\"name\":\"B\",\"city\":\"Bonn\",\"country\":\"Germany\"}\n", options);
    REQUIRE(file.letters.size() == 2);
    CHECK(file.letters[0].to.at("country") == "AT");
    CHECK(file.letters[1].to.at("country") == "DE");
}

TEST_CASE("one JSON object in memory is read as a line of a file would be", "[intake]") {
    auto reader = LetterReader::of_json(R"({"name":"Zoë","city":"Paris","order":{"total":5}})", "sample", {});
    REQUIRE(reader);
    jobs::NewLetter letter;
    REQUIRE(reader->next(letter));
    CHECK(letter.recipient.name == "Zoë");
    CHECK(letter.fields.names->index_of("order.total") >= 0);
    CHECK_FALSE(reader->next(letter));

    auto empty = LetterReader::of_json("{}", "sample", {});
    REQUIRE(empty);
    CHECK_FALSE(empty->next(letter));
    CHECK_THAT(empty->report().errors.at(0).error.text(), Catch::Contains("sample:1"));
}

TEST_CASE("a WooCommerce order goes to its shipping address", "[intake]") {
    const auto file = lines(
        R"({"id":727,"billing":{"first_name":"P","city":"Bonn","address_1":"Weg 1"},)"
        R"("shipping":{"first_name":"Zoë","last_name":"L","address_1":"4 rue du Bac","postcode":"75007","city":"Paris","country":"FR"}})");
    REQUIRE(file.letters.size() == 1);
    CHECK(file.letters[0].to.at("city") == "Paris");
    CHECK(file.letters[0].to.at("street") == "4 rue du Bac");
    CHECK(file.letters[0].key == "thanks/727");
}

TEST_CASE("a broken JSON line is left out with its line and byte, the rest go on", "[intake]") {
    const auto file =
        lines("{\"name\":\"Zoë\",\"city\":}\n[1]\n7\n{\"name\":\"\\u0000\"}\n{\"name\":\"Max\",\"city\":\"Bonn\"}\n");
    CHECK(file.letters.size() == 1);
    REQUIRE(file.report.errors.size() == 4);
    CHECK_THAT(file.report.errors[0].error.text(), Catch::Contains("letters.jsonl:1, column byte 23: is not JSON"));
    CHECK_THAT(file.report.errors[1].error.message, Catch::Contains("a list, expected an object"));
    CHECK_THAT(file.report.errors[2].error.message, Catch::Contains("a single value, expected an object"));
    CHECK_THAT(file.report.errors[3].error.text(),
               Catch::Contains("letters.jsonl:4, column name") && Catch::Contains("NUL"));
}

TEST_CASE("JSON nested without end or in an endless line is refused, not followed", "[intake]") {
    Options small;
    small.max_line_bytes = 100'000;
    std::string deep = "{\"a\":";
    for (int i = 0; i < 1000; ++i) deep += "[";
    const auto file = lines(deep + "\n{\"name\":\"" + std::string(3u << 20, 'x') + "\"}\n{\"name\":\"Max\"}\n", small);
    CHECK(file.letters.size() == 1);
    REQUIRE(file.report.errors.size() == 2);
    CHECK_THAT(file.report.errors[0].error.message, Catch::Contains("nested deeper than 64 levels"));
    CHECK_THAT(file.report.errors[1].error.text(), Catch::Contains("letters.jsonl:2: the line is longer than 100000"));
}

TEST_CASE("one big JSON list is not JSON Lines, and the error says how to make it so", "[intake]") {
    const auto file = lines("[{\"name\":\"Zoë\"}]");
    REQUIRE(file.failed);
    CHECK_THAT(file.error.text(), Catch::Contains("one JSON list, expected JSON Lines"));
}
