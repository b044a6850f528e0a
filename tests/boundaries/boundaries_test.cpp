#include <catch2/catch.hpp>
#include <string>

#include "tests/boundaries/house_rules.hpp"

namespace {

using pli::house::broken_rules;
using pli::house::House;

/// The smallest house that keeps every rule: two rooms, one library.
House small_house() {
    return {
        {"CMakeLists.txt", "foreach(room base render tests)\n"},
        {"base/README.md", "# base\nMay include: fmt\n"},
        {"base/text.hpp", "#include <string>\n#include <fmt/format.h>\n"},
        {"render/README.md", "# render\nMay include: base, cairo\n"},
        {"render/draw.cpp", "#include <cairo-ft.h>\n#include <unistd.h>\n\n#include \"base/text.hpp\"\n"},
        {"tests/render/draw_test.cpp", "#include <catch2/catch.hpp>\n#include <cairo.h>\n"},
    };
}

void finds(const House& house, const std::string& finding) {
    const auto findings = broken_rules(house);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front() == finding);
}

TEST_CASE("every room of this house includes only what its README names", "[boundaries]") {
    const auto house = pli::house::read_house(".");
    REQUIRE(house.contains("base/length.hpp"));  // run from the source folder
    for (const auto& finding : broken_rules(house)) FAIL_CHECK(finding);
}

TEST_CASE("a house that keeps the rules is left in peace", "[boundaries]") {
    CHECK(broken_rules(small_house()).empty());
}

TEST_CASE("a room that its README does not name cannot be included", "[boundaries]") {
    auto house = small_house();
    house["base/text.cpp"] = "// first line\n  #  include \"render/draw.hpp\"\n";
    finds(house, "base/text.cpp:2: includes render/draw.hpp of render, which base/README.md does not name");
}

TEST_CASE("a library that the README does not name cannot be included", "[boundaries]") {
    auto house = small_house();
    house["render/deep/codes.cpp"] = "#include <qrencode.h>\n";
    finds(house, "render/deep/codes.cpp:1: includes qrencode.h of qrencode, which render/README.md does not name");
}

TEST_CASE("a header that belongs to no known library is pointed out", "[boundaries]") {
    auto house = small_house();
    house["render/strange.cpp"] = "#include <strange/thing.h>\n";
    finds(house, "render/strange.cpp:1: <strange/thing.h> is of no known library");
}

TEST_CASE("an include says from which room its file is", "[boundaries]") {
    auto house = small_house();
    house["render/near.cpp"] = "#include \"draw.hpp\"\n";
    finds(house, "render/near.cpp:1: \"draw.hpp\" does not begin with a room");
}

TEST_CASE("a second room with the same library needs a page in docs/decisions", "[boundaries]") {
    auto house = small_house();
    house["render/README.md"] = "May include: base, cairo, fmt\n";
    house["render/draw.cpp"] += "#include <fmt/format.h>\n";
    finds(house, "fmt: included by base, render, but docs/decisions shares it among none");
    house["docs/decisions/004-shared.md"] = "Shared library: fmt: base, render\n";
    CHECK(broken_rules(house).empty());
}

TEST_CASE("a README cannot allow a room that stands later in the house", "[boundaries]") {
    auto house = small_house();
    house["base/README.md"] = "May include: fmt, render\n";
    finds(house, "base/README.md: may not name render, which does not stand before it");
}

TEST_CASE("a README does not keep a library that nobody includes any more", "[boundaries]") {
    auto house = small_house();
    house["render/README.md"] = "May include: base, cairo, zint.\n";
    finds(house, "render/README.md: names zint, but no file includes it");
}

TEST_CASE("a misspelt name in a README is pointed out", "[boundaries]") {
    auto house = small_house();
    house["render/README.md"] = "May include: base, cairo, harfbuz\n";
    finds(house, "render/README.md: harfbuz is neither a room nor a known library");
}

TEST_CASE("every room has a README with its line", "[boundaries]") {
    auto house = small_house();
    house.erase("render/README.md");
    finds(house, "render: has no README.md");
    house["render/README.md"] = "# render\n";
    finds(house, "render/README.md: has no line \"May include:\"");
}

TEST_CASE("a folder with C++ in it is a room and stands in the order of the house", "[boundaries]") {
    auto house = small_house();
    house["attic/old.cpp"] = "int x;\n";
    finds(house, "attic: holds C++ but is no room of the top CMakeLists.txt");
}

TEST_CASE("a folder with a line of its own is a room within the room, and its parent does not get its libraries",
          "[boundaries]") {
    auto house = small_house();
    house["render/child/README.md"] = "May include: base, qpdf, render\n";
    house["render/child/main.cpp"] = "#include <qpdf/QPDF.hh>\n#include \"render/draw.hpp\"\n";
    CHECK(broken_rules(house).empty());
    house["render/draw.cpp"] += "#include \"render/child/main.hpp\"\n";
    finds(house,
          "render/draw.cpp:5: includes render/child/main.hpp of render/child, which render/README.md does not name");
}

TEST_CASE("a file of more than 600 lines is pointed out, in tests too", "[boundaries]") {
    auto house = small_house();
    house["tests/render/long_test.cpp"].append(600, '\n');
    CHECK(broken_rules(house).empty());
    house["tests/render/long_test.cpp"] += "\n";
    finds(house, "tests/render/long_test.cpp: 601 lines, a file holds at most 600");
}

}  // namespace
