#include "uploads/message.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace pli::uploads {
namespace {

ImportedPages two_objects() {
    ImportedPages imported;
    imported.objects = {{"<< /Font  >>", {{9, 1}}}, {"<< /Type /Font >>", {}}};
    imported.pages = {{{210_mm, 297_mm}, 0}};
    return imported;
}

Survey one_of_each() {
    Survey survey;
    survey.document.version = "1.7";
    survey.document.fonts = {{"Helvetica", FontKind::Type1, false, true}};
    survey.document.inks = {"Gold"};
    survey.document.layers = {{"Draft", true, false}};
    PageFacts page;
    page.size = {210_mm, 297_mm};
    page.boxes = {{"MediaBox", {0, 0, 595, 842}}};
    TextMark text;
    text.text = "Dear";
    text.size = 11_pt;
    text.baseline = {25_mm, 100_mm};
    PathMark line;
    line.stroke = 0.1_mm;
    line.stroke_colour = {Ink::Spot, false, 1, {0.5F}, 0};
    PictureMark picture;
    picture.columns = 640;
    picture.pixels_per_inch_x = 72.5;
    picture.coding = "DCTDecode";
    page.texts = {text};
    page.paths = {line};
    page.pictures = {picture};
    survey.pages = {page};
    return survey;
}

}  // namespace

TEST_CASE("a survey survives the way from child to parent", "[uploads]") {
    const auto reply = unpack(pack(one_of_each()));
    REQUIRE(reply);
    const auto& survey = std::get<Survey>(*reply);
    CHECK(survey.document.fonts.at(0).name == "Helvetica");
    CHECK(survey.document.layers.at(0).hidden);
    const PageFacts& page = survey.pages.at(0);
    CHECK(page.boxes.at(0).corners[3] == 842);
    CHECK(page.texts.at(0).text == "Dear");
    CHECK(page.texts.at(0).baseline == Point{25_mm, 100_mm});
    CHECK(page.paths.at(0).stroke == 0.1_mm);
    CHECK(page.paths.at(0).stroke_colour == PageColour{Ink::Spot, false, 1, {0.5F}, 0});
    CHECK(page.pictures.at(0).pixels_per_inch_x == 72.5);
    CHECK(page.pictures.at(0).coding == "DCTDecode");
}

TEST_CASE("a survey that names a font, an ink or a kind that is not there is refused", "[uploads]") {
    auto survey = one_of_each();
    survey.pages[0].texts[0].font = 1;
    CHECK_FALSE(unpack(pack(survey)));
    survey = one_of_each();
    survey.pages[0].paths[0].stroke_colour.name = 1;
    CHECK_FALSE(unpack(pack(survey)));
    survey = one_of_each();
    survey.pages[0].paths[0].colour.count = 5;
    CHECK_FALSE(unpack(pack(survey)));
    survey = one_of_each();
    survey.document.fonts[0].kind = static_cast<FontKind>(99);
    CHECK_FALSE(unpack(pack(survey)));
    survey = one_of_each();
    survey.pages[0].pictures[0].pixels_per_inch_x = std::numeric_limits<double>::infinity();
    CHECK_FALSE(unpack(pack(survey)));
}

TEST_CASE("pages, pixels and refusals survive the way from child to parent", "[uploads]") {
    const auto pages = unpack(pack(two_objects()));
    REQUIRE(pages);
    const auto& imported = std::get<ImportedPages>(*pages);
    CHECK(imported.objects[0].bytes == "<< /Font  >>");
    CHECK(imported.objects[0].references[0].offset == 9);
    CHECK(imported.objects[0].references[0].object == 1);
    CHECK(imported.pages[0].size == Size{210_mm, 297_mm});
    const auto raster = unpack(pack(Raster{1, 2, {1, 2, 3, 4, 5, 6}}));
    REQUIRE(raster);
    CHECK(std::get<Raster>(*raster).rgb[5] == 6);
    const auto spots = unpack(pack(SpotsSeen{{{{"code", "another"}, "words", 0.5}, {}}}));
    REQUIRE(spots);
    CHECK(std::get<SpotsSeen>(*spots).spots[0].codes[1] == "another");
    CHECK_FALSE(unpack(pack(SpotsSeen{{{{}, {}, 1.5}}})));
    const auto refusal = unpack(pack(Error{Fault::Unsupported, "", "password", "remove it"}));
    REQUIRE(refusal);
    CHECK(std::get<Error>(*refusal).remedy == "remove it");
}

TEST_CASE("an answer cut short anywhere is refused", "[uploads]") {
    const std::string whole = pack(two_objects());
    for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(unpack(whole.substr(0, length)));
    const std::string seen = pack(one_of_each());
    for (std::size_t length = 0; length < seen.size(); ++length) CHECK_FALSE(unpack(seen.substr(0, length)));
    CHECK_FALSE(unpack(whole + "x"));
}

TEST_CASE("an answer whose numbers point nowhere is refused", "[uploads]") {
    auto imported = two_objects();
    imported.objects[0].references[0].object = 2;
    CHECK_FALSE(unpack(pack(imported)));
    imported = two_objects();
    imported.objects[0].references[0].offset = 1000;
    CHECK_FALSE(unpack(pack(imported)));
    imported = two_objects();
    imported.pages[0].form = 7;
    CHECK_FALSE(unpack(pack(imported)));
    imported = two_objects();
    imported.pages[0].field_lines.emplace_back();  // a line of nothing
    CHECK_FALSE(unpack(pack(imported)));
    imported.pages[0].field_lines[0].parts.push_back({"", 2, 0_mm, 9_mm, {}});
    CHECK_FALSE(unpack(pack(imported)));
    imported.pages[0].field_lines[0].parts[0].form = 1;
    CHECK(unpack(pack(imported)));
    imported.pages[0].field_lines[0].parts[0].placeholder = "name";  // of no size
    CHECK_FALSE(unpack(pack(imported)));
    imported = two_objects();
    imported.pages[0].size.width = 0_mm;
    CHECK_FALSE(unpack(pack(imported)));
    CHECK_FALSE(unpack(pack(Raster{1000, 1000, {1, 2, 3}})));
}

TEST_CASE("whatever byte of an answer is altered, reading it ends well", "[uploads]") {
    for (const std::string& whole : {pack(two_objects()), pack(one_of_each())}) {
        int refused = 0;
        for (std::size_t at = 0; at < whole.size(); ++at)
            for (const char value : {'\0', '\x7f', '\xff'}) {
                std::string altered = whole;
                altered[at] = value;
                if (!unpack(altered)) ++refused;
            }
        CHECK(refused > 0);
    }
}

}  // namespace pli::uploads
