#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/uploads/repair_bench.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

const std::string resources =
    "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    "/ColorSpace<</C[/CalRGB<</WhitePoint[0.9505 1 1.089]>>]"
    "/S[/Separation/Gold/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]"
    "/C1[0 0.2 0.6 0.2]>>]>>/ExtGState<</O<</OP true/op true/OPM 0>>>>>>";

std::string page_with(const std::string& content) { return pdf_of({content, "", "[0 0 300 100]", resources}); }

const std::string word = " BT /F 40 Tf 10 20 Td (Word) Tj ET ";

/// The share of ink on each plate in the whole page, as Ghostscript separates it: C M Y K.
std::vector<double> plates_of(const std::string& pdf) {
    const Workbench bench;
    const auto heard = run(fmt::format("gs -q -o - -sDEVICE=inkcov '{}'", bench.write("inks.pdf", pdf)));
    std::vector<double> plates(4);
    REQUIRE(std::sscanf(heard.text.c_str(), "%lf %lf %lf %lf", &plates[0], &plates[1], &plates[2], &plates[3]) == 4);
    return plates;
}

bool black_alone(const std::string& pdf) {
    const auto plates = plates_of(pdf);
    return plates[0] + plates[1] + plates[2] == 0 && plates[3] > 0.01;
}

}  // namespace

TEST_CASE("text that is black to the eye prints from the black plate alone", "[uploads][repair][black]") {
    for (const std::string colour :
         {"0 0 0 rg", "0.137 0.122 0.125 rg", "0.75 0.68 0.67 0.9 k", "1 1 1 1 k", "/DeviceRGB cs 0 0 0 sc",
          "/C cs 0.1 0.1 0.1 scn", "/DeviceCMYK cs 0.5 0.4 0.4 1 sc"}) {
        INFO(colour);
        const auto pdf = page_with(colour + word);
        CHECK_FALSE(black_alone(pdf));
        const auto result = repaired(pdf, {"black-text"});
        CHECK(deeds_of(result) == "black-text: page 1: 1 pieces of text print in black alone and overprint\n");
        CHECK(black_alone(result.bytes));
        CHECK(text_in(result.bytes) == "Word");
    }
}

TEST_CASE("text in any other colour keeps it", "[uploads][repair][black]") {
    for (const std::string colour :
         {"0.3 0.3 0.3 rg", "0.2 0 0 rg", "0 0 0.4 rg", "1 0 0 0 k", "0.5 g", "/S cs 1 scn", "0 0 0 rg 1 Tr"}) {
        INFO(colour);
        const auto pdf = page_with(colour + word);
        const auto result = repaired(pdf, {"black-text"});
        CHECK(result.deeds.empty());
        CHECK(plates_of(pdf) == plates_of(result.bytes));
    }
}

TEST_CASE("a colour set in a space that was named before the black text keeps that space", "[uploads][repair][black]") {
    for (const std::string next : {"1 0 0 scn", "0.1 0.1 0.1 scn"}) {
        const auto pdf = page_with("/C cs 0 0 0 scn" + word + next + word + "200 0 50 100 re f");
        const auto result = repaired(pdf, {"black-text"});
        CHECK(complaints_about(result.bytes).empty());
        CHECK(colour_at(picture_of(result.bytes), 225, 50) == colour_at(picture_of(pdf), 225, 50));
    }
}

TEST_CASE("areas keep their colour between and behind black text, and after a Q", "[uploads][repair][black]") {
    const auto pdf =
        page_with("0 0 0 rg" + word + "200 0 50 100 re f q 1 0 0 rg 250 0 50 50 re f Q" + word + "260 60 30 30 re f");
    const auto result = repaired(pdf, {"black-text"});
    CHECK_THAT(deeds_of(result), Contains("2 pieces of text"));
    const auto before = plates_of(pdf), after = plates_of(result.bytes);
    CHECK(after[0] > 0.2);        // the area is RGB black as before, on four plates
    CHECK(after[0] < before[0]);  // the words are not
    CHECK(picture_of(result.bytes).columns == 300);
    CHECK(complaints_about(result.bytes).empty());
}

TEST_CASE("black text overprints what lies below it; an area after it knocks out as before",
          "[uploads][repair][black]") {
    const auto pdf = page_with("0 1 0 0 k 0 0 300 100 re f 0 0 0 rg" + word + "0 0 0 1 k 200 0 100 100 re f");
    const auto result = repaired(pdf, {"black-text"});
    const auto after = plates_of(result.bytes);
    CHECK(after[1] == Approx(200.0 / 300).margin(0.02));  // magenta below the word, none below the area
}

TEST_CASE("a graphics state that the design set comes back after the text", "[uploads][repair][black]") {
    const auto pdf = page_with("0 1 0 0 k 0 0 300 100 re f /O gs 0 0 0 rg" + word + "1 0 0 0 k 200 0 100 100 re f");
    const auto result = repaired(pdf, {"black-text"});
    CHECK(plates_of(result.bytes)[1] == Approx(plates_of(pdf)[1]).margin(0.1));
    CHECK_THAT(content_of(imported(result.bytes).front()), Contains("/PliOver111 gs") && Contains("/PliOver110 gs"));
}

}  // namespace pli::uploads
