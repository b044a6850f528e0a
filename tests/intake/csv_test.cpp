#include <catch2/catch.hpp>

#include "tests/intake/files_for_tests.hpp"

using namespace pli;
using namespace pli::intake;
using namespace pli::intake::test;

TEST_CASE("a plain file becomes letters: address, fields and a report", "[intake]") {
    const auto file = read("Prénom,Nom,Adresse,Code postal,Ville,Bon\nZoë,Lefèvre,4 rue du Bac,75007,Paris,12 €\n");
    REQUIRE(file.letters.size() == 1);
    const auto& letter = file.letters[0];
    CHECK(letter.to == std::map<std::string, std::string>{{"first_name", "Zoë"},
                                                          {"last_name", "Lefèvre"},
                                                          {"street", "4 rue du Bac"},
                                                          {"postal_code", "75007"},
                                                          {"city", "Paris"}});
    CHECK(letter.fields.at("Prénom") == "Zoë");
    CHECK(letter.fields.at("Bon") == "12 €");
    CHECK(file.report.rows == 1);
    CHECK(file.report.accepted == 1);
    CHECK(file.report.encoding == "UTF-8");
    CHECK(file.report.delimiter == ",");
}

TEST_CASE("the delimiter is recognised, quotes respected", "[intake]") {
    for (const std::string d : {",", ";", "\t", "|"}) {
        const auto file = read("name" + d + "city" + d + "note\n\"A" + d + "B\"" + d + "Paris" + d + "x\n");
        REQUIRE(file.letters.size() == 1);
        CHECK(file.report.delimiter == d);
        CHECK(file.letters[0].to.at("name") == "A" + d + "B");
    }
    CHECK(read("Name;Ort;Betrag\nErika;Bonn;12,50\nMax;Köln;1,00\n").report.delimiter == ";");
    CHECK(read("sep=|\r\nname|city\r\nZoë|Paris\r\n").letters.at(0).to.at("city") == "Paris");
}

TEST_CASE("lines end as they like: LF, CRLF or CR, the last one not at all", "[intake]") {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const auto file = read("name,city" + end + "Zoë,Paris" + end + end + "Max,Bonn");
        REQUIRE(file.letters.size() == 2);
        CHECK(file.letters[1].to.at("city") == "Bonn");
    }
}

TEST_CASE("quoted values keep line breaks, delimiters and doubled quotes", "[intake]") {
    const auto file = read("name,city,note\r\n\"Zoë \"\"Z\"\" Lefèvre\",Paris,\"two\r\nlines, one field\"\r\n");
    REQUIRE(file.letters.size() == 1);
    CHECK(file.letters[0].to.at("name") == "Zoë \"Z\" Lefèvre");
    CHECK(file.letters[0].fields.at("note") == "two\nlines, one field");
}

TEST_CASE("a value that spans many read blocks arrives whole", "[intake]") {
    Options wide;
    wide.max_field_bytes = 8u << 20;
    std::string note;
    for (int i = 0; note.size() < (3u << 20); ++i) note += "é" + std::to_string(i);
    const auto file = read("name,city,note\nZoë,Paris,\"" + note + "\"\nMax,Bonn,b\n", wide);
    REQUIRE(file.letters.size() == 2);
    CHECK(file.letters[0].fields.at("note") == note);
}

TEST_CASE("a ragged row is left out with its line and both counts, the rest go on", "[intake]") {
    const auto file = read("name,city,note\nZoë,Paris\n\"Max\nM.\",Bonn,x\nA,B,C,D\nEva,Wien,y,,\n");
    REQUIRE(file.letters.size() == 2);
    CHECK(file.report.refused == 2);
    CHECK(file.refusal().line == 2);
    CHECK(file.refusal().error.text() ==
          "customers.csv:2: the row has 2 columns, the header has 3; look for a missing or an unquoted delimiter");
    CHECK(file.report.errors.at(1).line == 5);
    CHECK(file.letters[1].to.at("name") == "Eva");  // columns too many, but empty
}

TEST_CASE("rows without any value are passed over", "[intake]") {
    const auto file = read("name,city\n,\n\n  , \nZoë,Paris\n");
    CHECK(file.report.rows == 1);
    CHECK(file.letters.size() == 1);
}

