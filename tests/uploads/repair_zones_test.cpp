#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/uploads/repair_bench.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

const std::vector<int> red{255, 0, 0}, white{255, 255, 255}, blue{0, 0, 255};
constexpr double mm = 72 / 25.4;

/// A zone of so many points from the top left corner of a page.
std::string zone(double x, double y, double w, double h, const std::string& page = "") {
    return fmt::format("clear-zone={:.6f}:{:.6f}:{:.6f}:{:.6f}{}", x / mm, y / mm, w / mm, h / mm, page);
}

const std::string helvetica = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

/// A page of 300 x 200 points.
std::string page_with(const std::string& content, const std::string& resources = "",
                      const std::vector<std::string>& objects = {}, const std::string& page = "") {
    return pdf_of({content, page, "[0 0 300 200]", "<<" + helvetica + resources + ">>", "", objects});
}

std::string cleared(const std::string& pdf, const std::string& where) { return repaired(pdf, {where}).bytes; }

}  // namespace

TEST_CASE("text within a zone is gone from the file, the rest of its line stands where it stood",
          "[uploads][repair][zone]") {
    // "SECRET" stands from 82 to 164
    const auto pdf = page_with("BT /F 20 Tf 1 0 0 1 20 100 Tm (before SECRET after) Tj ET");
    const auto result = repaired(pdf, {zone(82, 70, 84, 50)});
    CHECK(text_in(result.bytes) == "before after");
    CHECK_THAT(deeds_of(result), Contains("6 characters"));
    const Ppm before = picture_of(pdf), after = picture_of(result.bytes);
    for (int y = 80; y < 110; ++y) {
        for (int x = 20; x < 80; ++x) CHECK(colour_at(before, x, y) == colour_at(after, x, y));
        for (int x = 84; x < 164; ++x) CHECK(colour_at(after, x, y) == white);
        for (int x = 169; x < 240; ++x) CHECK(colour_at(before, x, y) == colour_at(after, x, y));
    }
    CHECK(complaints_about(result.bytes).empty());
}

TEST_CASE("spacing, scaling, kerning and lines that move themselves keep what is left in place",
          "[uploads][repair][zone]") {
    for (const std::string show :
         {"3 Tc 5 Tw 80 Tz (ab SECRET cd) Tj", "[(ab )-200(SEC)50(RET)100( cd)] TJ", "14 TL (ab SECRET cd) '",
          "2 1 (ab SECRET cd) \"", "-1 0 0 1 200 100 Tm (ab SECRET cd) Tj"}) {
        INFO(show);
        const auto pdf = page_with("BT /F 20 Tf 1 0 0 1 20 100 Tm " + show + " ET");
        const auto bytes = cleared(pdf, zone(60, 60, 60, 80));
        const Ppm before = picture_of(pdf), after = picture_of(bytes);
        int changed_outside = 0;  // a character goes whole, so half of one may go beyond the edge
        for (int y = 1; y < 199; ++y)
            for (int x = 1; x < 299; ++x)
                if ((x < 50 || x > 130 || y < 50 || y > 150) && colour_at(before, x, y) != colour_at(after, x, y))
                    ++changed_outside;
        CHECK(changed_outside == 0);
    }
}

TEST_CASE("hidden, replaced and recognised text within a zone is gone too", "[uploads][repair][zone]") {
    const auto invisible = page_with("BT /F 20 Tf 3 Tr 20 100 Td (SECRET) Tj ET");
    CHECK(text_in(cleared(invisible, zone(0, 60, 300, 80))).empty());
    const auto replaced = page_with(
        "/Span<</ActualText(SECRET)>> BDC BT /F 20 Tf 20 100 Td (S.) Tj ET EMC BT /F 9 Tf 20 20 Td (x) Tj ET");
    CHECK(text_in(cleared(replaced, zone(0, 60, 300, 80))) == "x");
}

TEST_CASE("a picture within a zone leaves the file; one that reaches in is cut at the edge",
          "[uploads][repair][zone]") {
    const std::string picture =
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB"
        "/Length 3>>\nstream\n\xff\x01\x01\nendstream";
    const auto pdf = page_with("q 40 0 0 40 20 100 cm /I Do Q q 100 0 0 20 150 100 cm /J Do Q",
                               "/XObject<</I 5 0 R/J 6 0 R>>", {picture, picture});
    const auto result = repaired(pdf, {zone(10, 50, 200, 60)});
    CHECK_THAT(deeds_of(result), Contains("1 pictures"));
    const Ppm after = picture_of(result.bytes);
    CHECK(colour_at(after, 40, 80) == white);
    CHECK(colour_at(after, 200, 90) == white);
    CHECK(colour_at(after, 230, 90)[0] == 255);
    CHECK(colour_at(after, 230, 90)[1] < 5);
}

