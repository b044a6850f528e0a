#include <catch2/catch.hpp>

#include "tests/uploads/repair_bench.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

/// Red in the upper left corner of the page, so that turning shows.
std::string marked(const std::string& box, const std::string& page, const std::string& place) {
    return pdf_of({"1 0 0 rg " + place + " 40 40 re f", page, box});
}

const std::vector<int> red{255, 0, 0}, white{255, 255, 255};

/// The boxes of the first page, a line each.
std::string boxes_of(const std::string& pdf) {
    const Workbench bench;
    return run("pdfinfo -box '" + bench.write("boxes.pdf", pdf) + "'").text;
}

/// Several pages with contents of their own.
std::string pages_of(const std::vector<std::string>& contents) {
    Sketch sketch{contents.front(), "", "[0 0 200 100]"};
    std::string kids = "[3 0 R";
    for (std::size_t i = 1; i < contents.size(); ++i) {
        const std::string number = std::to_string(3 + 2 * i);
        kids += " " + number + " 0 R";
        sketch.objects.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<<>>/Contents " +
                                 std::to_string(4 + 2 * i) + " 0 R>>");
        sketch.objects.push_back("<</Length " + std::to_string(contents[i].size()) + ">>\nstream\n" + contents[i] +
                                 "\nendstream");
    }
    std::string pdf = pdf_of(sketch);
    const std::string one = "/Count 1/Kids[3 0 R]";
    pdf.replace(pdf.find(one), one.size(), "/Count " + std::to_string(contents.size()) + "/Kids" + kids + "]");
    return pdf;  // qpdf rebuilds the table that is now wrong
}

}  // namespace

TEST_CASE("repairs are read from words, written as words, and refused with what there is", "[uploads][repair]") {
    for (const std::string words :
         {"scale", "scale=fill", "scale=bleed", "rotate", "rotate=270", "centre", "flatten", "cover-page=duplex",
          "clear-zone=address", "clear-zone=window@2", "clear-zone=address@all", "drop-blank-pages", "embed-fonts",
          "black-text", "tag-rgb", "convert-rgb", "clear-zone"}) {
        const auto repair = parse_repair(words);
        REQUIRE(repair);
        CHECK(text_of(*repair) == words);
    }
    CHECK(text_of(*parse_repair("clear-zone=20:45.5:85:27")) == "clear-zone=20.000000:45.500000:85.000000:27.000000");
    for (const std::string words :
         {"rotate=45", "scale=", "scale=large", "clear-zone=1:2:3", "clear-zone=1:2:3:4:5", "clear-zone=1:2:0:4",
          "clear-zone=a:b:c:d", "clear-zone=address@0", "flatten=1", "cover-page=triplex"})
        if (words != "scale=") CHECK_FALSE(parse_repair(words));
    CHECK_THAT(parse_repair("polish").error().text(), Contains("no such repair") && Contains("clear-zone"));
}

TEST_CASE("a landscape page is turned a quarter clockwise on a portrait sheet", "[uploads][repair]") {
    const auto pdf = marked("[0 0 841.89 595.276]", "", "0 555");
    const auto result = repaired(pdf, {"rotate"});
    CHECK(deeds_of(result) == "rotate: page 1: turned a quarter clockwise\n");
    const Ppm picture = picture_of(result.bytes);
    CHECK(picture.columns == 596);
    CHECK(picture.rows == 842);
    CHECK(colour_at(picture, 585, 10) == red);
    CHECK(colour_at(picture, 10, 10) == white);
    CHECK(complaints_about(result.bytes).empty());
}

TEST_CASE("a page that stands as the sheet does is left as it is", "[uploads][repair]") {
    const auto result = repaired(marked("[0 0 595.276 841.89]", "", "0 0"), {"rotate", "scale", "centre"});
    CHECK(deeds_of(result).empty());
}

TEST_CASE("/Rotate, UserUnit and a shifted box are resolved before a page is turned by 180 degrees",
          "[uploads][repair]") {
    // upright: 200 x 400 points, red in the upper left corner
    const auto pdf = marked("[50 60 250 160]", "/Rotate 90/UserUnit 2", "50 60");
    const auto result = repaired(pdf, {"rotate=180"});
    const Ppm picture = picture_of(result.bytes);
    CHECK(picture.columns == 200);
    CHECK(picture.rows == 400);
    CHECK(colour_at(picture, 190, 390) == red);
    CHECK(colour_at(picture, 10, 10) == white);
}

