#include <catch2/catch.hpp>

#include "preflight/font_program.hpp"
#include "preflight/icc_profile.hpp"
#include "tests/preflight/small_pdf.hpp"

namespace {
using namespace pli::preflight;

TEST_CASE("a TrueType program tells its glyphs and widths", "[preflight]") {
    const FontProgram program = read_font_program(test::true_type());
    CHECK(program.fault.empty());
    CHECK(program.format == FontFormat::TrueType);
    CHECK(program.glyphs == 3);
    CHECK(program.width_of(1) == 600);
    CHECK(program.width_of(900) == 700);  // the last width counts for all after it
}

TEST_CASE("a font program cut off anywhere is a fault or a smaller font, never a crash", "[preflight]") {
    const std::string whole = test::true_type();
    for (std::size_t size = 0; size < whole.size(); ++size) read_font_program(whole.substr(0, size));
    CHECK_FALSE(read_font_program(whole.substr(0, whole.size() - 5)).fault.empty());
    CHECK_FALSE(read_font_program("").fault.empty());
    CHECK_FALSE(read_font_program("OTTO").fault.empty());
    CHECK_FALSE(read_font_program(std::string("\x01\x00\x04\x01", 4) + std::string(20, '\xFF')).fault.empty());
}

TEST_CASE("an ICC profile tells its class, colours and whether it is whole", "[preflight]") {
    const IccProfile profile = read_icc_profile(test::icc_profile("prtr", "CMYK", 4));
    CHECK(profile.fault.empty());
    CHECK(profile.version == 4);
    CHECK(profile.device_class == "prtr");
    CHECK(profile.components == 4);
    CHECK(read_icc_profile(test::icc_profile("spac", "HSV ")).components == 0);
    const std::string whole = test::icc_profile("prtr", "CMYK");
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(read_icc_profile(whole.substr(0, size)).fault.empty());
}

}  // namespace