TEST_CASE("paths within a zone go, a background is cut out, and what clips goes on clipping",
          "[uploads][repair][zone]") {
    const auto pdf =
        page_with("0 0 1 rg 0 0 300 200 re f 1 0 0 rg 60 60 30 30 re f 20 20 20 20 re W f 0 0 300 200 re f");
    const auto result = repaired(pdf, {zone(50, 100, 60, 50)});
    CHECK_THAT(deeds_of(result), Contains("1 paths"));
    const Ppm after = picture_of(result.bytes);
    CHECK(colour_at(after, 75, 125) == white);
    CHECK(colour_at(after, 52, 102) == white);
    CHECK(colour_at(after, 48, 98) == blue);
    CHECK(colour_at(after, 30, 170) == red);
    CHECK(colour_at(after, 150, 50) == blue);
}

TEST_CASE("a form drawn in two places loses its text in one of them", "[uploads][repair][zone]") {
    const std::string form = "<</Type/XObject/Subtype/Form/BBox[0 0 100 30]/Resources<<" + helvetica +
                             ">>/Length 34>>\nstream\nBT /F 20 Tf 5 9 Td (label) Tj ET   \nendstream";
    const auto pdf =
        page_with("q 1 0 0 1 10 150 cm /X Do Q q 1 0 0 1 150 20 cm /X Do Q", "/XObject<</X 5 0 R>>", {form});
    const auto bytes = cleared(pdf, zone(0, 10, 60, 60));  // half of the first
    CHECK(text_in(bytes).find("label") != std::string::npos);
    CHECK(text_in(bytes).find("label") == text_in(bytes).rfind("label"));
    CHECK(text_in(cleared(pdf, zone(0, 0, 300, 200))).empty());
}

TEST_CASE("zones lie on the page as it is seen: turned, enlarged and shifted", "[uploads][repair][zone]") {
    // upright 400 x 600 points; the red square stands in its upper left corner
    const auto pdf = page_with("1 0 0 rg 50 60 40 40 re f 0 0 1 rg 300 220 40 40 re f", "", {},
                               "/MediaBox[50 60 350 260]/Rotate 90/UserUnit 2");
    const Ppm before = picture_of(repaired(pdf, {"rotate=180"}).bytes);
    CHECK(colour_at(before, 390, 590) == red);
    const Ppm after = picture_of(cleared(pdf, zone(0, 0, 100, 100)));
    CHECK(colour_at(after, 20, 20) == white);
    CHECK(colour_at(after, 380, 560) == blue);
}

TEST_CASE("a zone that is empty already leaves the page as it is", "[uploads][repair][zone]") {
    const auto result = repaired(page_with("0 0 50 50 re f"), {zone(100, 0, 100, 100)});
    CHECK(result.deeds.empty());
}

TEST_CASE("overlapping zones are both empty, also where they overlap", "[uploads][repair][zone]") {
    const auto pdf = page_with("0 0 1 rg 0 0 300 200 re f");
    const auto result = repaired(pdf, {zone(50, 50, 60, 60), zone(80, 80, 60, 60)});
    CHECK(colour_at(picture_of(result.bytes), 95, 95) == white);
    CHECK(colour_at(picture_of(result.bytes), 60, 60) == white);
    CHECK(colour_at(picture_of(result.bytes), 130, 130) == white);
    CHECK(colour_at(picture_of(result.bytes), 130, 60) == blue);
}

TEST_CASE("a zone on a page that is not there is refused", "[uploads][repair][zone]") {
    CHECK_THAT(repair_refusal(page_with(""), {zone(0, 0, 9, 9, "@2")}).message, Contains("the PDF has 1 pages"));
}

TEST_CASE("a form that draws itself does not keep a zone from being emptied, or is refused",
          "[uploads][repair][zone]") {
    const std::string form =
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</XObject<</X 5 0 R>>>>"
        "/Length 30>>\nstream\n1 0 0 rg 0 0 50 50 re f /X Do  \nendstream";
    const auto result =
        repair(page_with("/X Do", "/XObject<</X 5 0 R>>", {form}), plan_of({zone(0, 100, 99, 99)}), "f");
    if (!result) CHECK_THAT(result.error().message, Contains("too deep"));
}

}  // namespace pli::uploads
