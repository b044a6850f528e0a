#include "fonts/font_set.hpp"

#include <catch2/catch.hpp>

#include "tests/fonts/workspace_fonts.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

constexpr const char* noto = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";

/// The font with another value of OS/2 fsType.
std::string with_embedding_rights(std::string font, char low_byte) {
    const auto u32 = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(font[at + i]);
        return value;
    };
    const std::size_t entry = font.find("OS/2");
    font[u32(entry + 8) + 9] = low_byte;
    return font;
}

Error error_of(const std::string& folder, const FaceQuery& query) {
    FontSet fonts({folder, {}});
    const auto chain = fonts.chain(query);
    REQUIRE_FALSE(chain);
    return chain.error();
}

}  // namespace

TEST_CASE("a family is found by weight and slant, with its own metrics", "[fonts]") {
    FontSet fonts({"", {}});
    const Face& regular = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans", 400, false}).value())[0]);
    CHECK(regular.postscript_name == "NotoSans-Regular");
    CHECK(regular.units_per_em == 1000);
    CHECK(regular.ascender == 1069);
    CHECK(regular.descender == -293);
    CHECK(regular.cap_height == 714);
    CHECK(regular.x_height == 536);
    CHECK(regular.italic_angle == 0);
    CHECK_FALSE(regular.cff);
    const Face& italic = fonts.face(fonts.faces_of(fonts.chain({"noto sans", 600, true}).value())[0]);
    CHECK(italic.postscript_name == "NotoSans-BoldItalic");
    CHECK(italic.weight == 700);
    CHECK(italic.italic);
    CHECK(italic.italic_angle == -12);
}

TEST_CASE("the same request gives the same chain, and a face has one number in all chains", "[fonts]") {
    FontSet fonts({"", {"Noto Sans", "Noto Sans Hebrew"}});
    const ChainId first = fonts.chain({"Liberation Sans", 400, false}).value();
    CHECK(fonts.chain({"Liberation Sans", 400, false}).value() == first);
    const ChainId second = fonts.chain({"Noto Sans", 400, false}).value();
    REQUIRE(fonts.faces_of(first).size() == 3);
    REQUIRE(fonts.faces_of(second).size() == 2);
    CHECK(fonts.faces_of(second)[0] == fonts.faces_of(first)[1]);
    CHECK(fonts.faces_of(second)[1] == fonts.faces_of(first)[2]);
    CHECK(fonts.face_count() == 3);
}

TEST_CASE("a fallback without an italic lends its upright, and a missing fallback is passed over", "[fonts]") {
    FontSet fonts({"", {"No Such Family", "Noto Sans Arabic"}});
    const auto& faces = fonts.faces_of(fonts.chain({"Noto Sans", 700, true}).value());
    REQUIRE(faces.size() == 2);
    CHECK(fonts.face(faces[1]).postscript_name == "NotoSansArabic-Bold");
}

TEST_CASE("a family that is not installed is an error that names what is near and what to install", "[fonts]") {
    const Error misspelt = error_of("", {"Noto Snas", 400, false});
    CHECK(misspelt.fault == Fault::NotFound);
    CHECK_THAT(misspelt.text(), Catch::Contains("no font named \"Noto Snas\"") && Catch::Contains("Noto Sans"));
    const Error absent = error_of("", {"Noto Sans Klingon", 400, false});
    CHECK_THAT(absent.text(), Catch::Contains("fonts-noto-core"));
    CHECK_THAT(error_of("", {"Helvetica Neue", 400, false}).text(), Catch::Contains("the workspace's folder fonts/"));
}

TEST_CASE("fontconfig's substitutes are never taken: Arial is an error, not Liberation Sans", "[fonts]") {
    CHECK(error_of("", {"Arial", 400, false}).fault == Fault::NotFound);
}

TEST_CASE("the workspace's own file comes before the system's font of the same name", "[fonts]") {
    const test::Folder folder;
    folder.write("any-name.ttf", test::read_file(noto));
    folder.write("OFL.txt", "a licence is not a font");
    FontSet fonts({folder.path(), {}});
    // the system has a bold, the workspace's own family has not: own files win all the same
    const Face& face = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans", 700, false}).value())[0]);
    CHECK(face.file == folder / "any-name.ttf");
    CHECK(face.weight == 400);
}

TEST_CASE("a broken font file in the workspace is named", "[fonts]") {
    const test::Folder folder;
    folder.write("broken.ttf", "this is not a font");
    const Error error = error_of(folder.path(), {"Noto Sans", 400, false});
    CHECK(error.fault == Fault::BadInput);
    CHECK_THAT(error.where, Catch::EndsWith("broken.ttf"));
}

TEST_CASE("a font cut off in the middle is refused or set without reading past its end", "[fonts]") {
    const std::string whole = test::read_file(noto);
    for (const std::size_t size : {12u, 200u, 4'000u, 40'000u, 300'000u}) {
        const test::Folder folder;
        folder.write("cut.ttf", whole.substr(0, size));
        FontSet fonts({folder.path(), {}});
        const auto chain = fonts.chain({"Noto Sans", 400, false});
        if (!chain) {
            CHECK(chain.error().fault == Fault::BadInput);
            continue;
        }
        fonts.freeze();
        Shaper shaper(fonts);
        const auto word = shaper.word(*chain, "Erika");
        CHECK((word ? (*word)->glyph_count == 5 : word.error().fault == Fault::MissingGlyph));
    }
}

TEST_CASE("a web font is refused with the remedy", "[fonts]") {
    const test::Folder folder;
    folder.write("brand.woff2", "wOF2");
    CHECK_THAT(error_of(folder.path(), {"Brand", 400, false}).text(), Catch::Contains("TTF or OTF"));
}

TEST_CASE("a font whose licence bits forbid embedding is refused, one for preview and print is taken", "[fonts]") {
    const test::Folder folder;
    folder.write("own.ttf", with_embedding_rights(test::read_file(noto), 2));
    const Error error = error_of(folder.path(), {"Noto Sans", 400, false});
    CHECK(error.fault == Fault::BadInput);
    CHECK_THAT(error.message, Catch::Contains("fsType"));
    folder.write("own.ttf", with_embedding_rights(test::read_file(noto), 4));
    FontSet fonts({folder.path(), {}});
    CHECK(fonts.chain({"Noto Sans", 400, false}));
}

TEST_CASE("every glyph of a face has its width, in collections of 65,000 glyphs too", "[fonts]") {
    FontSet fonts({"", {}});
    const Face& cjk = fonts.face(fonts.faces_of(fonts.chain({"Noto Sans CJK JP", 400, false}).value())[0]);
    CHECK(cjk.cff);
    CHECK(cjk.widths.size() > 60'000);
    CHECK(cjk.family == "Noto Sans CJK JP");
}
