#include "address/examiner.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace pli;
using namespace pli::address;

namespace {

Recipient person(std::string_view street, std::string_view code, std::string_view city,
                 std::string_view country = "DE") {
    Recipient to;
    to.name = "Zoë Müller";
    to.street = street;
    to.postal_code = code;
    to.city = city;
    to.country = country;
    return to;
}

/// The codes of what is found, notes in brackets, refusals with '!'.
std::string found(const Recipient& to, std::string sender = "DE", Limits limits = {6, 7}) {
    Examiner examiner(std::move(sender));
    Lines lines;
    std::vector<Finding> findings;
    examiner.examine(to, limits, lines, findings);
    std::string codes;
    for (const Finding& finding : findings) {
        if (!codes.empty()) codes += ' ';
        const bool note = finding.severity == Severity::Note, refused = finding.severity == Severity::Refused;
        codes += (note ? "(" : "") + std::string(finding.code) + (note ? ")" : refused ? "!" : "");
        CHECK_FALSE(finding.message.empty());
    }
    CHECK((lines.count == 0) == (codes.find('!') != codes.npos));
    return codes;
}

std::string told(const Recipient& to, std::string sender = "DE") {
    Examiner examiner(std::move(sender));
    Lines lines;
    std::vector<Finding> findings;
    examiner.examine(to, {6, 7}, lines, findings);
    return findings.empty() ? "" : findings.front().message + "; " + findings.front().remedy;
}

}  // namespace

TEST_CASE("a good address has no finding", "[address]") {
    CHECK(found(person("Hauptstraße 5", "53111", "Bonn")).empty());
    CHECK(found(person("1 rue de l'Église", "31000", "Toulouse", "FR"), "FR").empty());
    CHECK(found(person("Bahnhofstrasse 1", "8001", "Zürich", "CH"), "DE").empty());
    CHECK(found(person("Stephansplatz 1", "1010", "Wien", "AT"), "DE").empty());
    CHECK(found(person("10 Downing Street", "SW1A 2AA", "London", "GB"), "FR").empty());
}

TEST_CASE("a postal code is compared with its country's form and with the town", "[address]") {
    CHECK(found(person("Hauptstraße 5", "531", "Bonn")) == "postal-code-form");
    CHECK_THAT(told(person("Hauptstraße 5", "531", "Bonn")),
               Catch::Contains("no postal code of DE; expected a form like 26133"));
    CHECK(found(person("Hauptstraße 5", "", "Bonn")) == "no-postal-code");
    CHECK(found(person("Hauptstraße 5", "1067", "Dresden")) == "leading-zero");
    CHECK_THAT(told(person("Hauptstraße 5", "1067", "Dresden")), Catch::Contains("01067"));
    CHECK(found(person("Hauptstraße 5", "00000", "Bonn")) == "postal-code-form unknown-postal-code");
    CHECK(found(person("Hauptstraße 5", "53111", "Köln")) == "town-elsewhere");
    CHECK_THAT(told(person("Hauptstraße 5", "53111", "Köln")), Catch::Contains("53111 is Bonn, not Köln"));
    CHECK(found(person("Hauptstraße 5", "53000", "Bonn")) == "unknown-postal-code");
    CHECK(found(person("Postfach 12 34", "53000", "Bonn")).empty());  // boxes have codes that no free table has
    CHECK(found(person("Hauptstraße 5", "D-53111", "Bonn")) == "(prefix-dropped)");
}

TEST_CASE("CEDEX: its codes are not the town's own", "[address]") {
    CHECK(found(person("BP 12", "31059", "Toulouse Cedex 9", "FR"), "FR").empty());
    CHECK(found(person("BP 12", "31000", "Toulouse Cedex 9", "FR"), "FR") == "cedex-code");
    CHECK(found(person("12 rue A", "31059", "Toulouse", "FR"), "FR") == "unknown-postal-code");
}

TEST_CASE("columns that were exchanged are told", "[address]") {
    CHECK(found(person("Hauptstraße 5", "Bonn", "53111")) == "swapped postal-code-form");
    CHECK(found(person("Hauptstraße 5", "", "53111 Bonn")) == "code-in-town");
    Recipient to = person("", "53111", "Bonn");
    to.name = "Hauptstraße 5";
    CHECK(found(to) == "street-in-name no-street");
}

TEST_CASE("a street without a number is told where houses have one, a place or a box is none", "[address]") {
    CHECK(found(person("Hauptstraße", "53111", "Bonn")) == "no-house-number");
    CHECK(found(person("rue de l'Église", "31000", "Toulouse", "FR"), "FR") == "no-house-number");
    CHECK(found(person("Lieu-dit Kerbol", "29200", "Brest", "FR"), "FR").empty());
    CHECK(found(person("BP 4", "29200", "Brest", "FR"), "FR").empty());
    CHECK(found(person("Calle Mayor, s/n", "28013", "Madrid", "ES"), "ES").empty());
    CHECK(found(person("High Street", "SW1A 2AA", "London", "GB"), "GB").empty());
    CHECK(found(person("", "53111", "Bonn")) == "no-street");
}

