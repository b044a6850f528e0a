#include "uploads/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "tests/uploads/test_pdf.hpp"

namespace pli::uploads {
namespace {

Survey surveyed(const std::string& pdf) {
    auto seen = survey(pdf, "flyer.pdf");
    if (!seen) FAIL(seen.error().text());
    return *std::move(seen);
}
PageFacts page_of(const Sketch& sketch) { return surveyed(pdf_of(sketch)).pages.at(0); }

void check_box(const Rect& box, double left, double top, double width, double height) {
    CHECK(box.left().to_pt() == Approx(left).margin(0.01));
    CHECK(box.top().to_pt() == Approx(top).margin(0.01));
    CHECK(box.size.width.to_pt() == Approx(width).margin(0.01));
    CHECK(box.size.height.to_pt() == Approx(height).margin(0.01));
}

constexpr const char* helvetica = "<</Font<</F 5 0 R>>>>";
const std::vector<std::string> one_font{"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"};

std::string words_in(const PageFacts& page) {
    std::string words;
    for (const TextMark& mark : page.texts) words += (words.empty() ? "" : "|") + mark.text;
    return words;
}

std::string stream(const std::string& dictionary, const std::string& data) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", dictionary, data.size(), data);
}

}  // namespace

TEST_CASE("words are told with place, size and colour", "[uploads][survey]") {
    const auto page = page_of({.content = "BT /F 10 Tf 0 1 0 0 k 20 30 Td (Dear) Tj 0 0 0 rg ( Jane) Tj ET",
                               .resources = helvetica,
                               .objects = one_font});
    CHECK(words_in(page) == "Dear|Jane");
    const TextMark& dear = page.texts.at(0);
    CHECK(dear.baseline.x.to_pt() == Approx(20));
    CHECK(dear.baseline.y.to_pt() == Approx(70));
    CHECK(dear.size.to_pt() == Approx(10));
    CHECK(dear.colour == PageColour{Ink::Cmyk, false, 4, {0, 1, 0, 0}});
    // Widths of Helvetica: D 722, e 556, a 556, r 333.
    CHECK(dear.box.size.width.to_pt() == Approx(21.67).margin(0.01));
    CHECK(page.texts.at(1).colour == PageColour{Ink::Rgb, false, 3, {0, 0, 0}});
    CHECK(page.texts.at(1).baseline.x.to_pt() == Approx(20 + 21.67 + 2.78).margin(0.01));
}

TEST_CASE("a word stays one word over pieces, operators and kerning", "[uploads][survey]") {
    const auto page = page_of({.content = "BT /F 10 Tf 20 30 Td [(Mus) 20 (ter) -15 (ma)] TJ (nn) Tj "
                                          "[( ) -300 (AG) -400 (Bonn)] TJ ET",
                               .resources = helvetica,
                               .objects = one_font});
    CHECK(words_in(page) == "Mustermann|AG|Bonn");
}

TEST_CASE("a rotated page in units of its own is told in upright millimetres", "[uploads][survey]") {
    const auto page = page_of({.content = "BT /F 10 Tf 0 1 -1 0 50 30 Tm (Up) Tj ET 20 10 30 40 re f",
                               .page = "/Rotate 90 /UserUnit 2 /CropBox [10 10 190 90]",
                               .resources = helvetica,
                               .objects = one_font});
    CHECK(page.rotation == 90);
    CHECK(page.user_unit == 2);
    CHECK(page.size.width.to_pt() == Approx(160));
    CHECK(page.size.height.to_pt() == Approx(360));
    // Rotated clockwise: x becomes downwards, y becomes rightwards.
    check_box(page.paths.at(0).box, 0, 20, 80, 60);
    const TextMark& word = page.texts.at(0);
    CHECK(word.degrees == Approx(0).margin(0.01));
    CHECK(word.size.to_pt() == Approx(20));
    CHECK(word.baseline.x.to_pt() == Approx(40));
    CHECK(word.baseline.y.to_pt() == Approx(80));
}

TEST_CASE("lines are told with the width they have on paper, whatever scales them", "[uploads][survey]") {
    const auto page = page_of({.content = "0.25 w 10 10 m 60 10 l S q 0.1 0 0 0.1 0 0 cm 1 w 0 0.4 0 0 K "
                                          "100 200 m 600 200 l S Q 0 w 1 0 0 RG 10 50 20 20 re S"});
    REQUIRE(page.paths.size() == 3);
    CHECK(page.paths[0].stroke->to_pt() == Approx(0.25).margin(0.001));
    CHECK_FALSE(page.paths[0].filled);
    CHECK(page.paths[1].stroke->to_pt() == Approx(0.1).margin(0.001));
    CHECK(page.paths[1].stroke_colour == PageColour{Ink::Cmyk, false, 4, {0, 0.4F, 0, 0}});
    CHECK(page.paths[2].stroke == Length{});
    check_box(page.paths[2].box, 10, 30, 20, 20);
}

