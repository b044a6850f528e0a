#include "pipeline/press_layout.hpp"

#include <catch2/catch.hpp>

#include "pipeline/press_sheet.hpp"

/// Where letters stand on a press sheet, and what is said when they do not fit.

namespace {

using namespace pli;
using namespace pli::pipeline;

PressScheme on_sheet(Size sheet, std::uint32_t columns, std::uint32_t rows) {
    PressScheme scheme;
    scheme.paper = PressScheme::Paper::Sheet;
    scheme.sheet = sheet;
    scheme.arrangement.columns = columns;
    scheme.arrangement.rows = rows;
    return scheme;
}
PressScheme as_many_as_fit(std::string_view sheet) {
    auto scheme = on_sheet(named_sheet(sheet).value(), 0, 0);
    scheme.orientation = PressScheme::Orientation::WhicheverHoldsMore;
    return scheme;
}

std::string grid_on(std::string_view sheet) {
    return name_of(lay_out_press(as_many_as_fit(sheet)).value().arrangement);
}

}  // namespace

TEST_CASE("a sheet takes as many A4 as fit, in the orientation that holds more", "[pipeline]") {
    CHECK(grid_on("A4") == "1-up");
    CHECK(grid_on("SRA3") == "2x1 cut-and-stack");
    CHECK(grid_on("A3") == "2x1 cut-and-stack");
    CHECK(grid_on("b2") == "2x2 cut-and-stack");
    CHECK(lay_out_press(as_many_as_fit("B2")).value().media == Size{500_mm, 707_mm});
    CHECK(lay_out_press(as_many_as_fit("SRA3")).value().media == Size{450_mm, 320_mm});
}

TEST_CASE("a grid that does not fit its sheet is refused, saying by how many millimetres", "[pipeline]") {
    const auto wide = lay_out_press(on_sheet(sra3, 3, 1));
    REQUIRE_FALSE(wide);
    CHECK_THAT(wide.error().text(),
               Catch::Contains("3 columns of A4 need 630 mm, the sheet is 450 mm wide: 180 mm too little"));
    CHECK_THAT(wide.error().text(), Catch::Contains("fewer columns"));
    const auto high = lay_out_press(on_sheet(sra3, 2, 2));
    REQUIRE_FALSE(high);
    CHECK_THAT(high.error().text(), Catch::Contains("594 mm, the sheet is 320 mm high: 274 mm too little"));
    auto bleeding = on_sheet(a3, 2, 1);
    bleeding.bleed = 3_mm;
    bleeding.gutter = 6_mm;
    const auto bleed = lay_out_press(bleeding);
    REQUIRE_FALSE(bleed);
    CHECK_THAT(bleed.error().text(), Catch::Contains("with gutters of 6 mm and 3 mm on either side need 432 mm") &&
                                         Catch::Contains("12 mm too little"));
    CHECK_FALSE(lay_out_press(as_many_as_fit("A5")));
}

TEST_CASE("marks that were asked for are refused where the sheet has no room, else left out", "[pipeline]") {
    auto scheme = on_sheet(a3, 2, 1);
    CHECK_FALSE(lay_out_press(scheme).value().marks.slug);
    scheme.marks.wanted = scheme.marks.colour_bar = true;
    const auto refused = lay_out_press(scheme);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(),
               Catch::Contains("need 9 mm above and below the letters, there are 0 mm: 9 mm too little"));
}

TEST_CASE("cells stand apart by the gutter, centred, and each may bleed into its half of it", "[pipeline]") {
    auto scheme = on_sheet({707_mm, 500_mm}, 3, 1);
    scheme.bleed = 3_mm;
    scheme.gutter = 6_mm;
    const auto layout = lay_out_press(scheme).value();
    CHECK(layout.trim == Rect{{Length::mm(32.5), Length::mm(101.5)}, {642_mm, 297_mm}});
    CHECK(layout.cells[1].left() - layout.cells[0].right() == 6_mm);
    CHECK(layout.reach(1) == Rect{{layout.cells[1].left() - 3_mm, layout.cells[1].top() - 3_mm}, {216_mm, 303_mm}});
    CHECK_FALSE(layout.reach(0).overlaps(layout.reach(1)));
    scheme.gutter = Length{};  // one common cut: no bleed there
    const auto tight = lay_out_press(scheme).value();
    CHECK(tight.reach(0).right() == tight.cells[1].left());
    CHECK(tight.reach(0).left() == tight.cells[0].left() - 3_mm);
}

