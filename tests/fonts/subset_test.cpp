#include "fonts/subset.hpp"

#include <hb-ot.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>

#include "base/release.hpp"
#include "tests/fonts/tiny_pdf.hpp"
#include "tests/fonts/workspace_fonts.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

/// A PDF showing a text in one face of a family, gone with the test.
struct Shown {
    OneStyle style;
    std::string path;
    Shown(const std::string& family, std::string_view text) : style({family, 400, false}) {
        path =
            (std::filesystem::temp_directory_path() / ("pli-subset-" + std::to_string(std::rand()) + ".pdf")).string();
        Shaper shaper(style.fonts);
        const auto runs = shaper.shape(style.chain, text, "fr").value();
        TinyPdf pdf(style.fonts.face(runs.at(0).face));
        for (const ShapedRun& run : runs) pdf.add(run.glyphs.data(), run.glyphs.size());
        pdf.write(path);
    }
    ~Shown() { std::filesystem::remove(path); }
};

/// A page as rows of grey pixels; `drawn` counts the dark ones.
int dark_pixels(const std::string& pgm) {
    int dark = 0;
    for (const char c : pgm.substr(std::min<std::size_t>(pgm.size(), 15))) dark += static_cast<std::uint8_t>(c) < 128;
    return dark;
}

using Font = Handle<hb_font_t, hb_font_destroy>;
using FontFace = Handle<hb_face_t, hb_face_destroy>;
using Blob = Handle<hb_blob_t, hb_blob_destroy>;

FontFace face_from(const std::string& bytes) {
    const Blob blob(
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    return FontFace(hb_face_create(blob.get(), 0));
}

std::array<int, 4> box_of(hb_face_t* face, std::uint16_t glyph) {
    const Font font(hb_font_create(face));
    hb_glyph_extents_t box{};
    hb_font_get_glyph_extents(font.get(), glyph, &box);
    return {box.x_bearing, box.y_bearing, box.width, box.height};
}

std::uint16_t glyph_of(const Face& face, char32_t c) {
    const Font font(hb_font_create(face.hb));
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(font.get(), c, &glyph);
    return static_cast<std::uint16_t>(glyph);
}

std::u32string text_of(const Face& face, char32_t c) {
    GlyphSet one;
    one.add(glyph_of(face, c));
    const auto texts = glyph_texts(face, one);
    return texts.empty() ? U"" : texts.begin()->second;
}

}  // namespace

TEST_CASE("a glyph set is a union: order leaves no trace", "[fonts]") {
    GlyphSet a, b;
    a.add(700);
    a.add(3);
    b.add(3);
    b.merge(a);
    CHECK(b.sorted() == std::vector<std::uint16_t>{3, 700});
    CHECK(b.contains(700));
    CHECK_FALSE(b.contains(701));
    CHECK_FALSE(b.contains(65535));
}