TEST_CASE("pictures are told with the resolution they print at", "[uploads][survey]") {
    const std::string pixels(30 * 20 * 3, 'x');
    const auto page = page_of({.content = "q 72 0 0 24 10 20 cm /I Do Q "
                                          "q 36 0 0 36 100 20 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q 0 0 5 5 re f",
                               .resources = "<</XObject<</I 5 0 R>>>>",
                               .objects = {stream("/Type/XObject/Subtype/Image/Width 30/Height 20/BitsPerComponent 8"
                                                  "/ColorSpace/DeviceRGB/Mask[0 0 0 0 0 0]",
                                                  pixels)}});
    REQUIRE(page.pictures.size() == 2);
    CHECK(page.pictures[0].columns == 30);
    CHECK(page.pictures[0].pixels_per_inch_x == Approx(30));
    CHECK(page.pictures[0].pixels_per_inch_y == Approx(60));
    CHECK(page.pictures[0].colour.ink == Ink::Rgb);
    CHECK(page.pictures[0].masked);
    check_box(page.pictures[0].box, 10, 56, 72, 24);
    CHECK(page.pictures[1].inlined);
    CHECK(page.pictures[1].pixels_per_inch_x == Approx(4));
    CHECK(page.paths.size() == 1);  // what follows the inline picture is read as content again
}

TEST_CASE("marks have the box that is left of them, and hidden ones say so", "[uploads][survey]") {
    const auto page = page_of({.content = "q 50 0 50 100 re W n 0 10 200 10 re f Q 300 10 20 20 re f "
                                          "BT 3 Tr /F 10 Tf 20 30 Td (scan) Tj ET",
                               .resources = helvetica,
                               .objects = one_font});
    check_box(page.paths.at(0).box, 50, 80, 50, 10);
    CHECK(page.paths.at(0).visible);
    CHECK_FALSE(page.paths.at(1).visible);
    CHECK_FALSE(page.texts.at(0).visible);
    CHECK(page.texts.at(0).text == "scan");
}

TEST_CASE("colours say what they are made of", "[uploads][survey]") {
    const auto seen = surveyed(pdf_of(
        {.content = "/S cs 0.5 scn 0 0 9 9 re f /N cs 1 1 scn 0 0 9 9 re f /C cs 0.2 0.3 0.4 sc 0 0 9 9 re f "
                    "/L cs 50 1 2 scn 0 0 9 9 re f 0.5 g 0 0 9 9 re f /P cs /T scn 0 0 9 9 re f",
         .resources = "<</ColorSpace<</S[/Separation/Gold#20Ink/DeviceCMYK 6 0 R]/N[/DeviceN[/A/B]/DeviceCMYK 6 0 R]"
                      "/C[/ICCBased 5 0 R]/L[/Lab<</WhitePoint[0.9 1 0.8]>>]/P/Pattern>>"
                      "/Pattern<</T 7 0 R>>>>",
         .objects = {stream("/N 3", "no profile"),
                     stream("/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]", "{0 0 0}"),
                     stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>",
                            "1 0 0 rg 0 0 2 2 re f")}}));
    const auto& paths = seen.pages.at(0).paths;
    REQUIRE(paths.size() == 7);
    CHECK(paths[0].colour.ink == Ink::Spot);
    CHECK(seen.document.inks.at(paths[0].colour.name) == "Gold Ink");
    CHECK(paths[0].colour.parts[0] == 0.5F);
    CHECK(paths[1].colour.ink == Ink::Inks);
    CHECK(paths[2].colour == PageColour{Ink::Rgb, true, 3, {0.2F, 0.3F, 0.4F}});
    CHECK(paths[3].colour.ink == Ink::Lab);
    CHECK(paths[4].colour == PageColour{Ink::Grey, false, 1, {0.5F}});
    CHECK(paths[5].colour.ink == Ink::Pattern);
    // What is in the pattern's cell covers all that was painted with it.
    CHECK(paths[6].colour == PageColour{Ink::Rgb, false, 3, {1, 0, 0}});
    CHECK(paths[6].box == paths[5].box);
}

