#include "uploads/message.hpp"

#include <catch2/catch.hpp>

namespace pli::uploads {
namespace {

ImportedPages two_objects() {
    ImportedPages imported;
    imported.objects = {{"<< /Font  >>", {{9, 1}}}, {"<< /Type /Font >>", {}}};
    imported.pages = {{{210_mm, 297_mm}, 0}};
    return imported;
}

}  // namespace

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
    const auto refusal = unpack(pack(Error{Fault::Unsupported, "", "password", "remove it"}));
    REQUIRE(refusal);
    CHECK(std::get<Error>(*refusal).remedy == "remove it");
}

TEST_CASE("an answer cut short anywhere is refused", "[uploads]") {
    const std::string whole = pack(two_objects());
    for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(unpack(whole.substr(0, length)));
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
    imported.pages[0].size.width = 0_mm;
    CHECK_FALSE(unpack(pack(imported)));
    CHECK_FALSE(unpack(pack(Raster{1000, 1000, {1, 2, 3}})));
}

TEST_CASE("whatever byte of an answer is altered, reading it ends well", "[uploads]") {
    const std::string whole = pack(two_objects());
    int refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char value : {'\0', '\x7f', '\xff'}) {
            std::string altered = whole;
            altered[at] = value;
            if (!unpack(altered)) ++refused;
        }
    CHECK(refused > 0);
}

}  // namespace pli::uploads