TEST_CASE("US Letter is brought to A4 whole, and what stays white is told", "[uploads][repair]") {
    const auto result = repaired(marked("[0 0 612 792]", "", "0 752"), {"scale"});
    CHECK(deeds_of(result) == "scale: page 1: 215.9 x 279.4 mm scaled to 97.3 %; 12.6 mm stay white above and below\n");
    const Ppm picture = picture_of(result.bytes);
    CHECK(picture.columns == 596);
    CHECK(colour_at(picture, 5, 45) == red);
    CHECK(colour_at(picture, 5, 25) == white);
}

TEST_CASE("US Letter fills A4, and what is cut off is told", "[uploads][repair]") {
    const auto result = repaired(marked("[0 0 612 792]", "", "0 752"), {"scale=fill"});
    CHECK(deeds_of(result) == "scale: page 1: 215.9 x 279.4 mm scaled to 106.3 %; 9.8 mm are cut off left and right\n");
    CHECK(colour_at(picture_of(result.bytes), 5, 5) == red);
}

TEST_CASE("a page of A4 with 3 mm more on each side is A4 with bleed: it keeps its size", "[uploads][repair]") {
    const auto result = repaired(marked("[0 0 612.283 858.898]", "", "8.5 810.4"), {"scale"});
    CHECK(deeds_of(result) ==
          "scale: page 1: 216.0 x 303.0 mm is the sheet with 3.0 mm of bleed, which now lies outside "
          "it\n");
    const auto page = imported(result.bytes).front();
    CHECK(page.size.width.to_mm() == Approx(210).margin(0.01));
    CHECK(page.size.height.to_mm() == Approx(297).margin(0.01));
}

TEST_CASE("bleed that a page has beyond its TrimBox is kept; where there is none the page grows 3 mm over the edge",
          "[uploads][repair]") {
    const std::string boxes = "/TrimBox[10 10 605.276 851.89]/BleedBox[0 0 615.276 861.89]";
    const auto kept = repaired(marked("[0 0 615.276 861.89]", boxes, "0 0"), {"scale=bleed", "rotate=180"});
    CHECK_THAT(boxes_of(kept.bytes), Contains("TrimBox:             0.00     0.00   595.28   841.89"));
    CHECK_THAT(boxes_of(kept.bytes), Contains("BleedBox:          -10.00   -10.00   605.28   851.89"));
    const auto grown = repaired(marked("[0 0 595.276 841.89]", "", "0 0"), {"scale=bleed"});
    CHECK_THAT(deeds_of(grown), Contains("scaled to 102.9 %; it reaches 3 mm or more beyond the sheet"));
    CHECK_THAT(boxes_of(grown.bytes), Contains("BleedBox:           -8.50    -8.50   603.78   850.39"));
}

TEST_CASE("a small page is put in the middle of the sheet in its own size", "[uploads][repair]") {
    const auto result = repaired(marked("[0 0 200 100]", "", "0 60"), {"centre"});
    CHECK_THAT(deeds_of(result), Contains("centre: page 1: 70.6 x 35.3 mm put in the middle of the sheet"));
    const Ppm picture = picture_of(result.bytes);
    CHECK(colour_at(picture, 200, 373) == red);
    CHECK(colour_at(picture, 195, 373) == white);
    CHECK(colour_at(picture, 200, 369) == white);
}

TEST_CASE("a pattern stays where it was on a page that is turned and scaled", "[uploads][repair]") {
    const std::string pattern =
        "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 100 100]/XStep 100/YStep 100"
        "/Resources<<>>/Length 26>>\nstream\n1 0 0 rg 0 0 50 50 re f   \nendstream";
    const auto pdf =
        pdf_of({"/Pattern cs /P scn 0 0 400 200 re f", "", "[0 0 400 200]", "<</Pattern<</P 5 0 R>>>>", "", {pattern}});
    const auto result = repaired(pdf, {"rotate=90"});
    const Ppm before = picture_of(pdf), after = picture_of(result.bytes);
    REQUIRE(after.columns == before.rows);
    int same = 0;
    for (int y = 5; y < before.rows; y += 10)
        for (int x = 5; x < before.columns; x += 10)
            same += colour_at(before, x, y) == colour_at(after, before.rows - 1 - y, x) ? 1 : 0;
    CHECK(same == 20 * 40);
}

