#include <catch2/catch.hpp>

#include "intake/country_names.hpp"
#include "intake/postal_line.hpp"
#include "tests/intake/files_for_tests.hpp"

using namespace pli;
using namespace pli::intake;
using namespace pli::intake::test;
using Text = std::map<std::string, std::string>;

namespace {
Text address(const std::string& content, const Options& options = {}) {
    const auto file = read(content, options);
    REQUIRE(file.letters.size() == 1);
    return file.letters[0].to;
}
}  // namespace

TEST_CASE("the usual column names of six languages are understood, however they are spelled", "[intake]") {
    const Text paris{{"company", "C"},     {"first_name", "F"}, {"last_name", "L"}, {"street", "S"},
                     {"postal_code", "P"}, {"city", "V"},       {"country", "FR"}};
    const std::string row = "C,F,L,S,P,V,FR\n";
    for (const std::string header :
         {"Société,Prénom,Nom,Adresse,Code postal,Ville,Pays", "SOCIETE,PRENOM,NOM,RUE,CODE_POSTAL,VILLE,PAYS",
          "Firma,Vorname,Nachname,Straße,PLZ,Ort,Land", "FIRMA,VORNAME,NAME 1,STRASSE,POSTLEITZAHL,STADT,LAND",
          "Company,First Name,Last Name,Address,ZIP,City,Country",
          "company,firstname,surname,street,postcode,town,country code",
          "Azienda,Nome,Cognome,Indirizzo,CAP,Città,Paese",
          "Empresa,Nombre,Apellidos,Dirección,Código postal,Ciudad,País",
          "Bedrijf,Voornaam,Achternaam,Straat,Postcode,Plaats,Land"}) {
        auto expected = paris;
        if (header.find("NAME 1") != std::string::npos) expected.erase("last_name");
        CHECK(address(header + "\n" + row) == expected);
    }
}

TEST_CASE("a column can be mapped to a part or a field, or left out", "[intake]") {
    Options options;
    options.map = {{"zip", "postal_code"}, {"Kunde", "name"}, {"Wert", "amount"}, {"geheim", "-"}};
    const auto file = read("Kunde,city,ZIP,Wert,geheim\nZoë,Paris,75002,12,x\n", options);
    REQUIRE(file.letters.size() == 1);
    CHECK(file.letters[0].to == Text{{"name", "Zoë"}, {"city", "Paris"}, {"postal_code", "75002"}});
    CHECK(file.letters[0].fields == Text{{"Kunde", "Zoë"}, {"city", "Paris"}, {"ZIP", "75002"}, {"amount", "12"}});
    options.map = {{"Kundin", "name"}};
    CHECK_THAT(
        read("Kunde,city\nZoë,Paris\n", options).error.text(),
        Catch::Contains("customers.csv:1: there is no column \"Kundin\" to map to name; the file has: Kunde, city"));
}

TEST_CASE("a Shopify order goes to its shipping address, not to the order number or the payer", "[intake]") {
    CHECK(address("Name,Email,Billing Name,Billing Street,Billing City,Billing Zip,Billing Country,Shipping Name,"
                  "Shipping Street,Shipping Address1,Shipping Company,Shipping City,Shipping Zip,Shipping Country\n"
                  "#1001,a@b.example,Payer GmbH,Weg 1,Bonn,53111,DE,Zoë Lefèvre,4 rue du Bac,4 rue du "
                  "Bac,,Paris,'75007,FR\n") == Text{{"name", "Zoë Lefèvre"},
                                                    {"street", "4 rue du Bac"},
                                                    {"city", "Paris"},
                                                    {"postal_code", "75007"},
                                                    {"country", "FR"}});
}

TEST_CASE("a Billbee address has its house number joined to the street as the country writes it", "[intake]") {
    const std::string header = "FirstName,LastName,Street,HouseNumber,Zip,City,CountryISO2\n";
    CHECK(address(header + "Erika,Muster,Hauptstraße,5a,20095,Hamburg,DE\n").at("street") == "Hauptstraße 5a");
    CHECK(address(header + "Zoë,Lefèvre,rue du Bac,4,75007,Paris,FR\n").at("street") == "4 rue du Bac");
}

TEST_CASE("plain columns and a payer's columns are not mixed into one address", "[intake]") {
    CHECK(address("name,street,city,billing company,billing city\nZoë,4 rue du Bac,Paris,Payer GmbH,Bonn\n") ==
          Text{{"name", "Zoë"}, {"street", "4 rue du Bac"}, {"city", "Paris"}});
    CHECK(address("customer name,street,city\nZoë,4 rue du Bac,Paris\n").at("name") == "Zoë");
}

