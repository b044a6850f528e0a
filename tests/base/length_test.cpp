#include "base/length.hpp"

#include <catch2/catch.hpp>

using namespace pli;

TEST_CASE("a millimetre and a point keep their ratio exactly where PDF needs it", "[base]") {
    CHECK((25.4_mm).to_centipoints() == 7200);
    CHECK((210_mm).to_centipoints() == 59528);
    CHECK((-1_pt).to_centipoints() == -100);
    CHECK(Length::mm(0.1) + Length::mm(0.2) == Length::mm(0.3));
}

TEST_CASE("rectangles that only touch do not overlap", "[base]") {
    const Rect left{{0_mm, 0_mm}, {10_mm, 10_mm}};
    CHECK_FALSE(left.overlaps({{10_mm, 0_mm}, {5_mm, 5_mm}}));
    CHECK(left.overlaps({{9.9_mm, 0_mm}, {5_mm, 5_mm}}));
    CHECK(left.contains({{0_mm, 0_mm}, {10_mm, 10_mm}}));
}
