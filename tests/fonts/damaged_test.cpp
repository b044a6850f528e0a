#include <catch2/catch.hpp>
#include <random>

#include "fonts/face_file.hpp"
#include "fonts/outlines.hpp"
#include "fonts/subset.hpp"
#include "tests/fonts/font_files.hpp"
#include "tests/fonts/tiny_pdf.hpp"
#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

/// What comes of a file put into the workspace as own.ttf.
Result<ChainId> chain_of(const test::Folder& folder, FontSet& fonts, const std::string& bytes,
                         const std::string& family = "Noto Sans") {
    folder.write("own.ttf", bytes);
    fonts = FontSet({folder.path(), {}});
    return fonts.chain({family, 400, false});
}

std::string reason_for(const PatchedFont& font) {
    const test::Folder folder;
    FontSet fonts({"", {}});
    const auto chain = chain_of(folder, fonts, font.bytes());
    return chain ? "taken" : chain.error().text();
}

PatchedFont noto() { return PatchedFont(test::read_file(noto_file)); }

/// Everything Pli does with a font it has taken.
void use(FontSet& fonts, ChainId chain) {
    fonts.freeze();
    Shaper shaper(fonts);
    const Face& face = fonts.face(fonts.faces_of(chain)[0]);
    GlyphSet used;
    for (const char* text : {"Erika", "1.234,50", "\u00C9t\u00E9", "Office"}) {
        const auto word = shaper.word(chain, text);
        if (!word) continue;
        for (std::uint32_t i = 0; i < (*word)->glyph_count; ++i) used.add((*word)->glyphs[i].id);
    }
    for (const std::uint16_t glyph : used.sorted()) outline_of(face, glyph);
    const auto program = subset(face, used);
    CHECK((program || program.error().fault == Fault::BadInput));
}

}  // namespace

TEST_CASE("fonts that a PDF cannot hold are refused by what they are, whatever their name", "[fonts]") {
    const test::Folder folder;
    FontSet fonts({"", {}});
    for (const std::string& web : {std::string("wOFF\0\1\0\0", 8), std::string("wOF2\0\1\0\0", 8)})
        CHECK_THAT(chain_of(folder, fonts, web).error().text(),
                   Catch::Contains("web font") && Catch::Contains("TTF or OTF"));
    for (const std::string& type1 : {std::string("%!PS-AdobeFont-1.0: Utopia"), std::string("\x80\x01\x20\0", 4)})
        CHECK_THAT(chain_of(folder, fonts, type1).error().text(), Catch::Contains("Type 1") && Catch::Contains("OTF"));
    folder.write("old.pfb", "\x80\x01");
    CHECK_THAT(chain_of(folder, fonts, noto().bytes()).error().where, Catch::EndsWith("old.pfb"));
}

TEST_CASE("a font of bitmaps or colour alone is refused with the remedy", "[fonts]") {
    CHECK_THAT(reason_for(noto().rename("glyf", "CBDT").rename("loca", "CBLC")),
               Catch::Contains("pictures") && Catch::Contains("outlines"));
    // colour layers over outlines that draw nothing: every offset of loca is 0
    PatchedFont empty = noto().rename("GSUB", "COLR");
    for (std::size_t at = 0; at + 1 < empty.u32(empty.entry("loca") + 12); ++at)
        empty.bytes()[empty.table("loca") + at] = 0;
    CHECK_THAT(reason_for(empty), Catch::Contains("pictures"));
}

