#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/postage/counter.hpp"

namespace {

using namespace pli;
using namespace pli::postage;
using namespace pli::postage::test;

std::string uk(std::string_view code) { return postal_key(CodeShape::Outward, 0, code); }
std::string german(std::string_view code) { return postal_key(CodeShape::Digits, 5, code); }

}  // namespace

TEST_CASE("however a postal code is written, its key is one", "[postage]") {
    for (const auto* code : {"53111", "D-53111", "DE-53111", " 53 111 ", "D 53111"}) CHECK(german(code) == "53111");
    CHECK(german("01067") == "01067");
    for (const auto* code : {"SW1A 1AA", "sw1a1aa", "SW1A1AA", "SW1A-1AA"}) CHECK(uk(code) == "SW01A1AA");
    CHECK(postal_key(CodeShape::Digits, 5, "12345-6789") == "123456789");
    CHECK(postal_key(CodeShape::Plain, 0, "1011 ab") == "1011AB");
}

TEST_CASE("a code that is none stands behind all others, to be sorted by hand", "[postage]") {
    for (const auto* code : {"", "1067", "Bonn", "5311A", "ABC53111", "—"}) {
        CAPTURE(code);
        CHECK(german(code).starts_with('~'));
        CHECK(german(code) > german("99999"));
    }
    for (const auto* code : {"", "SW1A", "11 1AA", "SW1A 11A", "ABC1 1AA"}) CHECK(uk(code).starts_with('~'));
}

TEST_CASE("British districts stand by number, not by letters", "[postage]") {
    std::vector<std::string> codes{"M12 5BQ", "M2 3AA",   "M1 1AE", "AB10 1AA",
                                   "AB2 1AA", "EC1A 1BB", "E1 6AN", "W1A 0AX"};
    std::sort(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return uk(a) < uk(b); });
    CHECK(codes == std::vector<std::string>{"AB2 1AA", "AB10 1AA", "E1 6AN", "EC1A 1BB", "M1 1AE", "M2 3AA", "M12 5BQ",
                                            "W1A 0AX"});
    const auto at = office("GB");
    CHECK(at.sort_rules().shown(uk("SW1A 1AA")) == "SW1A 1AA");
    CHECK(at.sort_rules().shown(uk("M1 1AE")) == "M1 1AE");
    CHECK(at.sort_rules().shown(uk("AB10 1AA").substr(0, 5)) == "AB10");
    CHECK(at.sort_rules().shown(uk("M20 2AA").substr(0, 5)) == "M20");
}

TEST_CASE("levels are cut out of the key: Leitregion, département overseas by three", "[postage]") {
    const auto part = [](const char* country, const char* level, std::string_view key) {
        const auto at = office(country);
        for (const auto& l : at.sort_rules().levels)
            if (l.name == level) return std::string(l.part_of(key));
        return std::string("no such level");
    };
    CHECK(part("DE", "Leitregion", "53111") == "53");
    CHECK(part("DE", "Leitzone", "53111") == "5");
    CHECK(part("FR", "département", "75001") == "75");
    CHECK(part("FR", "département", "20090") == "20");
    CHECK(part("FR", "département", "97110") == "971");
    CHECK(part("FR", "département", "98800") == "988");
    CHECK(part("US", "3-digit", "123456789") == "123");
    CHECK(part("DE", "Leitregion", "~BONN") == "~");
}

TEST_CASE("mail abroad is sorted by country", "[postage]") {
    const auto at = office("DE");
    CHECK(at.sort_key("DE", "53111") == "53111");
    CHECK(at.sort_key("FR", "75001") == ">FR");
}
