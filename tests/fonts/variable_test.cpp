#include <hb-ot.h>

#include <catch2/catch.hpp>
#include <set>

#include "fonts/face_file.hpp"
#include "fonts/outlines.hpp"
#include "fonts/subset.hpp"
#include "tests/fonts/font_files.hpp"
#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

const Face& face_of(FontSet& fonts, const FaceQuery& query) {
    return fonts.face(fonts.faces_of(fonts.chain(query).value())[0]);
}

FaceQuery inter(int weight, bool italic = false) { return {"Inter", weight, italic}; }

std::uint16_t glyph_of(const Face& face, char32_t c) {
    const HbFont font(hb_font_create(face.hb));
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(font.get(), c, &glyph);
    return static_cast<std::uint16_t>(glyph);
}

bool same_outline(const std::vector<OutlineStep>& a, const std::vector<OutlineStep>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const OutlineStep& x, const OutlineStep& y) { return x.kind == y.kind && x.at == y.at; });
}

}  // namespace

TEST_CASE("a variable font gives a face for each weight asked for, and one only for the same weight", "[fonts]") {
    FontSet fonts({"", {}});
    const Face &light = face_of(fonts, inter(350)), &heavy = face_of(fonts, inter(850));
    CHECK(&light == &face_of(fonts, inter(350)));
    CHECK(light.weight == 350);
    CHECK(light.axes == std::vector<AxisValue>{{"wght", 350}});
    CHECK(light.postscript_name == "Inter_350wght");
    CHECK(heavy.widths[glyph_of(heavy, U'A')] > light.widths[glyph_of(light, U'A')]);
    CHECK(face_of(fonts, inter(700)).postscript_name == "Inter-Bold");
    CHECK(face_of(fonts, inter(1000)).axes[0].value == 900);  // as bold as the font goes
    CHECK(face_of(fonts, inter(700, true)).italic);
    CHECK_FALSE(face_of(fonts, inter(700)).italic);
}

TEST_CASE("a named instance is found however its name is spaced, a wrong one is answered with the list", "[fonts]") {
    FontSet fonts({"", {}});
    FaceQuery query = inter(400);
    query.instance = "semibold";
    CHECK(face_of(fonts, query).weight == 600);
    query.instance = "Ultra";
    CHECK_THAT(fonts.chain(query).error().text(),
               Catch::Contains("no instance \"Ultra\"") && Catch::Contains("Thin") && Catch::Contains("Semi Bold"));
}

TEST_CASE("axes have to be the font's own and in its range", "[fonts]") {
    FontSet fonts({"", {}});
    FaceQuery query = inter(400);
    query.axes = {{"wght", 650}};
    CHECK(face_of(fonts, query).weight == 650);
    query.axes = {{"wght", 2000}};
    CHECK_THAT(fonts.chain(query).error().text(), Catch::Contains("wght 100 to 900"));
    query.axes = {{"opsz", 12}};
    CHECK_THAT(fonts.chain(query).error().text(), Catch::Contains("no axis opsz"));
    query.family = "Liberation Sans";
    CHECK_THAT(fonts.chain(query).error().text(), Catch::Contains("is not a variable font"));
}

TEST_CASE("an instance is shaped, measured, drawn and embedded as HarfBuzz draws the variable font", "[fonts]") {
    const int weight = GENERATE(100, 350, 400, 650, 900);
    FontSet fonts({"", {}});
    const ChainId chain = fonts.chain(inter(weight)).value();
    fonts.freeze();
    const Face& face = fonts.face(fonts.faces_of(chain)[0]);
    const HbFont oracle = shaping_font(face);
    Shaper shaper(fonts);
    GlyphSet used;
    for (const char* text : {"AVATAR", "To.", "W\u00F6rter", "11:30", "1.234,50"}) {
        const Word& word = *shaper.word(chain, text).value();
        const Handle<hb_buffer_t, hb_buffer_destroy> buffer(hb_buffer_create());
        hb_buffer_add_utf8(buffer.get(), text, -1, 0, -1);
        hb_buffer_guess_segment_properties(buffer.get());
        hb_shape(oracle.get(), buffer.get(), nullptr, 0);
        std::int32_t advance = 0;
        unsigned count = 0;
        const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
        for (unsigned i = 0; i < count; ++i) advance += places[i].x_advance;
        CAPTURE(weight, text);
        CHECK(word.advance == advance);
        CHECK(word.glyph_count == count);
        for (std::uint32_t i = 0; i < word.glyph_count; ++i) used.add(word.glyphs[i].id);
    }
    for (std::size_t glyph = 0; glyph < face.widths.size(); ++glyph)
        REQUIRE(face.widths[glyph] == hb_font_get_glyph_h_advance(oracle.get(), static_cast<hb_codepoint_t>(glyph)));
    const std::string program = subset(face, used).value();
    CHECK(program == subset(face, used).value());
    const HbBlob blob(hb_blob_create(program.data(), static_cast<unsigned>(program.size()), HB_MEMORY_MODE_READONLY,
                                     nullptr, nullptr));
    const HbFace embedded(hb_face_create(blob.get(), 0));
    CHECK(hb_ot_var_has_data(embedded.get()) == 0);
    Face printed = face;
    printed.hb = embedded.get();
    for (const std::uint16_t glyph : used.sorted())
        CHECK(same_outline(outline_of(printed, glyph), outline_of(face, glyph)));
}

TEST_CASE("a variable font with CFF2 outlines is refused with the remedy", "[fonts]") {
    const test::Folder folder;
    folder.write("own.ttf", PatchedFont(test::read_file(variable_file)).rename("glyf", "CFF2").bytes());
    FontSet fonts({folder.path(), {}});
    const auto chain = fonts.chain(inter(400));
    REQUIRE_FALSE(chain);
    CHECK(chain.error().fault == Fault::Unsupported);
    CHECK_THAT(chain.error().text(), Catch::Contains("CFF2") && Catch::Contains("static OTF"));
}

TEST_CASE("a static file of the weight wanted comes before the variable font of the family", "[fonts]") {
    const test::Folder folder;
    folder.write("a-variable.ttf", test::read_file(variable_file));
    FontSet made({folder.path(), {}});
    const Face& bold = face_of(made, inter(700));
    unsigned size = 0;
    const HbBlob blob(hb_face_reference_blob(bold.hb));
    const char* bytes = hb_blob_get_data(blob.get(), &size);
    folder.write("z-bold.ttf", {bytes, size});
    FontSet fonts({folder.path(), {}});
    CHECK_THAT(face_of(fonts, inter(700)).file, Catch::EndsWith("z-bold.ttf"));
    CHECK_THAT(face_of(fonts, inter(600)).file, Catch::EndsWith("a-variable.ttf"));
}
