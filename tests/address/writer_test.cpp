#include "address/writer.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace pli;
using namespace pli::address;

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

std::string written(const Recipient& to, std::string sender = "DE", Limits limits = {7, 7}) {
    Writer writer(std::move(sender));
    Lines lines;
    const auto done = writer.write(to, limits, lines);
    if (!done) return "refused: " + done.error().text();
    std::string text;
    for (std::size_t i = 0; i < lines.count; ++i) text += (i > 0 ? "/" : "") + lines.lines[i];
    return text;
}

}  // namespace

TEST_CASE("a German address at home has no country line and no capitals", "[address]") {
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

TEST_CASE("abroad the town is in capitals and the country stands last in the sender's language", "[address]") {
    CHECK(written(person("53111", "Bonn", "DE"), "FR") == "Zoë Müller/Hauptstraße 5/53111 BONN/ALLEMAGNE");
    CHECK(written(person("1010", "Wien", "AT"), "CH") == "Zoë Müller/Hauptstraße 5/1010 WIEN/ÖSTERREICH");
    CHECK(written(person("8001", "Zürich", "CH"), "GB") == "Zoë Müller/Hauptstraße 5/8001 ZÜRICH/SWITZERLAND");
    CHECK(written(person("00-950", "Warszawa", "PL"), "DE") == "Zoë Müller/Hauptstraße 5/00-950 WARSZAWA/POLEN");
    CHECK(written(person("101-0021", "Tokyo", "JP"), "FR") == "Zoë Müller/Hauptstraße 5/TOKYO 101-0021/JAPON");
    CHECK(written(person("SW1A 1AA", "London", "GB"), "DE") ==
          "Zoë Müller/Hauptstraße 5/LONDON/SW1A 1AA/VEREINIGTES KÖNIGREICH");
}

TEST_CASE("NF Z10-011: street, place and town in capitals without accents or punctuation, CEDEX included",
          "[address]") {
    Recipient to = person("75008", "Paris Cedex 08", "FR");
    to.company = "Société Élan";
    to.street = "12, rue de l'Église";
    to.po_box = "1234";
    CHECK(written(to, "FR") == "Société Élan/Zoë Müller/12 RUE DE L EGLISE/BP 1234/75008 PARIS CEDEX 08");
    to.po_box = "CS 40001";
    CHECK(written(to, "FR") == "Société Élan/Zoë Müller/12 RUE DE L EGLISE/CS 40001/75008 PARIS CEDEX 08");
    to.company = {};
    to.po_box = {};
    to.extra = "Lieu-dit Kerbol";
    CHECK(written(to, "FR") == "Zoë Müller/12 RUE DE L EGLISE/LIEU DIT KERBOL/75008 PARIS CEDEX 08");
    to.extra = "Bât. C, 3e étage";
    CHECK(written(to, "FR") == "Zoë Müller/BAT C 3E ETAGE/12 RUE DE L EGLISE/75008 PARIS CEDEX 08");
    to = person("13100", "Aix-en-Provence", "FR");
    to.street = "4bis cours de l’Œuvre d'Art – Nº 3";
    CHECK(written(to, "FR") == "Zoë Müller/4BIS COURS DE L OEUVRE D ART NO 3/13100 AIX EN PROVENCE");
}

TEST_CASE("NF Z10-011 6: three lines at most keep their own letters, and a name never loses them", "[address]") {
    Recipient to = person("69002", "Lyon", "FR");
    to.company = "Café Noël & Fils, S.A.R.L.";
    to.department = "Service comptabilité";
    to.care_of = "chez M. Élie";
    to.extra = "Rés. Les Tilleuls";
    CHECK(written(to, "FR") ==
          "Café Noël & Fils, S.A.R.L./Zoë Müller/Service comptabilité/chez M. Élie/RES LES "
          "TILLEULS/HAUPTSTRASSE 5/69002 LYON");
}

TEST_CASE("NF Z10-011: words are abbreviated only where 32 or 38 characters are passed, and never the last",
          "[address]") {
    Recipient to = person("75116", "Paris", "FR");
    to.street = "12 avenue des Fleurs";
    CHECK(written(to, "FR") == "Zoë Müller/12 AVENUE DES FLEURS/75116 PARIS");
    to.street = "125 bis avenue du Maréchal de Lattre de Tassigny";
    CHECK(written(to, "FR") == "Zoë Müller/125 B AV DU MAL DE LATTRE DE TASSIGNY/75116 PARIS");
    to.street = "8 boulevard du Général Saint Martin de la Place";
    CHECK(written(to, "FR") == "Zoë Müller/8 BD DU GAL ST MARTIN DE LA PLACE/75116 PARIS");
    to.street = "1 rue Anticonstitutionnellement-Hexakosioihexekontahexaphobie";
    CHECK_THAT(written(to, "FR"), Catch::Contains("61 characters, NF Z10-011 has room for 38"));
}

TEST_CASE("a town too long for line 6 is printed under La Poste's short name", "[address]") {
    CHECK(written(person("70100", "Beaujeu-Saint-Vallier-Pierrejux-et-Quitteur", "FR"), "FR") ==
          "Zoë Müller/HAUPTSTRASSE 5/70100 BEAUJEU ET QUITTEUR");
    CHECK(written(person("21610", "Montigny-Mornay-Villeneuve-sur-Vingeanne", "FR"), "FR") ==
          "Zoë Müller/HAUPTSTRASSE 5/21610 MONTIGNY MORNAY VILLENEUVE VINGE");
}

TEST_CASE("NF Z10-011: a long firm goes on in the next line while the window has one", "[address]") {
    Recipient to = person("75116", "Paris", "FR");
    to.company = "Conservatoire des arts et métiers du livre et de l'imprimerie";
    CHECK(written(to, "FR") ==
          "Conservatoire des arts et métiers du/livre et de l'imprimerie/Zoë Müller/HAUPTSTRASSE "
          "5/75116 PARIS");
    CHECK_THAT(written(to, "FR", {4, 4}), Catch::Contains("61 characters"));
    to.company = "Société Pérignon du livre et de l'estampe";
    CHECK_THAT(written(to, "FR"), Catch::StartsWith("Ste Pérignon du livre et de l'estampe/"));
}

TEST_CASE("laposte.fr/sna 661: of a series of house numbers the first is the address", "[address]") {
    Recipient to = person("75011", "Paris", "FR");
    to.street = "15/17 rue Oberkampf";
    CHECK(written(to, "FR") == "Zoë Müller/15 RUE OBERKAMPF/75011 PARIS");
    to.street = "8-10 rue du 8-Mai-1945";
    CHECK(written(to, "FR") == "Zoë Müller/8 RUE DU 8 MAI 1945/75011 PARIS");
}

TEST_CASE("France overseas is inland mail from France, and a country of its own from elsewhere", "[address]") {
    CHECK(written(person("97400", "Saint-Denis", "RE"), "FR") == "Zoë Müller/HAUPTSTRASSE 5/97400 SAINT DENIS");
    CHECK(written(person("97400", "Saint-Denis", "RE"), "DE") == "Zoë Müller/HAUPTSTRASSE 5/97400 SAINT DENIS/RÉUNION");
    CHECK(written(person("75001", "Paris", "FR"), "RE") == "Zoë Müller/HAUPTSTRASSE 5/75001 PARIS");
    CHECK(written(person("98800", "Nouméa", "NC"), "FR") ==
          "Zoë Müller/HAUPTSTRASSE 5/98800 NOUMEA/NOUVELLE-CALÉDONIE");
    CHECK(written(person("98000", "Monaco", "MC"), "FR") == "Zoë Müller/HAUPTSTRASSE 5/98000 MONACO");
}

TEST_CASE("British, American, Dutch, Belgian, Spanish and Italian addresses have their own order", "[address]") {
    Recipient to = person("SW1A 1AA", "London", "GB");
    to.company = "Pli Ltd";
    CHECK(written(to, "GB") == "Zoë Müller/Pli Ltd/Hauptstraße 5/LONDON/SW1A 1AA");
    to = person("20500", "Washington", "US");
    to.region = "DC";
    CHECK(written(to, "US") == "ZOE MULLER/HAUPTSTRASSE 5/WASHINGTON DC 20500");
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

TEST_CASE("no prefix, no part twice, no blank line and no line break inside a line", "[address]") {
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

TEST_CASE("Publication 28: capitals, no punctuation, unit behind the street, usual abbreviations, state by two letters",
          "[address]") {
    Recipient to = person("20500-0003", "Washington, D.C.", "US");
    to.region = "District of Columbia";
    to.street = "1600 Pennsylvania Avenue, N.W.";
    to.extra = "Suite #5";
    CHECK(written(to, "US") == "ZOE MULLER/1600 PENNSYLVANIA AVENUE NW STE # 5/WASHINGTON DC DC 20500-0003");
    to = person("941021234", "San Francisco", "US");
    to.region = "california";
    to.street = "100 Market Street";
    to.extra = "Apartment 12-B";
    CHECK(written(to, "US") == "ZOE MULLER/100 MARKET ST APT 12-B/SAN FRANCISCO CA 94102-1234");
    to.street = "100 Martin Luther King Junior Boulevard";
    CHECK(written(to, "US") == "ZOE MULLER/APT 12-B/100 MARTIN LUTHER KING JUNIOR BLVD/SAN FRANCISCO CA 94102-1234");
    to.extra = {};
    to.street = "39.2 O'Brien Road";
    CHECK(written(to, "US") == "ZOE MULLER/39.2 O'BRIEN RD/SAN FRANCISCO CA 94102-1234");
    to.street = {};
    to.po_box = "00145";
    CHECK(written(to, "US") == "ZOE MULLER/PO BOX 00145/SAN FRANCISCO CA 94102-1234");
    CHECK(written(person("00901", "San Juan", "PR"), "US") == "ZOE MULLER/HAUPTSTRASSE 5/SAN JUAN PR 00901");
}

TEST_CASE("postal codes are printed as their country prints them", "[address]") {
    CHECK(written(person("sw1a1aa", "London", "GB"), "GB") == "Zoë Müller/Hauptstraße 5/LONDON/SW1A 1AA");
    CHECK(written(person("00950", "Warszawa", "PL"), "PL") == "Zoë Müller/Hauptstraße 5/00-950 WARSZAWA");
    CHECK(written(person("1012ab", "Amsterdam", "NL"), "NL") == "Zoë Müller/Hauptstraße 5/1012 AB  AMSTERDAM");
    CHECK(written(person("11122", "Stockholm", "SE"), "SE") == "Zoë Müller/Hauptstraße 5/111 22 STOCKHOLM");
    CHECK(written(person("11000", "Praha 1", "CZ"), "CZ") == "Zoë Müller/Hauptstraße 5/110 00  Praha 1");
    CHECK(written(person("1010", "Riga", "LV"), "LV") == "Zoë Müller/Hauptstraße 5/RIGA, LV-1010");
    CHECK(written(person("LV-1010", "Riga", "LV"), "LV") == "Zoë Müller/Hauptstraße 5/RIGA, LV-1010");
    CHECK(written(person("je23ab", "St Helier", "JE"), "GB") == "Zoë Müller/Hauptstraße 5/ST HELIER/JERSEY/JE2 3AB");
    CHECK(written(person("JE2 3AB", "St Helier", "JE"), "DE") == "Zoë Müller/Hauptstraße 5/ST HELIER/JE2 3AB/JERSEY");
    CHECK(written(person("1060000", "Wien", "AT"), "AT") == "Zoë Müller/Hauptstraße 5/1060000 Wien");
    CHECK(written(person("1140", "Budapest", "HU"), "HU") == "Zoë Müller/BUDAPEST/Hauptstraße 5/1140");
}

TEST_CASE("DIN 5008: the number of a box stands in pairs from the right", "[address]") {
    Recipient to = person("53111", "Bonn", "DE");
    to.street = {};
    to.po_box = "815";
    CHECK(written(to) == "Zoë Müller/Postfach 8 15/53111 Bonn");
    to.po_box = "12345";
    CHECK(written(to) == "Zoë Müller/Postfach 1 23 45/53111 Bonn");
    to.po_box = "Postfach 12345";
    CHECK(written(to) == "Zoë Müller/Postfach 12345/53111 Bonn");
}

TEST_CASE("UPU: abroad the town is in Latin letters, at home an address keeps its own script", "[address]") {
    Recipient to = person("10563", "Αθήνα", "GR");
    to.street = "Σταδίου 5";
    CHECK(written(to, "GR") == "Zoë Müller/Σταδίου 5/105 63 ΑΘΗΝΑ");
    CHECK(written(to, "DE") == "Zoë Müller/Σταδίου 5/105 63 ATHINA/GRIECHENLAND");
    CHECK_THAT(written(person("01001", "Київ", "UA"), "FR"), Catch::EndsWith("/KYYIV/01001/UKRAINE"));
    CHECK_THAT(written(person("101000", "Москва", "RU"), "FR"), Catch::EndsWith("/MOSKVA/101000/RUSSIE"));
    CHECK_THAT(written(person("1000", "София", "BG"), "GB"), Catch::EndsWith("/1000 SOFIYA/BULGARIA"));
    to = person("100-8111", "千代田区", "JP");
    to.region = "東京都";
    to.street = "千代田1-1";
    to.name = "山田太郎";
    CHECK(written(to, "JP") == "〒100-8111/東京都千代田区千代田1-1/山田太郎");
}

TEST_CASE("the country's line is in a language of the sender's post, which the letter's language chooses",
          "[address]") {
    const auto to = person("11122", "Stockholm", "SE");
    const auto last_line = [&](std::string sender, std::string_view locale) {
        Writer writer(std::move(sender));
        Lines lines;
        writer.use_language(locale);
        REQUIRE(writer.write(to, {7, 7}, lines));
        return lines.lines[lines.count - 1];
    };
    CHECK(last_line("CH", "") == "SCHWEDEN");
    CHECK(last_line("CH", "fr-CH") == "SUÈDE");
    CHECK(last_line("CH", "it") == "SVEZIA");
    CHECK(last_line("FR", "de-DE") == "SUÈDE");
    CHECK(last_line("IT", "en") == "SVEZIA");
    CHECK(last_line("GR", "el") == "SWEDEN");
}

TEST_CASE("what one part has said no other says again", "[address]") {
    Recipient to = person("53111", "Bonn", "DE");
    to.street = "Hauptstraße 5, 53111 Bonn";
    CHECK(written(to) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    to.street = "Hauptstraße 5, Bonn";
    CHECK(written(to) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
    to = person("75011", "Paris", "FR");
    to.street = "5 rue de Paris";
    CHECK(written(to, "FR") == "Zoë Müller/5 RUE DE PARIS/75011 PARIS");
    to = person("97201", "Portland, OR", "US");
    to.region = "OR";
    CHECK(written(to, "US") == "ZOE MULLER/HAUPTSTRASSE 5/PORTLAND OR 97201");
    CHECK(written(person("D-53111", "D-53111 Bonn", "DE")) == "Zoë Müller/Hauptstraße 5/53111 Bonn");
}

TEST_CASE("ready lines lose the country at home, get it abroad, and keep to the rules of their country", "[address]") {
    Recipient to;
    to.country = "DE";
    to.lines = "Familie Müller\nAm Rhein 1\nD-53111 Bonn\nGermany";
    CHECK(written(to, "DE") == "Familie Müller/Am Rhein 1/53111 Bonn");
    CHECK(written(to, "FR") == "Familie Müller/Am Rhein 1/53111 BONN/ALLEMAGNE");
    to.country = "FR";
    to.lines = "Zoë Müller\n12, rue de l'Église\n75008 Paris";
    CHECK(written(to, "FR") == "Zoë Müller/12 RUE DE L EGLISE/75008 PARIS");
    to.lines = "Zoë Müller\n12 rue A\n12 RUE A\n75008 Paris";
    CHECK(written(to, "FR") == "Zoë Müller/12 RUE A/75008 PARIS");
    to.country = "GB";
    to.lines = "Zoë Müller\n1 High Street\nLondon\nSW1A 1AA\nUnited Kingdom";
    CHECK(written(to, "DE") == "Zoë Müller/1 High Street/LONDON/SW1A 1AA/VEREINIGTES KÖNIGREICH");
}

TEST_CASE("ready lines win over the parts", "[address]") {
    Recipient to = person("53111", "Bonn");
    to.lines = "Familie\tMüller\n\n Am Rhein 1 \r\n53111 Bonn\n";
    CHECK(written(to) == "Familie Müller/Am Rhein 1/53111 Bonn");
}

TEST_CASE("an address that does not fit or lacks a part is refused with the reason", "[address]") {
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