TEST_CASE("names and streets for tests are told, not refused", "[address]") {
    for (const std::string_view name :
         {"Test Test", "Max Mustermann", "asdf", "xxx", "aaaa", "-", "John  Doe", "N.N."}) {
        Recipient to = person("Hauptstraße 5", "53111", "Bonn");
        to.name = name;
        INFO(name);
        CHECK(found(to) == "test-address");
    }
    CHECK(found(person("Musterstraße 1", "53111", "Bonn")) == "test-address");
    Recipient to = person("Hauptstraße 5", "53111", "Bonn");
    to.name = "Testa Rossa";
    CHECK(found(to).empty());
    to.name = "王";
    CHECK(found(to).empty());
}

TEST_CASE("a Packstation takes parcels: letters go elsewhere", "[address]") {
    CHECK(found(person("Packstation 123", "53111", "Bonn")) == "packstation");
    CHECK(found(person("12 rue Packstation", "31000", "Toulouse", "FR"), "FR").empty());
}

TEST_CASE("states are asked for, and compared with the ZIP code", "[address]") {
    Recipient to = person("100 Market St", "94102", "San Francisco", "US");
    CHECK(found(to, "US") == "no-region");
    to.region = "California";
    CHECK(found(to, "US").empty());
    to.region = "NY";
    CHECK(found(to, "US") == "region-elsewhere");
    to.region = "Kalifornien";
    CHECK(found(to, "US") == "unknown-region");
}

TEST_CASE("abroad a town that no sorter can read is told, one that can be romanised is printed so", "[address]") {
    CHECK(found(person("1-1", "100-8111", "東京", "JP"), "FR") == "not-latin");
    CHECK(found(person("1-1", "100-8111", "東京", "JP"), "JP").empty());
    CHECK(found(person("Σταδίου 5", "105 63", "Αθήνα", "GR"), "FR") == "(town-romanised)");
}

TEST_CASE("what cannot be delivered is refused, under the code of its reason", "[address]") {
    Recipient to = person("Hauptstraße 5", "53111", "Bonn");
    to.name = {};
    CHECK(found(to) == "no-name!");
    CHECK(found(person("Hauptstraße 5", "53111", "")) == "no-town!");
    CHECK(found(person("Hauptstraße 5", "53111", "Bonn", "XQ")) == "unknown-country!");
    CHECK(found(person("Hauptstraße 5", "53111", "Bonn"), "DE", {2, 2}) == "too-many-lines!");
    to = person("1 rue Anticonstitutionnellement-Hexakosioihexekontahexaphobie", "31000", "Toulouse", "FR");
    CHECK(found(to, "FR") == "line-too-long!");
}

TEST_CASE("what was printed otherwise than given is noted", "[address]") {
    CHECK(found(person("Hauptstraße 5, 53111 Bonn", "53111", "Bonn")) == "(doubled)");
    CHECK(found(person("125 bis avenue du Maréchal de Lattre de Tassigny", "75116", "Paris", "FR"), "FR") ==
          "(abbreviated)");
    CHECK(found(person("15/17 rue Oberkampf", "75011", "Paris", "FR"), "FR") == "(numbers-reduced)");
    Recipient to;
    to.country = "DE";
    to.lines = "Zoë Müller\nHauptstraße 5\n53111 Bonn\nGermany";
    CHECK(found(to) == "(country-dropped)");
    to.lines = "Zoë Müller\nHauptstraße 5\nBonn";
    CHECK(found(to) == "no-town-line");
}

TEST_CASE("a tally counts a kind once an address, and keeps the first rows", "[address]") {
    Tally tally;
    const Finding one{"test-address", Severity::Warning, "name", "a", ""},
        two{"no-name", Severity::Refused, "name", "b", ""};
    for (std::uint64_t row = 2; row < 60; ++row) tally.add(row, {one, one});
    tally.add(60, {one, two});
    tally.add(61, {});
    CHECK(tally.addresses == 60);
    CHECK(tally.warned == 58);
    CHECK(tally.refused == 1);
    CHECK(tally.entries.at("test-address").count == 59);
    CHECK(tally.entries.at("test-address").rows.size() == Tally::rows_kept);
    CHECK(tally.entries.at("test-address").rows.front() == 2);
    CHECK(tally.entries.at("no-name").rows == std::vector<std::uint64_t>{60});
}