TEST_CASE("on a roll the page is as long as its rows unless a cut-off is said", "[pipeline]") {
    PressScheme roll;
    roll.paper = PressScheme::Paper::Roll;
    roll.sheet = {520_mm, {}};
    roll.arrangement.columns = 0;
    const auto layout = lay_out_press(roll).value();
    CHECK(layout.media == Size{520_mm, 297_mm});
    CHECK(name_of(layout.arrangement) == "2x1 cut-and-stack");
    CHECK(layout.room_beside);
    CHECK_FALSE(layout.room_above);
    roll.sheet.height = 610_mm;
    CHECK(name_of(lay_out_press(roll).value().arrangement) == "2x2 cut-and-stack");
    roll.arrangement = {2, 2};
    roll.sheet.height = 500_mm;
    CHECK_THAT(lay_out_press(roll).error().text(), Catch::Contains("94 mm too little"));
}

TEST_CASE("heads together: the upper row stands on its head; feet together: the lower one", "[pipeline]") {
    auto scheme = on_sheet({500_mm, 707_mm}, 2, 2);
    const auto turned = [&](Heads heads, Turn turn, bool back) {
        scheme.heads = heads;
        scheme.arrangement.turn = turn;
        const auto layout = lay_out_press(scheme).value();
        return std::vector<bool>{layout.turned(0, back), layout.turned(1, back), layout.turned(2, back),
                                 layout.turned(3, back)};
    };
    const std::vector<bool> none(4), all(4, true), upper{true, true, false, false}, lower{false, false, true, true};
    CHECK(turned(Heads::Upright, Turn::SideToSide, false) == none);
    CHECK(turned(Heads::Together, Turn::SideToSide, false) == upper);
    CHECK(turned(Heads::FeetTogether, Turn::SideToSide, false) == lower);
    CHECK(turned(Heads::Together, Turn::SideToSide, true) == upper);
    CHECK(turned(Heads::Upright, Turn::HeadToFoot, true) == all);
    // The lower row's back is above on the back; its head points where the front's does, the sheet having been turned over.
    CHECK(turned(Heads::Together, Turn::HeadToFoot, true) == upper);
}

TEST_CASE("a letter on its head is entered through its upper right corner", "[pipeline]") {
    auto scheme = on_sheet({500_mm, 707_mm}, 2, 2);
    scheme.heads = Heads::Together;
    const auto layout = lay_out_press(scheme).value();
    CHECK(enter_cell(layout, 0, false) == "q -1 0 0 -1 708.66 1843.94 cm 0 0 595.28 841.89 re W n\n");
    CHECK(enter_cell(layout, 2, false) == "q 1 0 0 1 113.39 160.16 cm 0 0 595.28 841.89 re W n\n");
}

TEST_CASE("every mark stands on the paper and outside the letters and their bleed", "[pipeline]") {
    auto scheme = on_sheet({500_mm, 707_mm}, 2, 2);
    scheme.bleed = 3_mm;
    scheme.gutter = 6_mm;
    scheme.marks = {true, true, true, true, {105_mm, 210_mm}, true};
    const auto layout = lay_out_press(scheme).value();
    const bool colour = GENERATE(true, false), back = GENERATE(true, false);
    const auto marks = press_marks(layout, back, colour);
    CHECK(marks.items.size() > 100);
    for (const auto& item : marks.items) {
        Rect extent;
        if (const auto* rule = std::get_if<Rule>(&item))
            extent = {{std::min(rule->from.x, rule->to.x), std::min(rule->from.y, rule->to.y)},
                      {std::max(rule->from.x, rule->to.x) - std::min(rule->from.x, rule->to.x),
                       std::max(rule->from.y, rule->to.y) - std::min(rule->from.y, rule->to.y)}};
        else
            extent = std::get<Fill>(item).box;
        CHECK(Rect{{}, layout.media}.contains(extent));
        for (std::uint32_t cell = 0; cell < 4; ++cell) CHECK_FALSE(layout.reach(cell).overlaps(extent));
    }
}
