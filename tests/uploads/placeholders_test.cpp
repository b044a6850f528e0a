#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/fillable.hpp"
#include "uploads/page_pdf.hpp"
#include "uploads/reader/text_removal.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads {
namespace {

const std::string helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

Sketch sketch_of(const std::string& content, std::vector<std::string> objects = {helvetica}) {
    return {.content = content, .resources = "<</Font<</F 5 0 R>>>>", .objects = std::move(objects)};
}

std::vector<PlaceholderFact> found_in(const Sketch& sketch) {
    auto seen = survey(pdf_of(sketch), "flyer.pdf");
    if (!seen) FAIL(seen.error().text());
    return seen->pages.at(0).placeholders;
}
std::string names_in(const Sketch& sketch) {
    std::string names;
    for (const auto& fact : found_in(sketch)) names += (names.empty() ? "" : " ") + ("<" + fact.text + ">");
    return names;
}

FillablePage opened(const Sketch& sketch) {
    auto pages = import_fillable(pdf_of(sketch), "flyer.pdf");
    if (!pages) FAIL(pages.error().text());
    return pages->at(0);
}

std::string text_on(const ForeignPage& page) {
    const Workbench bench;
    const auto file = bench.write("page.pdf", page_pdf(page));
    CHECK(run("qpdf --check '" + file + "'").status == 0);
    return run("pdftotext -layout '" + file + "' -").text;
}

/// Left edge of a word in points, as poppler finds it.
double left_of(const std::string& word, const ForeignPage& page) {
    const Workbench bench;
    const auto file = bench.write("page.pdf", page_pdf(page));
    const auto boxes = run("pdftotext -bbox '" + file + "' -").text;
    const auto end = boxes.find(">" + word + "</word>");
    INFO(boxes);
    REQUIRE(end != std::string::npos);
    const auto at = boxes.rfind("xMin=\"", end);
    return std::atof(boxes.c_str() + at + 6);
}

ForeignPage part_of(const FillablePage& page, std::size_t part) {
    ForeignPage text = page.page;
    text.form = page.lines.at(0).parts.at(part).form;
    return text;
}

std::string stream(const std::string& dictionary, const std::string& data) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", dictionary, data.size(), data);
}

}  // namespace

TEST_CASE("a placeholder is found however its letters are written", "[uploads][placeholders]") {
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td (Dear {first_name},) Tj ET")) == "<first_name>");
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td [(Dear {fi) 20 (rst_n) -30 (ame},)] TJ ET")) == "<first_name>");
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td ({{order_) Tj (number}}) Tj ET")) == "<order_number>");
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td ({first_) Tj ET 0 g BT /F 10 Tf 45.01 30 Td (name}) Tj ET")) ==
          "<first_name>");
    CHECK(names_in(sketch_of("BT /F 10 Tf 2 Tc 20 30 Td ({total:money}) Tj ET")) == "<total:money>");
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td ({name|dear customer} {city}) Tj ET")) ==
          "<name|dear customer> <city>");
    // Codes of a subset, which say nothing by themselves.
    const std::string subset =
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/ToUnicode 6 0 R"
        "/DescendantFonts[<</Subtype/CIDFontType2/BaseFont/ABCDEF+X/DW 500>>]>>";
    const std::string map =
        "3 beginbfchar <0001> <007b> <0002> <007d> <0007> <00660066> endbfchar 1 beginbfrange "
        "<0003> <0006> <0061> endbfrange";
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td <0001000300070004> Tj <0002> Tj ET", {subset, stream("", map)})) ==
          "<affb>");
}

