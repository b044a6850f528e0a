#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/uploads/repair_bench.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

/// The press that Pli brings, read from the source tree.
std::shared_ptr<const std::string> press() {
    return std::make_shared<const std::string>(file_bytes(PLI_PRESS_PROFILE));
}

Repaired converted(const std::string& pdf) {
    RepairPlan plan = plan_of({"convert-rgb"});
    plan.press_profile = press();
    auto result = repair(pdf, plan, "flyer.pdf");
    if (!result) FAIL(result.error().text());
    return *std::move(result);
}

std::vector<double> plates_of(const std::string& pdf) {
    const Workbench bench;
    const auto heard = run(fmt::format("gs -q -o - -sDEVICE=inkcov '{}'", bench.write("inks.pdf", pdf)));
    std::vector<double> plates(4);
    REQUIRE(std::sscanf(heard.text.c_str(), "%lf %lf %lf %lf", &plates[0], &plates[1], &plates[2], &plates[3]) == 4);
    return plates;
}

std::string in_clear(const std::string& pdf) {
    const Workbench bench;
    return run(fmt::format("qpdf --qdf --object-streams=disable '{}' -", bench.write("clear.pdf", pdf))).text;
}

}  // namespace

TEST_CASE("RGB of paths and text becomes inks, black and grey become black alone", "[uploads][repair][rgb]") {
    const auto result = converted(pdf_of({"1 0 0 rg 0 0 100 100 re f"}));
    CHECK_THAT(deeds_of(result), Contains("1 colours of text and paths and 0 pictures"));
    CHECK_THAT(in_clear(result.bytes), !Contains(" rg"));
    const auto red = plates_of(result.bytes);
    CHECK(red[1] > 0.3);
    CHECK(red[2] > 0.3);
    CHECK(red[0] < 0.1);
    for (const std::string grey : {"0 0 0 rg", "0.5 0.5 0.5 rg", "/DeviceRGB cs 0.3 0.3 0.3 sc", "/DeviceRGB cs"}) {
        INFO(grey);
        const auto plates = plates_of(converted(pdf_of({grey + " 0 0 100 100 re f"})).bytes);
        CHECK(plates[0] + plates[1] + plates[2] == 0);
        CHECK(plates[3] > 0.1);
    }
}

TEST_CASE("grey gets a black as light as it was", "[uploads][repair][rgb]") {
    const auto pdf = in_clear(converted(pdf_of({"1 1 1 rg 0 0 9 9 re f 0 0 0 rg 0 0 9 9 re f"})).bytes);
    CHECK_THAT(pdf, Contains("0 0 0 0 k") && Contains("0 0 0 1 k"));
}

TEST_CASE("pictures and palettes become inks; what has a colour key stays RGB and is tagged",
          "[uploads][repair][rgb]") {
    const auto image = [](const std::string& entries, const std::string& data) {
        return "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8" + entries +
               fmt::format("/Length {}>>\nstream\n", data.size()) + data + "\nendstream";
    };
    const auto pdf = pdf_of({"q 50 0 0 50 0 0 cm /A Do Q q 50 0 0 50 60 0 cm /B Do Q q 50 0 0 50 120 0 cm /C Do Q",
                             "",
                             "[0 0 200 100]",
                             "<</XObject<</A 5 0 R/B 6 0 R/C 7 0 R>>>>",
                             "",
                             {image("/ColorSpace/DeviceRGB", "\x01\x01\xfe"),
                              image("/ColorSpace[/Indexed/DeviceRGB 1<0101FEFE0101>]", "\x01"),
                              image("/ColorSpace/DeviceRGB/Mask[0 0 0 0 0 0]", "\xfe\x01\x01")}});
    const auto result = converted(pdf);
    CHECK_THAT(deeds_of(result), Contains("and 2 pictures") && Contains("1 shadings or pictures stay RGB"));
    CHECK_THAT(in_clear(result.bytes), Contains("/DefaultRGB") && Contains("/DeviceCMYK"));
    CHECK(complaints_about(result.bytes).empty());
}

TEST_CASE("what RGB means is said once and the same every time", "[uploads][repair][rgb]") {
    const auto pdf = pdf_of({"1 0 0 rg 0 0 9 9 re f"});
    const auto result = repaired(pdf, {"tag-rgb"});
    CHECK(deeds_of(result) == "tag-rgb: RGB without a profile is marked as sRGB\n");
    CHECK_THAT(in_clear(result.bytes), Contains("/DefaultRGB"));
    CHECK(result.bytes == repaired(pdf, {"tag-rgb"}).bytes);
    CHECK(repaired(result.bytes, {"tag-rgb"}).deeds.empty());
}

TEST_CASE("a press that is not known, or is none of four inks, converts nothing", "[uploads][repair][rgb]") {
    CHECK_THAT(repair_refusal(pdf_of({}), {"convert-rgb"}).message, Contains("not known which press"));
    RepairPlan plan = plan_of({"convert-rgb"});
    plan.press_profile = std::make_shared<const std::string>("not a profile");
    const auto result = repair(pdf_of({}), plan, "flyer.pdf");
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().message, Contains("four inks"));
}

}  // namespace pli::uploads