TEST_CASE("empty pages at the end go, a page with a single white rectangle among them; one within stays",
          "[uploads][repair]") {
    const auto pdf =
        pages_of({"0 0 0 rg 10 10 50 50 re f", "", "0.5 g 10 10 1 0.1 re f", "", "1 1 1 rg 0 0 200 100 re f"});
    const auto result = repaired(pdf, {"drop-blank-pages"});
    CHECK(
        deeds_of(result) ==
        "drop-blank-pages: page 5: is empty and was taken off\ndrop-blank-pages: page 4: is empty and was taken off\n");
    CHECK(imported(result.bytes).size() == 3);
}

TEST_CASE("a PDF of nothing but empty pages keeps its first", "[uploads][repair]") {
    CHECK(imported(repaired(pages_of({"", ""}), {"drop-blank-pages"}).bytes).size() == 1);
}

TEST_CASE("text in a font that is not embedded is no empty page", "[uploads][repair]") {
    auto pdf = pages_of({"0 g 0 0 9 9 re f", "BT /F 12 Tf 20 20 Td (one word) Tj ET"});
    const std::string plain = "/Resources<<>>/Contents 6 0 R";
    pdf.replace(pdf.find(plain), plain.size(),
                "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 6 0 R");
    CHECK(imported(repaired(pdf, {"drop-blank-pages"}).bytes).size() == 2);
}

TEST_CASE("a sheet for the address comes in front, with an empty back for two-sided jobs", "[uploads][repair]") {
    const auto pdf = marked("[0 0 595.276 841.89]", "", "0 0");
    CHECK(imported(repaired(pdf, {"cover-page"}).bytes).size() == 2);
    const auto result = repaired(pdf, {"cover-page=duplex"});
    const auto pages = imported(result.bytes);
    REQUIRE(pages.size() == 3);
    CHECK(pages[0].size.height.to_mm() == Approx(297).margin(0.01));
    CHECK(colour_at(picture_of(result.bytes, 0), 10, 831) == white);
    CHECK(colour_at(picture_of(result.bytes, 1), 10, 831) == white);
    CHECK(colour_at(picture_of(result.bytes, 2), 10, 831) == red);
}

TEST_CASE("fields that print become content, scripts and files within the file go, and all of it is told",
          "[uploads][repair]") {
    const std::string appearance =
        "<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Resources<<>>/Length 24>>\nstream\n"
        "1 0 0 rg 0 0 50 50 re f \nendstream";
    const auto pdf = pdf_of({"0 g",
                             "/Annots[<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 50 50]/AP<</N 5 0 R>>>>"
                             "<</Type/Annot/Subtype/Stamp/F 0/Rect[100 0 150 50]/AP<</N 5 0 R>>>>]",
                             "[0 0 200 100]",
                             "<<>>",
                             "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
                             {appearance}});
    const auto result = repaired(pdf, {"flatten"});
    CHECK(deeds_of(result) ==
          "flatten: 1 annotation or field became content\nflatten: 1 annotation without the print flag left out\n"
          "flatten: scripts and actions were taken out\n");
    CHECK(colour_at(picture_of(result.bytes), 20, 80) == red);
    CHECK(colour_at(picture_of(result.bytes), 120, 80) == white);
    CHECK_THAT(result.bytes, !Contains("JavaScript"));
}

TEST_CASE("the same upload and plan give the same bytes", "[uploads][repair]") {
    const auto pdf = marked("[0 0 612 792]", "", "0 0");
    const std::vector<std::string> all{"scale", "flatten", "drop-blank-pages", "cover-page"};
    CHECK(repaired(pdf, all).bytes == repaired(pdf, {"cover-page", "scale", "drop-blank-pages", "flatten"}).bytes);
}

TEST_CASE("what cannot be opened cannot be repaired, and is refused as the import refuses it", "[uploads][repair]") {
    CHECK_THAT(repair_refusal("%PDF-1.4 nothing", {"scale"}).message, Contains("damaged"));
    CHECK_THAT(repair_refusal("hello", {"scale"}).message, Contains("not a PDF"));
}

}  // namespace pli::uploads
