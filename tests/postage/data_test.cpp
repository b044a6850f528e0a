#include <catch2/catch.hpp>
#include <set>

#include "tests/outside/outside.hpp"
#include "tests/postage/counter.hpp"

namespace {

using namespace pli;
using namespace pli::postage;
using namespace pli::postage::test;

constexpr std::string_view smallest = R"(
name = "post"
country = "DE"
carrier = "Post"
currency = "EUR"
valid_from = 2026-01-01
[[zone]]
name = "home"
countries = ["DE"]
source = "S: test"
[[product]]
id = "letter"
name = "Letter"
zones = ["home"]
length = [140, 235]
width = [90, 125]
limits_source = "S: test"
price = [{ to_g = 20, price = "0.95", source = "S: test" }]
)";

/// The file with one line changed, loaded.
std::string error_with(std::string_view from, std::string_view to) {
    std::string text(smallest);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    const pli::test::Folder folder;
    folder.write("post.toml", text.replace(at, from.size(), to));
    const auto loaded = Tariffs::load(folder.path(), "");
    return loaded ? "" : loaded.error().text();
}

}  // namespace

TEST_CASE("every price list of Pli loads, and each figure has its source", "[postage]") {
    const auto tariffs = Tariffs::load("postage/tariffs", "").value();
    std::set<std::string> countries;
    for (const auto& edition : tariffs.all()) {
        CAPTURE(edition.file);
        countries.insert(edition.country);
        CHECK(edition.products.size() >= 4);
        CHECK(edition.valid_until);  // a list without an end would be used for ever
        for (const auto& product : edition.products) {
            CAPTURE(product.id);
            CHECK(product.limits.text.size() > 3);
            for (const auto& step : product.steps) CHECK(step.source.text.size() > 3);
        }
    }
    CHECK(countries == std::set<std::string>{"AT", "CH", "DE", "FR", "GB", "US"});
}

TEST_CASE("every sort rule and stock of Pli loads", "[postage]") {
    const auto sorting = Sorting::load("postage/sorting", "").value();
    CHECK(sorting.all().size() == 7);
    for (const auto* country : {"DE", "AT", "CH", "FR", "GB", "US"})
        CHECK(sorting.rules_for(country, Day::of(2026, 6, 1)).country == country);
    CHECK(sorting.rules_for("PL", Day::of(2026, 6, 1)).country.empty());
    const auto stocks = Stocks::load("postage/stocks", "", "").value();
    for (const auto* name : {"DL", "C6/5", "C5/6", "C5", "C4", "#10"}) CHECK(stocks.envelope(name));
    for (const auto* name : {"A4-80", "A4-100-laid"}) CHECK(stocks.paper(name));
}

TEST_CASE("a mistake in a price list is told with file, line and what was expected", "[postage]") {
    CHECK(error_with("price = \"0.95\"", "price = \"0.95\"").empty());
    CHECK_THAT(error_with("price = \"0.95\"", "price = 0.95"),
               Catch::Contains("post.toml:18") && Catch::Contains("must be text"));
    CHECK_THAT(error_with("\"0.95\"", "\"0,95\""), Catch::Contains("an amount in quotes as \"0.95\""));
    CHECK_THAT(error_with("\"S: test\" }]", "\"somewhere\" }]"), Catch::Contains("S: …"));
    CHECK_THAT(error_with(", source = \"S: test\" }]", " }]"), Catch::Contains("lacks the key source"));
    CHECK_THAT(error_with("length", "lenght"), Catch::Contains("lacks the key length"));
    CHECK_THAT(error_with("name = \"Letter\"", "name = \"Letter\"\nminmum = 5"), Catch::Contains("no key minmum"));
    CHECK_THAT(error_with("[140, 235]", "[235, 140]"), Catch::Contains("[least, most]"));
    CHECK_THAT(error_with("zones = [\"home\"]", "zones = [\"eu\"]"), Catch::Contains("eu is none"));
    CHECK_THAT(error_with("countries = [\"DE\"]", "countries = [\"UK\"]"), Catch::Contains("UK is none"));
    CHECK_THAT(error_with("2026-01-01", "\"soon\""), Catch::Contains("a date as 2026-01-01"));
    CHECK_THAT(error_with("currency = \"EUR\"", "currency = \"Euro\""), Catch::Contains("ISO 4217"));
    CHECK_THAT(error_with("price = [{", "price = {"), Catch::Contains("post.toml"));
}

TEST_CASE("two editions of one list may not be valid on the same day", "[postage]") {
    const pli::test::Folder folder;
    folder.write("a.toml", smallest);
    folder.write("b.toml", smallest);
    const auto loaded = Tariffs::load(folder.path(), "");
    REQUIRE_FALSE(loaded);
    CHECK_THAT(loaded.error().text(), Catch::Contains("b.toml") && Catch::Contains("valid_until"));
}

TEST_CASE("a workspace's list of the same name replaces all editions that Pli brings", "[postage]") {
    const pli::test::Folder folder;
    std::string own(smallest);
    own.replace(own.find("name = \"post\""), 13, "name = \"deutsche-post\"");
    own.replace(own.find("0.95"), 4, "0.70");
    folder.write("own.toml", own);
    const auto tariffs = Tariffs::load("postage/tariffs", folder.path()).value();
    const auto* edition = tariffs.find("DE", "", Day::of(2026, 6, 1)).value();
    CHECK(edition->products.size() == 1);
    CHECK_FALSE(tariffs.find("DE", "", Day::of(2025, 6, 1)));
    CHECK(tariffs.find("FR", "", Day::of(2026, 6, 1)));
}
