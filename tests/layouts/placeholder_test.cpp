#include "layouts/placeholder.hpp"

#include <catch2/catch.hpp>

using namespace pli::layouts;
using Kind = Format::Kind;

namespace {

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<TextFinding> findings;
    auto pieces = parse_placeholders(text, findings);
    CAPTURE(text);
    CHECK(findings.empty());
    return pieces;
}

Placeholder only_placeholder(std::string_view text) {
    const auto pieces = pieces_of(text);
    REQUIRE(pieces.size() == 1);
    REQUIRE(std::holds_alternative<Placeholder>(pieces[0]));
    return std::get<Placeholder>(pieces[0]);
}

TextFinding only_finding(std::string_view text) {
    std::vector<TextFinding> findings;
    (void)parse_placeholders(text, findings);
    CAPTURE(text);
    REQUIRE(findings.size() == 1);
    return findings[0];
}

}  // namespace

TEST_CASE("a text is cut at its placeholders and keeps everything between them", "[layouts]") {
    const auto pieces = pieces_of("Chère {prenom}, merci pour {order.total} !");
    REQUIRE(pieces.size() == 5);
    CHECK(std::get<std::string>(pieces[0]) == "Chère ");
    CHECK(std::get<Placeholder>(pieces[1]).path == "prenom");
    CHECK(std::get<Placeholder>(pieces[1]).offset == 7);
    CHECK(std::get<std::string>(pieces[2]) == ", merci pour ");
    CHECK(std::get<Placeholder>(pieces[3]).path == "order.total");
    CHECK(std::get<std::string>(pieces[4]) == " !");
}

TEST_CASE("doubled braces print as braces, also right beside a placeholder", "[layouts]") {
    const auto pieces = pieces_of("{{{name}}} and {{}}");
    REQUIRE(pieces.size() == 3);
    CHECK(std::get<std::string>(pieces[0]) == "{");
    CHECK(std::get<Placeholder>(pieces[1]).path == "name");
    CHECK(std::get<std::string>(pieces[2]) == "} and {}");
}

TEST_CASE("a placeholder says how its value is written and what stands in for a missing one", "[layouts]") {
    CHECK(only_placeholder("{amount:money}").format.kind == Kind::Money);
    CHECK(only_placeholder("{cents:money_minor}").format.kind == Kind::MoneyMinor);
    CHECK(only_placeholder("{due:date}").format == Format{Kind::Date, DateStyle::Medium, -1});
    CHECK(only_placeholder("{due:date:long}").format == Format{Kind::Date, DateStyle::Long, -1});
    CHECK(only_placeholder("{n:number:2}").format == Format{Kind::Number, DateStyle::Medium, 2});
    CHECK(only_placeholder("{ Order No : upper }").path == "Order No");
    CHECK_FALSE(only_placeholder("{a}").fallback);

    const auto amount = only_placeholder("{amount:money|—}");
    CHECK(amount.format.kind == Kind::Money);
    CHECK(amount.fallback == "—");
    const auto name = only_placeholder("{first_name|Hello: you|there}");
    CHECK(name.format.kind == Kind::Text);
    CHECK(name.fallback == "Hello: you|there");
    CHECK(only_placeholder("{first_name|}").fallback == "");
}

TEST_CASE("what is wrong with a placeholder is told with the byte where it starts", "[layouts]") {
    CHECK(only_finding("ab {name").offset == 3);
    CHECK_THAT(only_finding("ab {name").message, Catch::Contains("not closed"));
    CHECK(only_finding("ab } c").offset == 3);
    CHECK_THAT(only_finding("ab } c").message, Catch::Contains("closes nothing"));
    CHECK_THAT(only_finding("{}").message, Catch::Contains("not the name of a field"));
    CHECK_THAT(only_finding("{order..total}").message, Catch::Contains("order..total"));
    CHECK_THAT(only_finding("{a;b}").message, Catch::Contains("a;b"));
    CHECK_THAT(only_finding("é{a:shout}").message, Catch::Contains("unknown format 'shout'"));
    CHECK(only_finding("é{a:shout}").offset == 2);
    CHECK_THAT(only_finding("{a:date:huge}").message, Catch::Contains("'huge'"));
    CHECK_THAT(only_finding("{a:number:12}").message, Catch::Contains("'12'"));
    CHECK_THAT(only_finding("{a:upper:2}").message, Catch::Contains("'2'"));
}

TEST_CASE("one bad placeholder does not hide the next", "[layouts]") {
    std::vector<TextFinding> findings;
    const auto pieces = parse_placeholders("{a:shout} {b} {c{d} }", findings);
    CHECK(findings.size() == 3);
    REQUIRE(pieces.size() == 5);
    CHECK(std::get<Placeholder>(pieces[1]).path == "b");
    CHECK(std::get<Placeholder>(pieces[3]).path == "d");
}