TEST_CASE("a NUL byte, a control character and a broken byte each refuse their row and name the column", "[intake]") {
    using namespace std::string_literals;
    const auto file =
        read("name,city\nZo\0e,Paris\nMax,Bo\x07nn\nEva,K\xC3ln and more\nUwe,Caf\xEF\xBF\xBD\nZoë,Köln\n"s);
    CHECK(file.letters.size() == 1);
    REQUIRE(file.report.errors.size() == 4);
    CHECK(file.report.errors[0].error.text() ==
          "customers.csv:2, column name: the value holds a NUL byte; export the file again");
    CHECK_THAT(file.report.errors[1].error.text(),
               Catch::Contains("customers.csv:3, column city") && Catch::Contains("control character"));
    CHECK_THAT(file.report.errors[2].error.message, Catch::Contains("not UTF-8"));
    CHECK(file.report.errors[2].value == "K\\xC3ln and more");
    CHECK_THAT(file.report.errors[3].error.message, Catch::Contains("lost in an earlier conversion"));
}

TEST_CASE("a field of 100 MB is refused with its row without being held in memory", "[intake]") {
    const auto file = read("name,city\n\"" + std::string(100u << 20, 'x') + "\",Paris\nZoë,Paris\n");
    REQUIRE(file.report.errors.size() == 1);
    CHECK(file.refusal().column == "name");
    CHECK(file.refusal().value.size() < 60);
    CHECK_THAT(file.refusal().error.text(), Catch::Contains("customers.csv:2, column name: the value is longer than"));
    CHECK(file.letters.size() == 1);
}

TEST_CASE("text behind a closing quote is refused, not guessed at", "[intake]") {
    const auto file = read("name,city\n\"Zoë\"x,Paris\nMax,Bonn\n");
    CHECK(file.letters.size() == 1);
    CHECK_THAT(file.refusal().error.text(), Catch::Contains("customers.csv:2, column name: there is text behind"));
}

TEST_CASE("a quote never closed names the line where it was opened", "[intake]") {
    const auto file = read("name,city\nZoë,Paris\nMax,\"Bonn\nEva,Wien\n");
    REQUIRE(file.failed);
    CHECK(file.letters.size() == 1);
    CHECK_THAT(file.error.text(), Catch::Contains("customers.csv:3: the quote opened here is never closed"));
}

TEST_CASE("the errors of a file beyond the first thousand are counted only", "[intake]") {
    std::string content = "name,city\n";
    for (int i = 0; i < 1500; ++i) content += "a,b,c\n";
    const auto file = read(content);
    CHECK(file.report.refused == 1500);
    CHECK(file.report.errors.size() == 1000);
}

TEST_CASE("a file without letters says what it lacks", "[intake]") {
    const auto says = [](const std::string& content, const std::string& message) {
        const auto file = read(content);
        CHECK(file.failed);
        CHECK(file.letters.empty());
        CHECK(file.error.fault == Fault::BadInput);
        CHECK_THAT(file.error.text(), Catch::Contains(message));
    };
    says("", "the file is empty");
    says("\n\n\r\n", "the file holds no header");
    says("name,city\n", "the file holds no rows");
    says("Anna,Müller,Hauptstr. 1,20095,Hamburg\n", "does not look like a header: a column would be named \"20095\"");
    says("a,b,c\n1,2,3\n", "no column is known as part of an address (found: a, b, c)");
    says("name,city,name\nZoë,Paris,x\n", "two columns are named \"name\" (columns 1 and 3)");
    says(std::string("PK\x03\x04\0\0\0\0", 8), "an Excel workbook or a ZIP archive");
    says(std::string("name,city\n") + std::string(400, '\x01'), "not text");
}

TEST_CASE("a file that is not there or is a folder says so", "[intake]") {
    const auto missing = LetterReader::open("no/such/file.csv", {});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().fault == Fault::Environment);
    CHECK_THAT(missing.error().text(), Catch::Contains("no/such/file.csv: cannot be read"));
    CHECK_THAT(LetterReader::open("tests", {}).error().message, Catch::Contains("is a folder"));
}
