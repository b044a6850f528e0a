#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/uploads/repair_bench.hpp"
#include "uploads/reader/substitutes.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

std::string set_in(const std::string& font, const std::string& text = "(Hamburgefonts) Tj") {
    return pdf_of({"BT /F 24 Tf 10 50 Td " + text + " ET", "", "[0 0 300 100]", "<</Font<</F<<" + font + ">>>>>>"});
}

std::string fonts_in(const std::string& pdf) {
    const Workbench bench;
    return run("pdffonts '" + bench.write("fonts.pdf", pdf) + "'").text;
}

const std::string helvetica = "/Type/Font/Subtype/Type1/BaseFont/Helvetica";

/// As drawn by poppler, which takes the same faces where a PDF brings none.
double changed_by(const std::string& pdf, const std::string& after) {
    return difference(picture_of(pdf), picture_of(after), 8);
}

}  // namespace

TEST_CASE("the standard fonts get faces of the same widths, and look as they did", "[uploads][repair][fonts]") {
    for (const std::string name :
         {"Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-BoldItalic", "Courier", "Courier-Oblique"}) {
        INFO(name);
        const auto pdf = set_in("/Type/Font/Subtype/Type1/BaseFont/" + name);
        const auto result = repaired(pdf, {"embed-fonts"});
        CHECK_THAT(deeds_of(result), Contains("embed-fonts: " + name + " is set in Nimbus"));
        CHECK_THAT(fonts_in(result.bytes), Contains("Type 1C           Custom           yes yes yes"));
        CHECK(text_in(result.bytes) == "Hamburgefonts");
        CHECK(complaints_about(result.bytes).empty());
        CHECK(changed_by(pdf, result.bytes) == 0);
    }
}

TEST_CASE("fonts of Windows are known by their many names; fonts that only begin like them are not",
          "[uploads][repair][fonts]") {
    using reader::family_named;
    for (const std::string name :
         {"/Arial", "/ArialMT", "/Arial-BoldMT", "/Arial,BoldItalic", "/ABCDEF+Arial-ItalicMT", "/TimesNewRoman",
          "/TimesNewRomanPSMT", "/TimesNewRomanPS-BoldItalicMT", "/Times New Roman,Bold", "/CourierNew",
          "/CourierNewPS-BoldMT", "/ArialNarrow-Bold", "/Symbol", "/SymbolMT", "/ZapfDingbats", "/ITCZapfDingbats"}) {
        INFO(name);
        const auto family = family_named(name);
        REQUIRE(family);
        CHECK(family->bold == (name.find("Bold") != std::string::npos));
        CHECK(family->italic == (name.find("Italic") != std::string::npos));
        for (const auto& file : family->files) CHECK(reader::SubstituteFace::open(file));
    }
    for (const std::string name : {"/HelveticaNeue", "/HelveticaNeueLTStd-Roman", "/ArialBlack", "/Arial-Black",
                                   "/ArialUnicodeMS", "/TimesTen-Roman", "/CourierStd10", "/SymbolSet", "/Tahoma", "/"})
        CHECK_FALSE(family_named(name));
}

TEST_CASE("the widths that a PDF gives stay, that of characters outside its list too", "[uploads][repair][fonts]") {
    const std::string widths = helvetica + "/FirstChar 65/LastChar 67/Widths[667 667 722]";
    for (const std::string descriptor :
         {"", "/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/Flags 32/MissingWidth 278>>"}) {
        const auto pdf = set_in(widths + descriptor, "(A BC) Tj");
        const auto result = repaired(pdf, {"embed-fonts"});
        CHECK(changed_by(pdf, result.bytes) == 0);
        CHECK(text_in(result.bytes) == (descriptor.empty() ? "ABC" : "A BC"));
    }
}