TEST_CASE("braces that name nothing are text", "[uploads][placeholders]") {
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td ({} { } {1+1} {a=b} {open {{half} } {x;y}) Tj ET")).empty());
    CHECK(names_in(sketch_of("BT /F 10 Tf 20 30 Td ({near) Tj 100 0 Td (far}) Tj ET")).empty());
}

TEST_CASE("a placeholder is told with place, size, colour and font", "[uploads][placeholders]") {
    const auto facts = found_in(sketch_of("BT /F 10 Tf 0 1 0 0 k 20 30 Td (Dear {name}!) Tj ET"));
    REQUIRE(facts.size() == 1);
    const PlaceholderFact& fact = facts[0];
    CHECK(fact.baseline.x.to_pt() == Approx(20 + 24.45).margin(0.01));  // D 722, e 556, a 556, r 333, space 278
    CHECK(fact.baseline.y.to_pt() == Approx(70));
    CHECK(fact.size.to_pt() == Approx(10));
    CHECK(fact.colour == PageColour{Ink::Cmyk, false, 4, {0, 1, 0, 0}});
    CHECK(fact.fillable);
}

TEST_CASE("lines around a placeholder tell how its line is aligned", "[uploads][placeholders]") {
    using Align = FieldLine::Align;
    const auto align = [](const std::string& content) { return found_in(sketch_of(content)).at(0).align; };
    CHECK(align("BT /F 10 Tf 20 60 Td (A first line) Tj 0 -12 Td (Dear {name},) Tj ET") == Align::Left);
    // Right edges at 180: "{sum}" is 25.57 wide, "Total" 22.23.
    CHECK(align("BT /F 10 Tf 157.77 60 Td (Total) Tj ET BT /F 10 Tf 154.43 48 Td ({sum}) Tj ET") == Align::Right);
    // Middles at 100.
    CHECK(align("BT /F 10 Tf 88.88 60 Td (Total) Tj ET BT /F 10 Tf 87.215 48 Td ({sum}) Tj ET") == Align::Centre);
    // Alone, and in the middle of the page.
    CHECK(align("BT /F 10 Tf 87.215 48 Td ({sum}) Tj ET") == Align::Centre);
    CHECK(align("BT /F 10 Tf 60 48 Td ({sum}) Tj ET") == Align::Left);
}

TEST_CASE("a line reaches to what stands beside it, or to the frame around it", "[uploads][placeholders]") {
    const auto beside = found_in(sketch_of("BT /F 10 Tf 20 30 Td ({name}) Tj ET BT /F 10 Tf 120 30 Td (Total) Tj ET"));
    CHECK(beside.at(0).room_right.to_pt() == Approx(115).margin(0.1));
    const auto framed = found_in(sketch_of("10 20 90 30 re S BT /F 10 Tf 20 30 Td ({name}) Tj ET"));
    CHECK(framed.at(0).room_right.to_pt() == Approx(100.5 - 72 / 25.4).margin(0.1));
}

TEST_CASE("placeholders leave the page, all else keeps its place", "[uploads][placeholders]") {
    const auto sketch = sketch_of(
        "BT /F 10 Tf 14 TL 20 60 Td [(Dear {fi) 20 (rst_name}, hello)] TJ (Below) ' "
        "1 2 (Again {x} end) \" ET 0 0 1 rg 5 5 10 10 re f");
    const auto page = opened(sketch);
    const auto text = text_on(page.page);
    CHECK_THAT(text, Catch::Contains("Dear"));
    CHECK_THAT(text, Catch::Contains("Below"));
    CHECK_THAT(text, !Catch::Contains("first_name") && !Catch::Contains("{") && !Catch::Contains("}"));
    const auto before = imported(pdf_of(sketch)).at(0);
    CHECK(left_of("Below", page.page) == Approx(left_of("Below", before)).margin(0.01));
    CHECK(left_of("Again", page.page) == Approx(left_of("Again", before)).margin(0.01));
    REQUIRE(page.lines.size() == 2);
    const FieldLine& line = page.lines[0];
    CHECK(line.baseline.to_pt() == Approx(40));
    REQUIRE(line.parts.size() == 2);
    CHECK(line.parts[0].placeholder == "first_name");
    CHECK(line.parts[0].type.font == "Helvetica");
    CHECK(line.parts[1].placeholder.empty());
    // What follows is a form of its own, which shows it where it was.
    CHECK_THAT(text_on(part_of(page, 1)), Catch::Contains(", hello"));
    CHECK(left_of("hello", part_of(page, 1)) == Approx(left_of("hello", before)).margin(0.01));
}

TEST_CASE("text that moves keeps its font and colour, and looks as it did", "[uploads][placeholders]") {
    const auto sketch =
        sketch_of("q 0.5 0 0 0.5 10 10 cm BT /S cs 0.8 scn /F 20 Tf 90 Tz 40 60 Td ({a} moves on) Tj ET Q");
    auto own = sketch;
    own.resources = "<</Font<</F 5 0 R>>/ColorSpace<</S[/Separation/Gold/DeviceCMYK 6 0 R]>>>>";
    own.objects = {helvetica, "<</FunctionType 2/N 1/Domain[0 1]/C0[0 0 0 0]/C1[0 0.2 0.8 0.1]>>"};
    const auto page = opened(own);
    REQUIRE(page.lines.size() == 1);
    const LinePart& value = page.lines[0].parts.at(0);
    CHECK(value.type.spot == "Gold");
    CHECK(value.type.colour.parts[0] == 800);
    CHECK(value.type.alternate == Colour::cmyk(0, 200, 800, 100));
    CHECK(value.type.size.to_pt() == Approx(10));
    // Drawn over the page, the moved text and the page are the upload without its placeholder.
    const Workbench bench;
    own.content = "q 0.5 0 0 0.5 10 10 cm BT /S cs 0.8 scn /F 20 Tf 90 Tz 40 60 Td [-1224 ( moves on)] TJ ET Q";
    const auto expected = bench.write("expected.pdf", page_pdf(imported(pdf_of(own)).at(0)));
    const auto moved = bench.write("moved.pdf", page_pdf(part_of(page, 1)));
    CHECK(difference(drawn_by_poppler(moved, 0, 150, bench), drawn_by_poppler(expected, 0, 150, bench), 40) < 0.002);
}

TEST_CASE("a form that stands twice on the page loses its placeholder once and names it twice",
          "[uploads][placeholders]") {
    const auto page = opened(
        {.content = "/A Do q 1 0 0 1 0 40 cm /A Do Q",
         .resources = "<</XObject<</A 6 0 R>>>>",
         .objects = {helvetica, stream("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</F 5 0 R>>>>",
                                       "BT /F 10 Tf 20 30 Td (For {name}) Tj ET")}});
    CHECK(page.lines.size() == 2);
    CHECK_THAT(text_on(page.page), Catch::Contains("For") && !Catch::Contains("{"));
}

TEST_CASE("letters printed twice to look bolder go together", "[uploads][placeholders]") {
    const auto sketch = sketch_of("BT /F 10 Tf 20 30 Td ({name}) Tj ET BT /F 10 Tf 20.3 30 Td ({name}) Tj ET");
    CHECK(names_in(sketch) == "<name>");
    CHECK_THAT(text_on(opened(sketch).page), !Catch::Contains("name"));
}

TEST_CASE("a placeholder that stands turned is told and stays", "[uploads][placeholders]") {
    const auto sketch = sketch_of("BT /F 10 Tf 0 1 -1 0 50 20 Tm ({name}) Tj ET");
    const auto facts = found_in(sketch);
    REQUIRE(facts.size() == 1);
    CHECK_FALSE(facts[0].fillable);
    const auto page = opened(sketch);
    REQUIRE(page.lines.size() == 1);
    CHECK(page.lines[0].kept);
    CHECK_THAT(text_on(page.page), Catch::Contains("{name}"));
}

TEST_CASE("codes are taken out of strings of every kind", "[uploads][placeholders]") {
    using reader::without_codes;
    CHECK(without_codes("q (a\\(b) Tj Q", {{2, 1, 1, 500}}) == "q [<61> -500.000 <62>] TJ Q");
    CHECK(without_codes("[(ab) 5 <6364>]TJ", {{1, 0, 1, 250}, {8, 1, 1, 100}}) ==
          "[ -250.000 <62>5 <63> -100.000 ] TJ");
    CHECK(without_codes("1 2 (x)\" (y)'", {{4, 0, 1, 10}}) == "1 Tw 2 Tc T* [ -10.000 ] TJ (y)'");
    CHECK(without_codes("BI /W 1 ID (x)\nEI (x) Tj", {{18, 0, 1, 10}}) == "BI /W 1 ID (x)\nEI [ -10.000 ] TJ");
    CHECK(without_codes("(ab) Tj", {}) == "(ab) Tj");
}

}  // namespace pli::uploads