TEST_CASE("postal code and city in one column are taken apart", "[intake]") {
    const auto split = [](const char* line) {
        const auto parts = split_postal_line(line);
        return std::string(parts.postal_code) + "|" + std::string(parts.city) + "|" + std::string(parts.region);
    };
    CHECK(split("20095 Hamburg") == "20095|Hamburg|");
    CHECK(split("60311 Frankfurt am Main") == "60311|Frankfurt am Main|");
    CHECK(split("00-049 Warszawa") == "00-049|Warszawa|");
    CHECK(split("1100-154 Lisboa") == "1100-154|Lisboa|");
    CHECK(split("120 00 Praha") == "120 00|Praha|");
    CHECK(split("1012 AB Amsterdam") == "1012 AB|Amsterdam|");
    CHECK(split("D-10967 Berlin") == "10967|Berlin|");
    CHECK(split("CH-8001 Zürich") == "8001|Zürich|");
    CHECK(split("75007 PARIS CEDEX 07") == "75007|PARIS CEDEX 07|");
    CHECK(split("London SW1A 1AA") == "SW1A 1AA|London|");
    CHECK(split("New York, NY 10001-1234") == "10001-1234|New York|NY");
    CHECK(split("Dublin") == "|Dublin|");
    CHECK(split("") == "||");
    CHECK(address("name,postal_line\nZoë,2200 København\n") ==
          Text{{"name", "Zoë"}, {"postal_code", "2200"}, {"city", "København"}});
}

TEST_CASE("a country is known by its codes, its names and what people call it", "[intake]") {
    for (const auto* name : {"DE", "de", "DEU", "Germany", "GERMANY", "Deutschland", "Allemagne", "Germania",
                             "Alemania", "Duitsland", "D", "BRD", " Germany "})
        CHECK(country_code(name) == "DE");
    for (const auto* name : {"USA", "U.S.A.", "United States", "États-Unis", "Vereinigte Staaten", "US", "Etats Unis"})
        CHECK(country_code(name) == "US");
    for (const auto* name : {"UK", "Great Britain", "England", "Großbritannien", "Royaume-Uni", "GBR"})
        CHECK(country_code(name) == "GB");
    for (const auto* name :
         {"CZECH REPUBLIC", "Czechia", "Tschechien", "République tchèque", "Česko", "Česká republika"})
        CHECK(country_code(name) == "CZ");
    CHECK(country_code("Oesterreich") == "AT");
    CHECK(country_code("Polska") == "PL");
    CHECK(country_code("Magyarország") == "HU");
    CHECK(country_code("Ελλάδα") == "GR");
    CHECK(country_code("Côte d'Ivoire") == "CI");
    CHECK(country_code("Cote d’Ivoire") == "CI");
    CHECK_FALSE(country_code("Atlantis"));
    CHECK_FALSE(country_code(""));
}

TEST_CASE("an unknown country refuses its row with the value and what to write instead", "[intake]") {
    const auto file = read("name,city,country\nZoë,Paris,Frankreihc\nMax,Bonn,\nEva,Wien,Österreich\n");
    REQUIRE(file.letters.size() == 2);
    CHECK(file.letters[0].to.count("country") == 0);
    CHECK(file.letters[1].to.at("country") == "AT");
    CHECK(file.refusal().value == "Frankreihc");
    CHECK(
        file.refusal().error.text() ==
        "customers.csv:2, column country: \"Frankreihc\" is not a country Pli knows; use the two-letter ISO code (DE), "
        "or the name in English, French or German");
}

TEST_CASE("a row without any address is refused", "[intake]") {
    const auto file = read("name,city,amount\nZoë,Paris,1\n,,2\n");
    CHECK(file.letters.size() == 1);
    CHECK(file.refusal().error.message == "the address is empty");
}

TEST_CASE("values come without the blanks around them", "[intake]") {
    const auto file = read("name , city,note\n  Zoë\u00A0 ,\tParis ,\" a b \"\n");
    CHECK(file.letters.at(0).to == Text{{"name", "Zoë"}, {"city", "Paris"}});
    CHECK(file.letters.at(0).fields == Text{{"name", "Zoë"}, {"city", "Paris"}, {"note", "a b"}});
}

TEST_CASE("the key is the row's own if it has one, else its whole content, always under the template", "[intake]") {
    const auto given = read("id,name,city\n17,Zoë,Paris\n");
    CHECK(given.letters.at(0).key == "thanks/17");
    const auto derived = read("name,city\nZoë,Paris\nZoë,Paris\nZoë,Lyon\n");
    CHECK(derived.letters.at(0).key == derived.letters.at(1).key);
    CHECK(derived.letters.at(0).key != derived.letters.at(2).key);
    CHECK(derived.letters.at(0).key.starts_with("thanks/row "));
    CHECK(read("name,city\nParis,Zoë\n").letters.at(0).key != derived.letters.at(0).key);
    Options coupon;
    coupon.template_name = "coupon";
    CHECK(read("id,name,city\n17,Zoë,Paris\n", coupon).letters.at(0).key == "coupon/17");
    Options named;
    named.key_column = "Order";
    CHECK(read("order,id,name,city\nA-1,17,Zoë,Paris\n", named).letters.at(0).key == "thanks/A-1");
    CHECK(read("customer id,name,city\n17,Zoë,Paris\n").letters.at(0).key.starts_with("thanks/row "));
}
