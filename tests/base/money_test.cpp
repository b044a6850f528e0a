#include <catch2/catch.hpp>

#include "base/mass.hpp"
#include "base/money.hpp"

namespace {

using namespace pli;

const Currency eur = Currency::parse("EUR").value();
std::string told(std::string_view amount) { return Money::parse(amount, eur).value().amount(); }

}  // namespace

TEST_CASE("an amount comes back with two decimals, or as many as it has", "[base]") {
    CHECK(told("0.95") == "0.95");
    CHECK(told("1") == "1.00");
    CHECK(told("1.5") == "1.50");
    CHECK(told("0.593") == "0.593");
    CHECK(told("12345.6789") == "12345.6789");
    CHECK((Money{-9500, eur}).amount() == "-0.95");
}

TEST_CASE("what is no amount is refused", "[base]") {
    for (const auto* text : {"", ".", "1.", ".5", "1,50", "-1", "1.23456", "1e3", "0x10", "9999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(Money::parse(text, eur));
    }
    CHECK_FALSE(Currency::parse("eur"));
    CHECK_FALSE(Currency::parse("EURO"));
}

TEST_CASE("a hundred thousand prices of a fraction of a cent add up exactly", "[base]") {
    Money sum;
    for (int i = 0; i < 100'000; ++i) sum += Money::parse("0.593", eur).value();
    CHECK(sum.text() == "59300.00 EUR");
    CHECK(Money::parse("0.593", eur).value() * 100'000 == sum);
}

TEST_CASE("a weight is kept exactly", "[base]") {
    CHECK(Mass::g(4.9896).ug() == 4'989'600);
    CHECK((Mass::g(4.9896) * 3 + Mass::g(4.8)).to_g() == Approx(19.7688));
}
