#include "render/operators.hpp"

#include <catch2/catch.hpp>

#include "render/pdf_text.hpp"

using namespace pli::render;

TEST_CASE("numbers are written as short as PDF allows and without an exponent", "[render]") {
    const auto hundredths = [](std::int64_t v) {
        Operators out;
        return std::string(out.hundredths(v).view());
    };
    CHECK(hundredths(0) == "0 ");
    CHECK(hundredths(5) == ".05 ");
    CHECK(hundredths(-5) == "-.05 ");
    CHECK(hundredths(50) == ".5 ");
    CHECK(hundredths(1050) == "10.5 ");
    CHECK(hundredths(-84189) == "-841.89 ");
    CHECK(hundredths(100) == "1 ");
    Operators out;
    CHECK(out.integer(-12).thousandths(250).decimal(1'000'001, 6).view() == "-12 .25 1.000001 ");
}

TEST_CASE("text strings are ASCII where that is enough, else UTF-16 with surrogates; broken bytes become a mark",
          "[render]") {
    CHECK(text_string("Batch (1)") == "(Batch \\(1\\))");
    CHECK(text_string("é") == "<FEFF00E9>");
    CHECK(text_string("\xF0\x9F\x98\x80") == "<FEFFD83DDE00>");
    CHECK(text_string("\xC3") == "<FEFFFFFD>");
    CHECK(text_string("\xED\xA0\x80") == "<FEFFFFFD>");
}

TEST_CASE("names keep regular characters and escape the rest", "[render]") {
    CHECK(name_object("PANTONE 185 C") == "/PANTONE#20185#20C");
    CHECK(name_object("A/B#(é)") == "/A#2FB#23#28#C3#A9#29");
}