TEST_CASE("a subset keeps glyph ids and outlines, loses the other glyphs, and is the same bytes each time", "[fonts]") {
    for (const std::string family : {"Noto Sans", "Noto Sans CJK JP", "Nimbus Sans"}) {
        OneStyle style({family, 400, false});
        const Face& face = style.fonts.face(style.fonts.faces_of(style.chain)[0]);
        GlyphSet used;
        used.add(glyph_of(face, U'A'));
        used.add(glyph_of(face, U'\u00E9'));  // composed of other glyphs in TrueType
        const std::string program = subset(face, used).value();
        CHECK(program == subset(face, used).value());
        CHECK(program.size() < 600'000);
        const FontFace small = face_from(program);
        CAPTURE(family);
        CHECK(hb_face_get_glyph_count(small.get()) > glyph_of(face, U'\u00E9'));
        CHECK(box_of(small.get(), glyph_of(face, U'A')) == box_of(face.hb, glyph_of(face, U'A')));
        CHECK(box_of(small.get(), glyph_of(face, U'\u00E9')) == box_of(face.hb, glyph_of(face, U'\u00E9')));
        CHECK(box_of(small.get(), glyph_of(face, U'Z')) == std::array<int, 4>{});
    }
}

TEST_CASE("pdftotext reads embedded text back, with accents, ligatures and signs", "[fonts]") {
    const std::string text = "Chère Zoë, l’office affiné coûte 12,50 €";
    for (const std::string family :
         {"Noto Sans", "Liberation Serif", "Nimbus Sans", "DejaVu Sans", "Noto Sans CJK JP"}) {
        const Shown shown(family, text);
        CAPTURE(family);
        CHECK_THAT(test::output_of("pdftotext -layout " + shown.path + " -"), Catch::Contains(text));
        CHECK_THAT(test::output_of("qpdf --check " + shown.path),
                   Catch::Contains("No syntax or stream encoding errors"));
    }
}

TEST_CASE("poppler, MuPDF and Ghostscript draw TrueType and CFF subsets alike", "[fonts]") {
    const std::pair<const char*, const char*> samples[] = {
        {"Noto Sans", "Chère affiné"}, {"Nimbus Sans", "Chère affiné"}, {"Noto Sans CJK SC", "東京都 ABC"}};
    for (const auto& [family, text] : samples) {
        const Shown shown(family, text);
        CAPTURE(family);
        const int poppler = dark_pixels(test::output_of("pdftoppm -gray -r 72 " + shown.path));
        const int mupdf = dark_pixels(test::output_of("mutool draw -q -F pgm -c gray -r 72 -o - " + shown.path));
        const int gs = dark_pixels(test::output_of(
            "gs -q -dNOPAUSE -dBATCH -sDEVICE=pgmraw -r72 -dTextAlphaBits=4 -sOutputFile=- " + shown.path));
        CHECK(poppler > 500);
        CHECK(mupdf == Approx(poppler).epsilon(0.1));
        CHECK(gs == Approx(poppler).epsilon(0.1));
    }
}

TEST_CASE("a glyph that serves several characters tells the plain one", "[fonts]") {
    OneStyle style({"Liberation Sans", 400, false});
    const Face& face = style.fonts.face({0});
    REQUIRE(glyph_of(face, U'\u00A0') == glyph_of(face, U' '));
    CHECK(text_of(face, U'\u00A0') == U" ");
    REQUIRE(glyph_of(face, U'\u00AD') == glyph_of(face, U'-'));
    CHECK(text_of(face, U'\u00AD') == U"-");
    REQUIRE(glyph_of(face, U'\u2215') == glyph_of(face, U'\u2044'));
    CHECK(text_of(face, U'\u2215') == U"\u2044");
    CHECK(text_of(face, U'\uFB01') == U"fi");  // a presentation form is taken apart
    CHECK(text_of(face, U'\u0394') == U"\u0394");
}

namespace {

/// A CID-keyed font of few glyphs in which glyph n is CID n + 4, as in fonts made for one region.
std::string with_shifted_cids(const Face& face, const GlyphSet& used) {
    std::string font = subset(face, used).value();
    const std::string last_glyph = {static_cast<char>((used.sorted().back() - 1) >> 8),
                                    static_cast<char>(used.sorted().back() - 1)};
    const std::size_t charset = font.find(std::string("\2\0\1", 3) + last_glyph);
    REQUIRE(charset != std::string::npos);
    font[charset + 2] = 5;
    return font;
}

}  // namespace

TEST_CASE("a CID-keyed font that numbers CIDs apart from glyphs is embedded with both alike", "[fonts]") {
    OneStyle style({"Noto Sans CJK JP", 400, false});
    const Face& face = style.fonts.face({0});
    GlyphSet used;
    used.add(glyph_of(face, U'A'));
    used.add(glyph_of(face, U'\u6771'));
    const std::string shifted = with_shifted_cids(face, used);
    const FontFace shifted_face = face_from(shifted);
    Face regional = face;
    regional.hb = shifted_face.get();
    CHECK(subset(regional, used).value() == subset(face, used).value());
    CHECK(shifted != subset(face, used).value());
}
