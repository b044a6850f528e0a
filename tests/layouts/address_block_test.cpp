#include "layouts/address_block.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace pli;
using namespace pli::layouts;

namespace {

Recipient person(std::string_view code, std::string_view city, std::string_view country = {}) {
    Recipient to;
    to.first_name = "Zoë";
    to.last_name = "Müller";
    to.street = "Hauptstraße 5";
    to.postal_code = code;
    to.city = city;
    to.country = country;
    return to;
}

std::string written(const Recipient& to, std::string sender = "DE", AddressLimits limits = {7, 7}) {
    AddressWriter writer(std::move(sender));
    AddressLines lines;
    const auto done = writer.write(to, limits, lines);
    if (!done) return "refused: " + done.error().text();
    std::string text;
    for (std::size_t i = 0; i < lines.count; ++i) text += (i > 0 ? "/" : "") + lines.lines[i];
    return text;
}

}  // namespace

TEST_CASE("a German address at home has no country line and no capitals", "[layouts]") {
    Recipient to = person("53111", "Bonn", "DE");
    CHECK(written(to) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    to.company = "Müller GmbH";
    to.department = "Einkauf";
    to.title = "Dr.";
    to.care_of = "Meier";
    CHECK(written(to) == "Müller GmbH/Einkauf/Dr. Zoë Müller/c/o Meier/Hauptstraße 5/53111 Bonn");
    to = person("53111", "Bonn");
    to.street = {};
    to.po_box = "12 34";
    CHECK(written(to) == "Zoë Müller/Postfach 12 34/53111 Bonn");
}

TEST_CASE("abroad the town is in capitals and the country stands last in the sender's language", "[layouts]") {
    CHECK(written(person("53111", "Bonn", "DE"), "FR") == "Zoë Müller/Hauptstraße 5/53111 BONN/ALLEMAGNE");
    CHECK(written(person("1010", "Wien", "AT"), "CH") == "Zoë Müller/Hauptstraße 5/1010 WIEN/ÖSTERREICH");
    CHECK(written(person("8001", "Zürich", "CH"), "GB") == "Zoë Müller/Hauptstraße 5/8001 ZÜRICH/SWITZERLAND");
    CHECK(written(person("00-950", "Warszawa", "PL"), "DE") == "Zoë Müller/Hauptstraße 5/00-950 WARSZAWA/POLEN");
    CHECK(written(person("101-0021", "Tokyo", "JP"), "FR") == "Zoë Müller/Hauptstraße 5/101-0021 TOKYO/JAPON");
    CHECK(written(person("SW1A 1AA", "London", "GB"), "DE") ==
          "Zoë Müller/Hauptstraße 5/LONDON/SW1A 1AA/VEREINIGTES KÖNIGREICH");
}

TEST_CASE("a French address has its street, place and town in capitals, CEDEX included", "[layouts]") {
    Recipient to = person("75008", "Paris Cedex 08", "FR");
    to.company = "Société Élan";
    to.street = "12 rue de l'Église";
    to.po_box = "1234";
    CHECK(written(to, "FR") == "Société Élan/Zoë Müller/12 RUE DE L'ÉGLISE/BP 1234/75008 PARIS CEDEX 08");
    to.company = {};
    to.po_box = {};
    to.extra = "Lieu-dit Kerbol";
    CHECK(written(to, "FR") == "Zoë Müller/12 RUE DE L'ÉGLISE/LIEU-DIT KERBOL/75008 PARIS CEDEX 08");
    to.extra = "Bât. C, 3e étage";
    CHECK(written(to, "FR") == "Zoë Müller/BÂT. C, 3E ÉTAGE/12 RUE DE L'ÉGLISE/75008 PARIS CEDEX 08");
    CHECK(written(person("97400", "Saint-Denis", "RE"), "FR") ==
          "Zoë Müller/HAUPTSTRASSE 5/97400 SAINT-DENIS/LA RÉUNION");
}

TEST_CASE("British, American, Dutch, Belgian, Spanish and Italian addresses have their own order", "[layouts]") {
    Recipient to = person("SW1A 1AA", "London", "GB");
    to.company = "Pli Ltd";
    CHECK(written(to, "GB") == "Zoë Müller/Pli Ltd/Hauptstraße 5/LONDON/SW1A 1AA");
    to = person("20500", "Washington", "US");
    to.region = "DC";
    CHECK(written(to, "US") == "Zoë Müller/Hauptstraße 5/WASHINGTON DC 20500");
    CHECK_THAT(written(to, "FR"), Catch::EndsWith("/ÉTATS-UNIS"));
    CHECK_THAT(written(to, "DE"), Catch::EndsWith("/USA"));
    CHECK(written(person("1012 AB", "Amsterdam", "NL"), "NL") == "Zoë Müller/Hauptstraße 5/1012 AB  AMSTERDAM");
    CHECK(written(person("1000", "Bruxelles", "BE"), "BE") == "Zoë Müller/Hauptstraße 5/1000 BRUXELLES");
    to = person("28013", "Madrid", "ES");
    to.region = "Madrid";
    CHECK(written(to, "ES") == "Zoë Müller/Hauptstraße 5/28013 MADRID");
    to = person("00184", "Roma", "IT");
    to.region = "rm";
    CHECK(written(to, "IT") == "Zoë Müller/Hauptstraße 5/00184 ROMA RM");
}

TEST_CASE("no prefix, no part twice, no blank line and no line break inside a line", "[layouts]") {
    CHECK(written(person("D-53111", "Bonn")) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    CHECK(written(person("F-75008", "75008 Paris", "FR"), "FR") == "Zoë Müller/HAUPTSTRASSE 5/75008 PARIS");
    CHECK(written(person("53111", "53111 Bonn")) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    Recipient to = person("53111", "Bonn");
    to.name = "Zoë Müller";
    to.company = "Zoë Müller";
    to.extra = "Hauptstraße 5";
    to.department = "\t \n";
    CHECK(written(to) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    to.street = "Hauptstraße 5\r\nHinterhaus";
    CHECK(written(to) == "Zoë Müller/Hauptstraße 5/Hauptstraße 5 Hinterhaus/53111 Bonn");
    to.care_of = "c/o Meier";
    to.extra = {};
    CHECK(written(to) == "Zoë Müller/c/o Meier/Hauptstraße 5 Hinterhaus/53111 Bonn");
}

TEST_CASE("ready lines win over the parts", "[layouts]") {
    Recipient to = person("53111", "Bonn");
    to.lines = "Familie\tMüller\n\n Am Rhein 1 \r\n53111 Bonn\n";
    CHECK(written(to) == "Familie Müller/Am Rhein 1/53111 Bonn");
}

TEST_CASE("an address that does not fit or lacks a part is refused with the reason", "[layouts]") {
    Recipient to = person("53111", "Bonn", "DE");
    to.company = "GmbH";
    to.department = "Einkauf";
    to.care_of = "Meier";
    to.extra = "3. Stock";
    CHECK_THAT(written(to, "DE", {6, 7}), Catch::Contains("7 lines, the field holds 6"));
    CHECK_THAT(written(to, "FR", {6, 7}), Catch::Contains("8 lines, the field holds 7"));
    CHECK_THAT(written(person("53111", "")), Catch::Contains("recipient, city"));
    to = person("53111", "Bonn");
    to.first_name = to.last_name = {};
    CHECK_THAT(written(to), Catch::Contains("neither a name nor a company"));
    CHECK_THAT(written(person("1", "X", "XQ")), Catch::Contains("'XQ' is no country"));
    CHECK_THAT(written(person("1", "X", "Germany")), Catch::Contains("'Germany' is no country"));
}
