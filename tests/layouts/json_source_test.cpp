#include "layouts/json_source.hpp"

#include <catch2/catch.hpp>

using namespace pli;
using namespace pli::layouts;

namespace {

JsonSource source_of(std::string text) {
    auto source = JsonSource::parse("t.json", std::move(text));
    REQUIRE(source);
    return std::move(*source);
}

Error error_of(std::string text) {
    const auto source = JsonSource::parse("t.json", std::move(text));
    REQUIRE_FALSE(source);
    CHECK(source.error().fault == Fault::BadInput);
    return source.error();
}

}  // namespace

TEST_CASE("every value of a template knows its line and column", "[layouts]") {
    const auto source = source_of("{\n  \"née\": [ 1, {\"b/c~\": true} ],\n  \"z\":\n    null\n}\n");
    CHECK(source.where("") == "t.json:1:1");
    CHECK(source.where("/née") == "t.json:2:10");
    CHECK(source.where_key("/née") == "t.json:2:3");
    CHECK(source.where("/née/0") == "t.json:2:12");
    CHECK(source.where("/née/1/b~1c~0") == "t.json:2:24");
    CHECK(source.where("/z") == "t.json:4:5");
    CHECK(pointer_to(pointer_to("/née", std::size_t{1}), "b/c~") == "/née/1/b~1c~0");
    CHECK(source.value().at("née").at(1).at("b/c~") == true);
}

TEST_CASE("what is missing is reported where it should have been", "[layouts]") {
    const auto source = source_of("{\"a\": {\n \"b\": {} } }");
    CHECK(source.where("/a/b/c/d") == "t.json:2:7");
    CHECK(source.where("/x") == "t.json:1:1");
}

TEST_CASE("a place inside a text is told past escapes and accents", "[layouts]") {
    const auto source = source_of(R"({"t": "é\n\u00e9\ud83d\ude00{x"})");
    const std::string text = source.value().at("t");
    CHECK(source.where_inside("/t", text.find('{')) == "t.json:1:29");
    CHECK(source.where_inside("/t", 0) == "t.json:1:8");
    const Error error = source.error_at("/t", {text.find('{'), "placeholder", "'{' is not closed", "close it"});
    CHECK(error.text() == "t.json:1:29: '{' is not closed; close it");
}

TEST_CASE("a syntax error is told with line and column", "[layouts]") {
    CHECK(error_of("{\n  \"a\": 1,\n  \"b\" 2\n}").where == "t.json:3:7");
    CHECK_THAT(error_of("{\n  \"a\": 1,\n  \"b\" 2\n}").message, Catch::Contains("expected ':'"));
    CHECK(error_of("").where == "t.json:1:1");
    CHECK(error_of("{\"a\": \"\xff\"}").where == "t.json:1:8");
    CHECK_THAT(error_of("[1e999]").message, Catch::Contains("number"));
}

TEST_CASE("the same key twice is refused where it comes the second time", "[layouts]") {
    const Error error = error_of("{\"a\": 1,\n \"b\": {\"c\": 1,\n \"\\u0063\": 2}}");
    CHECK(error.where == "t.json:3:2");
    CHECK_THAT(error.message, Catch::Contains("\"c\" is there twice"));
}

TEST_CASE("nesting without end is refused, a byte order mark and empty containers are not", "[layouts]") {
    CHECK_THAT(error_of(std::string(5000, '[') + std::string(5000, ']')).message, Catch::Contains("deeper than 100"));
    const auto source = source_of("\xEF\xBB\xBF { \"a\" : [ ] , \"b\" : { } , \"c\":[[],[ ]] }");
    CHECK(source.where("/c/1") == "t.json:1:36");
}
