#include "fonts/shaper.hpp"

#include <catch2/catch.hpp>

#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

TEST_CASE("a word is shaped once and looked up afterwards", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const Word* word = shaper.word(style.chain, "Mustermann").value();
    CHECK(word->glyph_count == 10);
    CHECK(word == shaper.word(style.chain, "Mustermann").value());
    CHECK_FALSE(word->needs_text);
}
