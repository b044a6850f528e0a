#include "render/postal_bars.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "render/codes.hpp"
#include "tests/outside/outside.hpp"
#include "tests/render/code_pictures.hpp"

using namespace pli;
using namespace pli::render;

namespace {

/// One case of the official list: number, tracking, routing, bars, return code, message.
struct ImbCase {
    std::string number, tracking, routing, bars, code;
};

std::vector<ImbCase> imb_cases(const std::string& path) {
    std::istringstream file(test::read_file(path));
    std::vector<ImbCase> cases;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        ImbCase one;
        std::istringstream fields(line);
        for (auto* field : {&one.number, &one.tracking, &one.routing, &one.bars, &one.code})
            std::getline(fields, *field, ',');
        cases.push_back(one);
    }
    return cases;
}

/// The numbers of the cases whose bars, or whose refusal, are not what the list says.
std::string differing(const std::vector<ImbCase>& cases) {
    PostalBars bars;
    std::string numbers;
    for (const ImbCase& one : cases) {
        const auto drawn = bars.intelligent_mail(one.tracking, one.routing);
        const bool same = one.code == "00" ? drawn && *drawn == one.bars : !drawn;
        if (!same) numbers += one.number + " ";
    }
    return numbers;
}

}  // namespace

TEST_CASE("Intelligent Mail barcodes are, bar for bar, those of the official test cases", "[render]") {
    const auto cases = imb_cases("tests/data/render/imb-cases.csv");
    REQUIRE(cases.size() >= 40);
    CHECK(differing(cases).empty());
}

TEST_CASE("all official test cases of the Intelligent Mail barcode hold", "[render][corpus]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (corpora == nullptr) {
        WARN("PLI_CORPORA is not set: the whole list of the USPS is not looked at");
        return;
    }
    const auto cases = imb_cases(std::string(corpora) + "/barcodes/usps-imb/uspsIMbEncoderTestCases-open.csv");
    REQUIRE(cases.size() == 5000);
    CHECK(differing(cases).empty());
}

TEST_CASE("the textbook Intelligent Mail barcode", "[render]") {
    PostalBars bars;
    CHECK(bars.intelligent_mail("01234567094987654321", "01234567891").value() ==
          "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA");
}

TEST_CASE("an Intelligent Mail barcode refuses what the USPS refuses, naming the field", "[render]") {
    PostalBars bars;
    const auto message = [&](const char* tracking, const char* routing) {
        return bars.intelligent_mail(tracking, routing).error().text();
    };
    CHECK_THAT(message("0123456709498765432", ""), Catch::Contains("tracking code") && Catch::Contains("20 digits"));
    CHECK_THAT(message("05234567094987654321", ""), Catch::Contains("\"05\"") && Catch::Contains("0 to 4"));
    CHECK_THAT(message("01234567094987654321", "1234"), Catch::Contains("routing code: \"1234\""));
    CHECK_THAT(message("01234567094987654321", "1234A"), Catch::Contains("5, 9 or 11 digits"));
}

TEST_CASE("Mailmark barcodes C and L are the examples of Royal Mail's encoding instructions", "[render]") {
    PostalBars bars;
    CHECK(bars.mailmark("1100000000000XY11     ").value() ==
          "TTDTTATTDTAATTDTAATTDTAATTDTTDDAATAADDATAATDDFAFTDDTAADDDTAAFDFAFF");
    CHECK(bars.mailmark("21B2254800659JW5O9QA6Y").value() ==
          "DAATATTTADTAATTFADDDDTTFTFDDDDFFDFDAFTADDTFFTDDATADTTFATTDAFDTFDDA");
    CHECK(bars.mailmark("11000000000000000XY11     ").value() ==
          "TTDTTATDDTTATTDTAATTDTAATDDTTATTDTTDATFTAATDDTAATDDTATATFAADDAATAATDDTAADFTFTA");
    CHECK(bars.mailmark("41038422416563762EF61AH8T ").value() ==
          "DTTFATTDDTATTTATFTDFFFTFDFDAFTTTADTTFDTFDDDTDFDDFTFAADTFDTDTDTFAATAFDDTAATTDTT");
}

TEST_CASE("a Mailmark of another length or with an impossible postcode is refused", "[render]") {
    PostalBars bars;
    CHECK_THAT(bars.mailmark("1100000000000XY11").error().message, Catch::Contains("22 characters"));
    CHECK_THAT(bars.mailmark("2132254800659JW5O9QI6Y").error().message, Catch::Contains("cannot be encoded"));
}

TEST_CASE("a DataMatrix takes the size that is asked for, and says when the text does not fit", "[render]") {
    const std::string mailmark = "JGB 012100123412345678AB19XY1A 0             ";
    REQUIRE(mailmark.size() == 45);
    for (const MatrixSize size : {MatrixSize{24, 24}, MatrixSize{32, 32}, MatrixSize{48, 16}}) {
        const auto modules = data_matrix(mailmark, size).value();
        CHECK(modules.columns == size.columns);
        CHECK(modules.rows == size.rows);
        const test::Folder folder;
        test::write_pgm(folder / "dm.pgm", modules);
        CHECK(test::run("dmtxread -n " + folder / "dm.pgm").output == mailmark + "\n");
    }
    CHECK_THAT(data_matrix(mailmark, {12, 12}).error().message, Catch::Contains("45 bytes do not fit"));
    CHECK_THAT(data_matrix(mailmark, {13, 13}).error().message, Catch::Contains("none of 13 x 13 modules"));
}
