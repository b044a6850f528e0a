#include "uploads/sight.hpp"

#include <catch2/catch.hpp>

#include "tests/uploads/check_variants.hpp"
#include "uploads/looking.hpp"
#include "uploads/opinion.hpp"
#include "uploads/spots.hpp"

namespace pli::uploads {
namespace {

/// A page of 10 × 10 mm at one pixel a millimetre, its marks given by rows.
InkMap map_of(const std::vector<std::string>& rows) {
    InkMap map{{10_mm, 10_mm}, 10, static_cast<std::uint32_t>(rows.size()), {}, {}};
    map.marks.assign(map.stride() * rows.size(), '\0');
    map.tints = map.marks;
    for (std::size_t y = 0; y < rows.size(); ++y)
        for (std::size_t x = 0; x < rows[y].size(); ++x)
            if (rows[y][x] == '#') map.marks[y * map.stride() + x / 8] |= static_cast<char>(0x80 >> x % 8);
    return map;
}

InkMap square_in_the_middle() {
    return map_of({"..........", "..........", "..........", "...####...", "...####...", "...####...", "...####...",
                   "..........", "..........", ".........."});
}

Opinion one_page(double width, std::uint64_t text) {
    PageOpinion page;
    page.media = {0, 0, width, 100};
    page.text_bytes = text;
    return {false, {page}};
}

}  // namespace

TEST_CASE("ink is found with its share and its bounds, across the bytes of a row", "[uploads][check]") {
    const auto found = marks_within(square_in_the_middle(), {{1_mm, 1_mm}, {8_mm, 8_mm}});
    REQUIRE(found);
    CHECK(found->share == Approx(16.0 / 36));  // half a pixel inside the rectangle: 6 × 6 pixels are looked at
    CHECK(found->bounds == Rect{{3_mm, 3_mm}, {4_mm, 4_mm}});
    CHECK_FALSE(tint_within(square_in_the_middle(), {{1_mm, 1_mm}, {8_mm, 8_mm}}));
}

TEST_CASE("what ends at the edge of a zone is not within it", "[uploads][check]") {
    CHECK_FALSE(marks_within(square_in_the_middle(), {{7_mm, 0_mm}, {3_mm, 10_mm}}));
    CHECK_FALSE(marks_within(square_in_the_middle(), {{0_mm, 0_mm}, {3_mm, 10_mm}}));
    CHECK(marks_within(square_in_the_middle(), {{0_mm, 0_mm}, {5_mm, 10_mm}}));
}

TEST_CASE("specks of less than four pixels are dust, and a zone beside the page has no ink", "[uploads][check]") {
    CHECK_FALSE(marks_within(map_of({"..........", ".##.......", ".#........", ".........."}), {{}, {10_mm, 10_mm}}));
    CHECK_FALSE(marks_within(square_in_the_middle(), {{20_mm, 0_mm}, {5_mm, 10_mm}}));
    CHECK_FALSE(marks_within(InkMap{}, {{}, {5_mm, 10_mm}}));
}

TEST_CASE("20 % of one ink is a mark, 5 % a tint, white nothing", "[uploads][check]") {
    Sketch sketch;
    sketch.content = "0.75 g 0 0 50 100 re f 0.95 g 50 0 50 100 re f 1 g 100 0 100 100 re f";
    const auto sight = look_at(pdf_of(sketch), 72, "flyer.pdf");
    REQUIRE(sight);
    const InkMap& ink = sight->at(0).ink;
    CHECK(ink.columns == 200);
    const auto strip = [](double left) { return Rect{{Length::pt(left), {}}, {50_pt, 100_pt}}; };
    CHECK(marks_within(ink, strip(0))->share == Approx(1));
    CHECK_FALSE(marks_within(ink, strip(50)));
    CHECK(tint_within(ink, strip(50))->share == Approx(1));
    CHECK_FALSE(marks_within(ink, strip(100)));
    CHECK_FALSE(tint_within(ink, strip(100)));
}

TEST_CASE("a QR code is read from the page, with its place", "[uploads][check]") {
    for (const Variant& variant : variants()) {
        if (variant.code != "code-on-page") continue;
        const auto sight = look_at(variant.pdf, checking_dpi, "flyer.pdf");
        REQUIRE(sight);
        REQUIRE(sight->at(0).codes.size() == 1);
        const CodeSeen& code = sight->at(0).codes[0];
        CHECK(code.text == "https://shop.example/w");
        CHECK(code.matrix);
        CHECK(code.where.left().to_mm() == Approx(120).margin(0.5));
        CHECK(code.where.top().to_mm() == Approx(200).margin(0.5));
    }
}

TEST_CASE("pages are drawn in one go, some of them or all", "[uploads][check]") {
    const std::string four = file_bytes("tests/data/uploads/pdfium__cropped_text.pdf");
    CHECK(draw_pages(four, 0, 10, 36, "four.pdf")->size() == 4);
    const auto some = draw_pages(four, 1, 2, 36, "four.pdf");
    REQUIRE(some);
    REQUIRE(some->size() == 2);
    CHECK((*some)[0].rgb.size() == std::size_t{(*some)[0].columns} * (*some)[0].rows * 3);
    const auto single = rasterise(four, 1, 36, "four.pdf");
    REQUIRE(single);
    CHECK(single->rgb == (*some)[0].rgb);
}

TEST_CASE("two opinions differ in pages, boxes or text, and a thousandth of a point is nothing", "[uploads][check]") {
    CHECK(disagreements(one_page(100, 5), one_page(100.0004, 5)).empty());
    CHECK(disagreements(one_page(100, 5), one_page(101, 5)).at(0).what == "MediaBox [0 0 100 100] or [0 0 101 100]");
    CHECK(disagreements(one_page(100, 5), one_page(100, 7)).at(0).what == "text of 5 bytes or of 7 bytes");
    CHECK(disagreements(one_page(100, 5), {}).at(0).what == "1 pages or 0 pages");
}

TEST_CASE("places on a page are looked at closely: ink, words and codes, each place for itself", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    sketch.content = "0 g 0 50 50 50 re f BT /F 12 Tf 110 20 Td (SW1A 1AA) Tj ET";
    const auto part = [](double left, double top) {
        return Rect{{Length::pt(left), Length::pt(top)}, {100_pt, 50_pt}};
    };
    const auto seen = look_closely(pdf_of(sketch), {{0, part(0, 0), true}, {0, part(100, 50), true}, {0, part(100, 0)}},
                                   144, "print.pdf");
    REQUIRE(seen);
    REQUIRE(seen->spots.size() == 3);
    CHECK(seen->spots[0].ink == Approx(0.5).margin(0.01));
    CHECK(seen->spots[0].words.empty());
    CHECK(seen->spots[1].words == "SW1A 1AA");
    CHECK(seen->spots[1].ink > 0);
    CHECK(seen->spots[2].ink == 0);
}

TEST_CASE("a code is read byte for byte in its place, and not in another", "[uploads]") {
    for (const Variant& variant : variants()) {
        if (variant.code != "code-on-page") continue;
        const Rect around{{118_mm, 198_mm}, {34_mm, 34_mm}}, beside{{20_mm, 198_mm}, {34_mm, 34_mm}};
        const auto seen = look_closely(variant.pdf, {{0, around}, {0, beside}}, 200, "print.pdf");
        REQUIRE(seen);
        CHECK(seen->spots[0].codes == std::vector<std::string>{"https://shop.example/w"});
        CHECK(seen->spots[1].codes.empty());
    }
}

TEST_CASE("a place on a page that is not there, or without an area, is refused", "[uploads]") {
    CHECK_THAT(look_closely(pdf_of({}), {{7, {{}, {10_mm, 10_mm}}}}, 72, "print.pdf").error().error.text(),
               Catch::Contains("there is no page 8"));
    CHECK_THAT(look_closely(pdf_of({}), {{0, {{}, {10_mm, Length{}}}}}, 72, "print.pdf").error().error.text(),
               Catch::Contains("empty, or too large"));
}

}  // namespace pli::uploads
