#include "fonts/subset.hpp"

#include <catch2/catch.hpp>

#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

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
