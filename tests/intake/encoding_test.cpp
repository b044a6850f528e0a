#include <catch2/catch.hpp>

#include "tests/intake/files_for_tests.hpp"

using namespace pli;
using namespace pli::intake;
using namespace pli::intake::test;

namespace {
const std::string german_1252 =
    "Name;Stra\xDF"
    "e;Ort;Gutschein\nJ\xFCrgen M\xFCller;Gr\xE4"
    "festra\xDF"
    "e 7;K\xF6ln;10 \x80\n";
}

TEST_CASE("UTF-8 is recognised with a mark and without, and the mark is no part of the first name", "[intake]") {
    for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
        const auto file = read(mark + "name,city\nZoë,Łódź\n");
        CHECK(file.report.encoding == "UTF-8");
        CHECK(file.letters.at(0).to.at("city") == "Łódź");
        CHECK(file.letters.at(0).fields.count("name") == 1);
    }
}

TEST_CASE("UTF-16 of both orders is recognised, with a mark and without", "[intake]") {
    const std::string text = "name,city\r\nErika Mustermann,Bonn\r\n";
    CHECK(read("\xFF\xFE" + as_utf16(text, false)).report.encoding == "UTF-16LE");
    CHECK(read("\xFE\xFF" + as_utf16(text, true)).letters.at(0).to.at("city") == "Bonn");
    CHECK(read(as_utf16(text, false)).letters.at(0).to.at("city") == "Bonn");
    CHECK(read(as_utf16(text, true)).report.encoding == "UTF-16BE");
}

TEST_CASE("windows-1252 is recognised by its euro sign and its umlauts", "[intake]") {
    const auto file = read(german_1252);
    CHECK(file.report.encoding == "windows-1252");
    CHECK(file.letters.at(0).to.at("name") == "Jürgen Müller");
    CHECK(file.letters.at(0).to.at("street") == "Gräfestraße 7");
    CHECK(file.letters.at(0).fields.at("Gutschein") == "10 €");
}

TEST_CASE("ISO-8859-15 is recognised by its euro sign or a ligature within a word", "[intake]") {
    const auto euro = read(
        "nom;ville;bon\nZo\xEB Lef\xE8vre;Orl\xE9"
        "ans;12 \xA4\n");
    CHECK(euro.report.encoding == "ISO-8859-15");
    CHECK(euro.letters.at(0).fields.at("bon") == "12 €");
    const auto heart = read(
        "nom;ville;note\nZo\xEB;Orl\xE9"
        "ans;de tout c\xBDur\n");
    CHECK(heart.letters.at(0).fields.at("note") == "de tout cœur");
}

TEST_CASE("an accent far behind a megabyte of plain text still decides the encoding", "[intake]") {
    std::string content = "name,city\n";
    while (content.size() < (2u << 20)) content += "Max Mustermann,Bonn\n";
    const auto file = read(content + "J\xFCrgen,K\xF6ln\n");
    CHECK(file.report.encoding == "windows-1252");
    CHECK(file.letters.back().to.at("city") == "Köln");
    CHECK(file.report.refused == 0);
}

TEST_CASE("text of another alphabet is refused rather than misread, and read when its encoding is named", "[intake]") {
    const std::string russian =
        "name,city,note\nIvan,Moscow,\xEF\xEE\xE7\xE4\xF0\xE0\xE2\xEB\xFF\xE5\xEC \xF1 "
        "\xEF\xF0\xE0\xE7\xE4\xED\xE8\xEA\xEE\xEC "
        "\xE8 \xE6\xE5\xEB\xE0\xE5\xEC \xF1\xF7\xE0\xF1\xF2\xFC\xFF \xE8 \xE7\xE4\xEE\xF0\xEE\xE2\xFC\xFF\n";
    const auto guessed = read(russian);
    REQUIRE(guessed.failed);
    CHECK_THAT(guessed.error.text(), Catch::Contains("the encoding seems to be windows-1251"));
    Options named;
    named.encoding = "windows-1251";
    CHECK(read(russian, named).letters.at(0).fields.at("note").starts_with("поздравляем"));
    named.encoding = "klingon";
    CHECK_THAT(read(russian, named).error.message, Catch::Contains("there is no encoding named klingon"));
}
