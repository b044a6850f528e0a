#include <catch2/catch.hpp>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {
namespace {

int red_at(const Raster& raster, std::size_t x, std::size_t y) { return raster.rgb[(y * raster.columns + x) * 3]; }

}  // namespace

TEST_CASE("a page is drawn at the size asked for, upright, on white", "[uploads]") {
    const auto raster = rasterise(pdf_of({.page = "/Rotate 90"}), 0, 144, "flyer.pdf");
    REQUIRE(raster);
    CHECK(raster->columns == 200);
    CHECK(raster->rows == 400);
    CHECK(red_at(*raster, 0, 0) == 255);
    CHECK(red_at(*raster, 60, 40) == 0);  // the blue box 10 20 30 40, turned clockwise
}

TEST_CASE("text in a font that is not embedded is drawn with the system's", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    sketch.content = "BT /F 60 Tf 10 30 Td (Hello) Tj ET";
    const auto raster = rasterise(pdf_of(sketch), 0, 72, "flyer.pdf");
    REQUIRE(raster);
    int dark = 0;
    for (std::size_t i = 0; i < raster->rgb.size(); i += 3) dark += raster->rgb[i] < 64;
    CHECK(dark > 500);
}

TEST_CASE("a preview shows what was imported: hidden layers do not appear", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</Properties<</Off 5 0 R>>>>";
    sketch.content = "/OC /Off BDC 0 0 200 100 re f EMC";
    sketch.catalog = "/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>";
    sketch.objects = {"<</Type/OCG/Name(draft)>>"};
    const auto raster = rasterise(pdf_of(sketch), 0, 72, "flyer.pdf");
    REQUIRE(raster);
    CHECK(red_at(*raster, 100, 50) == 255);
}

TEST_CASE("a page that is not there, a page too large to draw", "[uploads]") {
    CHECK_THAT(rasterise(pdf_of({}), 3, 72, "flyer.pdf").error().text(), Catch::Contains("has 1 pages, no page 4"));
    CHECK_THAT(rasterise(pdf_of({.box = "[0 0 14000 14000]"}), 0, 300, "flyer.pdf").error().text(),
               Catch::Contains("more than 100 megapixels"));
}

}  // namespace pli::uploads