TEST_CASE("damaged tables are found when the font is opened, and told apart", "[fonts]") {
    CHECK_THAT(reason_for(noto().set_u16(noto().table("head") + 12, 0)), Catch::Contains("head is damaged"));
    CHECK_THAT(reason_for(noto().set_u16(noto().table("head") + 18, 0)), Catch::Contains("units to the em"));
    CHECK_THAT(reason_for(noto().set_u16(noto().table("hhea") + 34, 60'000)), Catch::Contains("hhea is damaged"));
    CHECK_THAT(reason_for(noto().shorten("hmtx", 40)), Catch::Contains("hmtx"));
    CHECK_THAT(reason_for(noto().shorten("loca", 40)), Catch::Contains("loca ends early"));
    CHECK_THAT(reason_for(noto().shorten("glyf", 4000)), Catch::Contains("outside its table"));
    CHECK_THAT(reason_for(noto().set_u16(noto().glyph(36) + 10, 60'000)), Catch::Contains("outline of glyph 36"));
    CHECK_THAT(reason_for(noto().rename("cmap", "cmaq")), Catch::Contains("maps no characters"));
}

TEST_CASE("a glyph made of itself is an error, not an endless loop", "[fonts]") {
    FontSet fonts({"", {}});
    const Face& face = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans", 400, false}).value())[0]);
    const HbFont font(hb_font_create(face.hb));
    hb_codepoint_t composed = 0;
    PatchedFont patched = noto();
    for (const hb_codepoint_t c : {0xE9u, 0xC9u, 0xC0u, 0x1EA4u}) {
        hb_font_get_nominal_glyph(font.get(), c, &composed);
        if (patched.u16(patched.glyph(composed)) >= 0x8000) break;
    }
    REQUIRE(patched.u16(patched.glyph(composed)) >= 0x8000);  // a composite
    patched.set_u16(patched.glyph(composed) + 12, composed);  // its first component
    CHECK_THAT(reason_for(patched), Catch::Contains("outline of glyph"));
}

TEST_CASE("licence bits decide: refused, whole, or cut down", "[fonts]") {
    CHECK_THAT(reason_for(noto().set_rights(2)), Catch::Contains("may not be embedded"));
    CHECK_THAT(reason_for(noto().set_rights(0x200)), Catch::Contains("bitmaps alone"));
    CHECK_THAT(reason_for(noto().set_rights(0x204)), Catch::Contains("bitmaps alone"));
    for (const unsigned type : {0u, 4u, 8u, 6u /* the least restrictive counts */})
        CHECK(reason_for(noto().set_rights(type)) == "taken");
    for (const bool whole : {false, true}) {
        const test::Folder folder;
        FontSet fonts({"", {}});
        const ChainId chain = chain_of(folder, fonts, noto().set_rights(whole ? 0x108 : 8).bytes()).value();
        const Face& face = fonts.face(fonts.faces_of(chain)[0]);
        CHECK(face.whole == whole);
        GlyphSet one;
        one.add(36);
        const std::string program = subset(face, one).value();
        CHECK((program.size() > 300'000) == whole);
        CHECK((program.find("GSUB") < 600) == whole);  // in the table directory
    }
}

TEST_CASE("two faces of one collection are two fonts in the set and in the PDF", "[fonts]") {
    FontSet fonts({"", {}});
    const Face& japanese = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans CJK JP", 400, false}).value())[0]);
    const Face& korean = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans CJK KR", 400, false}).value())[0]);
    CHECK(japanese.file == korean.file);
    CHECK(japanese.index != korean.index);
    CHECK(japanese.postscript_name != korean.postscript_name);
    GlyphSet one;
    one.add(100);
    CHECK(subset(japanese, one).value().size() > 500);
    Face whole = korean;
    whole.whole = true;  // one face of the collection, not the collection
    const std::string program = subset(whole, one).value();
    CHECK(program.substr(0, 4) == "OTTO");
    CHECK(program.size() < test::read_file(collection_file).size());
}

TEST_CASE("fonts with bytes changed at random are refused or used, and nothing crashes", "[fonts]") {
    const auto [file, family] = GENERATE(table<std::string, std::string>(
        {{"/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "Liberation Sans"},
         {cff_file, "Nimbus Sans"},
         {variable_file, "Inter"}}));
    const std::string whole = test::read_file(file);
    REQUIRE(whole.size() > 10'000);
    std::mt19937 random(5);
    const test::Folder folder;
    int taken = 0, refused = 0;
    for (int round = 0; round < 60; ++round) {
        std::string bytes = whole;
        const std::size_t reach = round % 3 == 0 ? 512 : round % 3 == 1 ? 20'000 : bytes.size();
        for (int change = 0; change < 1 + round % 8; ++change) bytes[random() % reach] = static_cast<char>(random());
        if (round % 10 == 9) bytes.resize(random() % bytes.size());
        FontSet fonts({"", {}});
        const auto chain = chain_of(folder, fonts, bytes, family);
        ++(chain ? taken : refused);
        if (chain) use(fonts, *chain);
    }
    CAPTURE(file, taken, refused);
    CHECK(taken > 0);
    CHECK(refused > 0);
}