TEST_CASE("a font called Helvetica whose widths are not Helvetica's is refused where faces must fit exactly",
          "[uploads][repair][fonts]") {
    const auto pdf = set_in(helvetica + "/FirstChar 65/LastChar 67/Widths[500 667 722]", "(ABC) Tj");
    const auto error = repair_refusal(pdf, {"embed-fonts=exact"});
    CHECK(error.fault == Fault::Unsupported);
    CHECK_THAT(error.message, Contains("Helvetica (1 of its 3 characters are of another width in the PDF"));
    CHECK_THAT(deeds_of(repaired(pdf, {"embed-fonts"})),
               Contains("Helvetica is replaced by NimbusSans-Regular") && Contains("widths as before"));
}

TEST_CASE("every font whose characters nobody knows is named", "[uploads][repair][fonts]") {
    const auto pdf = pdf_of({"BT /F 24 Tf 10 50 Td (a) Tj /G 24 Tf <0041> Tj /H 24 Tf (b) Tj ET", "", "[0 0 300 100]",
                             "<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/Wingdings/Encoding/WinAnsiEncoding>>"
                             "/G<</Type/Font/Subtype/Type0/BaseFont/Frutiger/Encoding/Identity-H/DescendantFonts"
                             "[<</Type/Font/Subtype/CIDFontType2/BaseFont/Frutiger>>]>>"
                             "/H<</Type/Font/Subtype/TrueType/BaseFont/Tahoma>>>>>>"});
    const auto error = repair_refusal(pdf, {"embed-fonts"});
    CHECK_THAT(error.message, Contains("Wingdings") && Contains("Frutiger") && !Contains("Tahoma"));
    CHECK_THAT(error.remedy, Contains("embed all fonts"));
}

TEST_CASE("a font that is named and never used leaves the resources", "[uploads][repair][fonts]") {
    const auto result = repaired(set_in("/Type/Font/Subtype/TrueType/BaseFont/Tahoma", ""), {"embed-fonts"});
    CHECK(deeds_of(result) == "embed-fonts: Tahoma is named but never used, and was taken out\n");
    CHECK_THAT(fonts_in(result.bytes), !Contains("Tahoma"));
}

/// Widths for a list of codes, so that poppler sets both the PDF and its repair by the same.
std::string widths_of(const std::string& face, const std::vector<std::pair<int, char32_t>>& codes) {
    const auto opened = reader::SubstituteFace::open(face);
    REQUIRE(opened);
    std::vector<double> widths(256);
    for (const auto& [code, character] : codes)
        widths[static_cast<std::size_t>(code)] = opened->width(opened->glyph_of(character).value());
    return fmt::format("/FirstChar 0/LastChar 255/Widths[{:.3f}]", fmt::join(widths, " "));
}

TEST_CASE("names in /Differences choose the characters", "[uploads][repair][fonts]") {
    const std::vector<std::pair<int, char32_t>> codes{{1, 0x20AC}, {2, 0xE9}, {3, 0x141}, {65, 0xDF}, {66, 'B'}};
    const std::string encoding =
        "/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding"
        "/Differences[1/Euro/eacute/Lslash 65/germandbls]>>";
    const std::string fonts = "/usr/share/fonts/";
    for (const std::string& font : {helvetica + widths_of(fonts + "opentype/urw-base35/NimbusSans-Regular.otf", codes),
                                    "/Type/Font/Subtype/TrueType/BaseFont/ArialMT" +
                                        widths_of(fonts + "truetype/liberation/LiberationSans-Regular.ttf", codes)}) {
        const auto pdf = set_in(font + encoding, "<0102034142> Tj");
        const auto result = repaired(pdf, {"embed-fonts"});
        CHECK(text_in(result.bytes) == "€éŁßB");
        CHECK(changed_by(pdf, result.bytes) < 0.02);  // poppler places the euro by its own table
    }
}