TEST_CASE("forms within forms are walked, and a form that draws itself ends", "[uploads][survey]") {
    const auto page = page_of({.content = "q 2 0 0 2 10 10 cm /A Do Q",
                               .resources = "<</XObject<</A 5 0 R>>>>",
                               .objects = {stream("/Type/XObject/Subtype/Form/BBox[0 0 20 20]/Matrix[1 0 0 1 5 5]"
                                                  "/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>",
                                                  "/B Do /A Do /A Do"),
                                           stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 50 5 re f")}});
    REQUIRE_FALSE(page.paths.empty());
    check_box(page.paths[0].box, 20, 70, 40, 10);
}

TEST_CASE("hidden layers leave no marks, and are told", "[uploads][survey]") {
    const auto seen = surveyed(pdf_of(
        {.content = "/OC /Draft BDC 0 0 9 9 re f BT /F 9 Tf (DRAFT) Tj ET EMC 20 20 9 9 re f",
         .resources = "<</Properties<</Draft 6 0 R>>/Font<</F 5 0 R>>>>",
         .catalog =
             "/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]/AS[<</Event/Print/Category[/Print]/OCGs[7 0 R]>>]>>>>",
         .objects = {one_font[0], "<</Type/OCG/Name(Draft)>>",
                     "<</Type/OCG/Name(Screen)/Usage<</Print<</PrintState/OFF>>>>>>"}}));
    CHECK(seen.pages.at(0).paths.size() == 1);
    CHECK(seen.pages.at(0).texts.empty());
    REQUIRE(seen.document.layers.size() == 2);
    CHECK(seen.document.layers[0].hidden);
    CHECK_FALSE(seen.document.layers[0].screen_differs);
    CHECK(seen.document.layers[1].hidden);
    CHECK(seen.document.layers[1].screen_differs);
}

TEST_CASE("scripts, actions, files, fields and annotations are told", "[uploads][survey]") {
    const auto seen = surveyed(pdf_of(
        {.page = "/Annots[6 0 R 7 0 R]",
         .catalog = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AcroForm<</Fields[6 0 R]>>"
                    "/Names<</EmbeddedFiles<</Names[(a) 8 0 R]>>>>"
                    "/OutputIntents[<</S/GTS_PDFX/OutputConditionIdentifier(FOGRA51)>>]",
         .objects = {
             "null",
             "<</Type/Annot/Subtype/Widget/FT/Tx/T(city)/V(Bonn)/Rect[10 10 60 20]/F 4/AA<</K<</S/Launch/F(x)>>>>>>",
             "<</Type/Annot/Subtype/Link/Rect[100 50 120 60]/A<</S/URI/URI(http://x.example)>>>>",
             "<</Type/Filespec/UF(virus.exe)/F(virus.exe)/EF<</F 9 0 R>>>>", stream("/Type/EmbeddedFile", "MZ")}}));
    const DocumentFacts& document = seen.document;
    CHECK(document.version == "1.7");
    CHECK(document.scripts == 1);
    CHECK(document.launches == 1);
    CHECK(document.outside_actions == 1);
    CHECK(document.embedded_files == std::vector<std::string>{"virus.exe"});
    REQUIRE(document.fields.size() == 1);
    CHECK(document.fields[0].name == "city");
    CHECK(document.fields[0].value == "Bonn");
    CHECK(document.output_intents.at(0).condition == "FOGRA51");
    const auto& annotations = seen.pages.at(0).annotations;
    REQUIRE(annotations.size() == 2);
    CHECK(annotations[0].kind == "Widget");
    CHECK(annotations[0].prints);
    CHECK_FALSE(annotations[1].prints);
    check_box(annotations[1].box, 100, 40, 20, 10);
}

TEST_CASE("bleed is what reaches beyond the trim, crop marks beside it are not", "[uploads][survey]") {
    const auto page =
        page_of({.content = "0 0 1 rg -5 0 120 100 re f 0 0 0 RG 0 50 m 8 50 l S", .page = "/TrimBox[10 10 190 90]"});
    CHECK(page.bleed_room.left.to_pt() == Approx(10));
    CHECK(page.bleed.left.to_pt() == Approx(10));
    CHECK(page.bleed.top.to_pt() == Approx(10));
    CHECK(page.bleed.right == Length{});
}

TEST_CASE("a file that asks for a million marks is told in part", "[uploads][survey]") {
    std::string content;
    for (int i = 0; i < 500'000; ++i) content += "0 0 1 1 re f\n";
    const auto page = page_of({.content = content});
    CHECK(page.truncated);
    CHECK(page.paths.size() <= 400'000);
}

TEST_CASE("text is read through every kind of encoding", "[uploads][survey]") {
    const std::string content = "BT /F 10 Tf 20 30 Td (ab\\344) Tj ET";
    const auto words = [&](const std::vector<std::string>& objects, const std::string& shown) {
        return words_in(page_of({.content = shown, .resources = helvetica, .objects = objects}));
    };
    CHECK(words({"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}, content) == "abä");
    CHECK(words({"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/MacRomanEncoding>>"}, content) == "ab‰");
    CHECK(words({"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[97/Euro/f_f_i 228/uni1E9E]>>>>"},
                content) == "€ffiẞ");
    CHECK(words({"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
                 stream("",
                        "1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfrange <61> <62> <0041>"
                        "<e4> <e4> [<00660066>] endbfrange")},
                content) == "ABff");
    CHECK(words({"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2"
                 "/BaseFont/X/DW 500>>]/ToUnicode 6 0 R>>",
                 stream("",
                        "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <0003> <0061> "
                        "endbfrange")},
                "BT /F 10 Tf 20 30 Td <000100020003> Tj ET") == "abc");
    CHECK(words({"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniGB-UCS2-H/DescendantFonts[<</Subtype/CIDFontType0"
                 "/BaseFont/X>>]>>"},
                "BT /F 10 Tf 20 30 Td <4E2D6587> Tj ET") == "中文");
}

TEST_CASE("a glyph whose character nobody tells is a mark without text", "[uploads][survey]") {
    const auto page = page_of({.content = "BT /F 10 Tf 20 30 Td <00010002> Tj ET",
                               .resources = helvetica,
                               .objects = {"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts"
                                           "[<</Subtype/CIDFontType2/BaseFont/X/DW 500>>]>>"}});
    REQUIRE(page.texts.size() == 1);
    CHECK(page.texts[0].text.empty());
    CHECK_FALSE(page.texts[0].text_known);
    CHECK(page.texts[0].box.size.width.to_pt() == Approx(10));
}

namespace {

struct Word {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::string text;
};

double attribute(const std::string& line, const std::string& name) {
    const auto at = line.find(name + "=\"");
    return at == std::string::npos ? 0 : std::atof(line.c_str() + at + name.size() + 2) * 25.4 / 72;
}

/// The words of one page as poppler finds them, in mm.
std::vector<Word> words_by_poppler(const std::string& file, int page) {
    std::istringstream lines(run(fmt::format("pdftotext -bbox -f {0} -l {0} '{1}' -", page, file)).text);
    std::vector<Word> words;
    for (std::string line; std::getline(lines, line);) {
        const auto start = line.find("\">");
        if (line.find("<word ") == std::string::npos || start == std::string::npos) continue;
        std::string text = line.substr(start + 2, line.rfind("</word>") - start - 2);
        words.push_back({attribute(line, "xMin"), attribute(line, "yMin"), attribute(line, "xMax"),
                         attribute(line, "yMax"), std::move(text)});
    }
    return words;
}

bool stands_there(const TextMark& mark, const Word& word) {
    const double y = mark.baseline.y.to_mm();
    return mark.text == word.text && std::abs(mark.box.left().to_mm() - word.left) <= 0.3 &&
           std::abs(mark.box.right().to_mm() - word.right) <= 0.3 && y > word.top && y < word.bottom + 0.3;
}

}  // namespace

TEST_CASE("words stand where pdftotext finds them, within 0.3 mm", "[uploads][survey][corpora]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (corpora == nullptr) {
        WARN("skipped: set PLI_CORPORA to the folder of test files");
        return;
    }
    std::size_t all = 0, found = 0;
    for (const char* name :
         {"opf__125619", "pdfbox__test-landscape2", "pdfjs__openoffice", "pypdfsamples__google-doc-document",
          "pdfparser__RichDocument_Generated_by_Libreoffice-6.4_PDF-v1.4", "pypdfsamples__crazyones-pdfa",
          "zugferd__acme_invoice-42_ZUGFeRD", "pdfplumber__senate-expenditures"}) {
        const std::string file = fmt::format("{}/pdf/good/{}.pdf", corpora, name);
        const auto seen = surveyed(file_bytes(file));
        std::size_t here = 0;
        const auto words = words_by_poppler(file, 1);
        for (const Word& word : words)
            here +=
                std::ranges::any_of(seen.pages.at(0).texts, [&](const auto& mark) { return stands_there(mark, word); });
        std::cout << fmt::format("  {}: {} of {} words\n", name, here, words.size());
        all += words.size();
        found += here;
    }
    CHECK(all > 1000);
    CHECK(found * 100 >= all * 97);  // the rest: words that one of the two parts at a wide kern, entities of XML
}

}  // namespace pli::uploads