TEST_CASE("an Arial in the encoding of Windows shows accents, dashes and the euro", "[uploads][repair][fonts]") {
    const std::vector<std::pair<int, char32_t>> codes{{0x20, ' '},  {0x80, 0x20AC}, {0x96, 0x2013}, {0xE9, 0xE9},
                                                      {0xFC, 0xFC}, {0xDF, 0xDF},   {0x95, 0x2022}};
    const auto pdf = set_in("/Type/Font/Subtype/TrueType/BaseFont/Arial,Bold/Encoding/WinAnsiEncoding" +
                                widths_of("/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf", codes),
                            "(\\200 \\226 \\351\\374\\337 \\225) Tj");
    const auto result = repaired(pdf, {"embed-fonts"});
    CHECK(text_in(result.bytes) == "€ – éüß •");
    CHECK_THAT(fonts_in(result.bytes), Contains("LiberationSans-Bold"));
    CHECK(changed_by(pdf, result.bytes) < 0.02);  // poppler draws another bullet
}

TEST_CASE("Symbol and ZapfDingbats keep their own encodings, sign by sign", "[uploads][repair][fonts]") {
    std::string all;
    for (int code = 0x21; code < 0xFF; ++code)
        if (code < 0x7F || code > 0xA0) all += fmt::format("{:02X}", code);
    for (const std::string name : {"Symbol", "ZapfDingbats"}) {
        INFO(name);
        const auto pdf =
            pdf_of({"BT /F 6 Tf 5 80 Td 8 TL <" + all.substr(0, 120) + "> Tj T* <" + all.substr(120, 120) +
                        "> Tj T* <" + all.substr(240) + "> Tj ET",
                    "", "[0 0 400 100]", "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/" + name + ">>>>>>"});
        const auto result = repaired(pdf, {"embed-fonts"});
        CHECK(changed_by(pdf, result.bytes) == 0);
        CHECK(complaints_about(result.bytes).empty());
    }
}

TEST_CASE("a form that inherits its font, and one set by a graphics state, lose no character",
          "[uploads][repair][fonts]") {
    const std::string form =
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 100]/Resources<</Font<</F 6 0 R>>>>"
        "/Length 28>>\nstream\nBT 10 10 Td (inherited) Tj ET\nendstream";
    const auto pdf = pdf_of({"/F 24 Tf /X Do /G gs BT 10 60 Td (state) Tj ET",
                             "",
                             "[0 0 300 100]",
                             "<</Font<</F 6 0 R>>/XObject<</X 5 0 R>>/ExtGState<</G<</Font[6 0 R 24]>>>>>>",
                             "",
                             {form, "<<" + helvetica + ">>"}});
    CHECK(text_in(repaired(pdf, {"embed-fonts"}).bytes) == "state inherited");
}

TEST_CASE("a form field's text is drawn in the page and its font embedded", "[uploads][repair][fonts]") {
    const std::string look = "<</Type/XObject/Subtype/Form/BBox[0 0 190 30]/Resources<</Font<</H<<" + helvetica +
                             ">>>>>>/Length 34>>\nstream\nBT /H 12 Tf 5 9 Td (Erika) Tj ET   \nendstream";
    const auto pdf = pdf_of({"",
                             "/Annots[5 0 R]",
                             "[0 0 300 100]",
                             "<<>>",
                             "/AcroForm<</Fields[5 0 R]>>",
                             {"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Erika)/F 4/Rect[10 10 200 40]"
                              "/AP<</N 6 0 R>>>>",
                              look}});
    const auto result = repaired(pdf, {"embed-fonts"});
    CHECK(text_in(result.bytes) == "Erika");
    CHECK_THAT(fonts_in(result.bytes), Contains("NimbusSans-Regular"));
}

TEST_CASE("the same text embeds the same bytes", "[uploads][repair][fonts]") {
    const auto pdf = set_in(helvetica);
    CHECK(repaired(pdf, {"embed-fonts"}).bytes == repaired(pdf, {"embed-fonts"}).bytes);
}

}  // namespace pli::uploads
