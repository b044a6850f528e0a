#include "pipeline/imposition.hpp"

#include <catch2/catch.hpp>
#include <map>

namespace {

using namespace pli;
using namespace pli::pipeline;

const Arrangement one_up, two_up{2, 1};

/// Pieces with these numbers of pages; a page's content is its running number.
PieceList pieces_of(Sides sides, const std::vector<std::uint32_t>& pages) {
    PieceList pieces(sides);
    std::uint32_t content = 0;
    for (const auto count : pages) {
        pieces.add_piece();
        for (std::uint32_t page = 0; page < count; ++page) pieces.add_page({content++});
    }
    return pieces;
}

std::vector<PressSide> all_sides(const PieceList& pieces, const Stacking& stacking) {
    std::vector<PressSide> sides;
    PressSides walk(pieces, stacking);
    for (PressSide side; walk.next(side);) sides.push_back(side);
    return sides;
}

/// A letter sheet after the cut: what its front and its back show.
struct CutSheet {
    Cell front, back;
};

/// What the guillotine and the operator do. A press sheet is turned over on its upright or its level axis, so the paper
/// behind a cell of the front is the mirrored cell of the back. Lifts are cut one after the other; within a lift the cells'
/// piles go under each other, or the strips are merged sheet by sheet.
std::vector<CutSheet> cut_and_stack(const std::vector<PressSide>& sides, const Stacking& stacking, bool duplex) {
    const auto& grid = stacking.arrangement;
    const auto sheet_at = [&](std::uint32_t press_sheet, std::uint32_t row, std::uint32_t column) {
        const auto& front = sides[press_sheet * (duplex ? 2u : 1u)];
        CutSheet sheet{front.cells[row * grid.columns + column], {}};
        if (!duplex) return sheet;
        const auto& back = sides[press_sheet * 2u + 1u];
        const bool sideways = grid.turn == Turn::SideToSide;
        const auto back_row = sideways ? row : grid.rows - 1 - row;
        const auto back_column = sideways ? grid.columns - 1 - column : column;
        sheet.back = back.cells[back_row * grid.columns + back_column];
        return sheet;
    };
    std::vector<CutSheet> stack;
    for (const auto& lift : stacking.lifts) {
        const auto end = lift.first_press_sheet + lift.press_sheets;
        const auto cut = [&](std::uint32_t press_sheet, std::uint32_t cell) {
            stack.push_back(sheet_at(press_sheet, cell / grid.columns, cell % grid.columns));
        };
        if (grid.method == Method::CutAndStack)
            for (std::uint32_t cell = 0; cell < grid.cells(); ++cell)
                for (auto sheet = lift.first_press_sheet; sheet < end; ++sheet) cut(sheet, cell);
        else
            for (auto sheet = lift.first_press_sheet; sheet < end; ++sheet)
                for (std::uint32_t cell = 0; cell < grid.cells(); ++cell) cut(sheet, cell);
    }
    return stack;
}

/// The pages in the order a reader of the stack meets them, as running numbers.
std::vector<std::uint32_t> read(const std::vector<CutSheet>& stack, const PieceList& pieces) {
    std::vector<std::uint32_t> pages;
    for (const auto& sheet : stack)
        for (const auto& cell : {sheet.front, sheet.back})
            if (cell.shows == Cell::Shows::Page) pages.push_back(pieces.content(cell.piece, cell.page).object);
    return pages;
}

std::vector<std::uint32_t> counted_to(std::uint32_t end) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t n = 0; n < end; ++n) numbers.push_back(n);
    return numbers;
}

/// Sizes that differ without a clock or chance: 1 to 7 pages.
std::vector<std::uint32_t> mixed_sizes(std::uint32_t count) {
    std::vector<std::uint32_t> pages;
    for (std::uint32_t n = 0; n < count; ++n) pages.push_back(1 + n * n * 5 % 7);
    return pages;
}

}  // namespace

TEST_CASE("after cutting and stacking two-up sheets the pages lie in their original order", "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto count = GENERATE(0u, 1u, 2u, 3u, 4u, 5u, 17u, 100u, 101u);
    const auto pieces = pieces_of(sides, mixed_sizes(count));
    const auto stacking = stack(pieces, two_up);
    const auto cut = cut_and_stack(all_sides(pieces, stacking), stacking, sides == Sides::Duplex);
    CHECK(read(cut, pieces) == counted_to(pieces.total_pages()));
}

TEST_CASE("whatever the grid, the order of its cells, the turn and the depth of its piles, cut sheets lie in order",
          "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto turn = GENERATE(Turn::SideToSide, Turn::HeadToFoot);
    const auto method = GENERATE(Method::CutAndStack, Method::InSequence);
    const auto depth = GENERATE(0u, 1u, 4u, 7u, 50u);
    const auto count = GENERATE(0u, 1u, 2u, 7u, 64u, 101u);
    const auto pieces = pieces_of(sides, mixed_sizes(count));
    for (const auto& [columns, rows] : {std::pair{1u, 1u}, {2u, 1u}, {1u, 2u}, {2u, 2u}, {3u, 2u}, {5u, 4u}}) {
        const Arrangement arrangement{columns, rows, method, turn, depth};
        const auto stacking = stack(pieces, arrangement);
        const auto cut = cut_and_stack(all_sides(pieces, stacking), stacking, sides == Sides::Duplex);
        INFO(name_of(arrangement) << ", depth " << depth);
        CHECK(read(cut, pieces) == counted_to(pieces.total_pages()));
        for (const auto& sheet : cut)  // a back belongs to its front
            CHECK((sheet.back.shows != Cell::Shows::Page || sheet.back.piece == sheet.front.piece));
    }
}

TEST_CASE("no pile is deeper than asked, unless a single piece is", "[pipeline]") {
    const auto depth = GENERATE(3u, 7u, 20u);
    const auto pieces = pieces_of(Sides::Simplex, mixed_sizes(300));
    const auto stacking = stack(pieces, {3, 2, Method::CutAndStack, Turn::SideToSide, depth});
    REQUIRE(stacking.piles.size() == stacking.lifts.size() * 6);
    for (const auto& pile : stacking.piles) CHECK((pile.sheets <= depth || pile.end_piece - pile.first_piece == 1));
    CHECK(stacking.lifts.size() > 1);
}

TEST_CASE("a pile ends with fewer blanks than the longest piece has sheets", "[pipeline]") {
    const auto count = GENERATE(60u, 61u, 300u);
    const auto pieces = pieces_of(Sides::Simplex, mixed_sizes(count));
    const auto stacking = stack(pieces, {3, 1, Method::CutAndStack, Turn::SideToSide, 40});
    for (std::size_t i = 0; i < stacking.piles.size(); ++i) {
        const auto& lift = stacking.lifts[i / 3];
        if (stacking.piles[i].end_piece < pieces.count()) CHECK(lift.press_sheets - stacking.piles[i].sheets < 7);
    }
}

TEST_CASE("with pieces of equal length blanks stand at the end of the batch alone, however many cells", "[pipeline]") {
    const auto sheets = GENERATE(1u, 2u, 3u);
    const auto count = GENERATE(9u, 10u, 25u);
    const auto pieces = pieces_of(Sides::Simplex, std::vector<std::uint32_t>(count, sheets));
    const auto stacking = stack(pieces, {4, 1});
    const auto cut = cut_and_stack(all_sides(pieces, stacking), stacking, false);
    for (std::size_t i = 0; i < cut.size(); ++i)
        CHECK((cut[i].front.shows == Cell::Shows::Filler) == (i >= count * sheets));
}

TEST_CASE("step-and-repeat shows the same page in every cell, and its back behind it", "[pipeline]") {
    const auto turn = GENERATE(Turn::SideToSide, Turn::HeadToFoot);
    const auto pieces = pieces_of(Sides::Duplex, {2, 2, 1});
    const auto sides = all_sides(pieces, stack(pieces, {3, 2, Method::StepAndRepeat, turn}));
    REQUIRE(sides.size() == 6);
    for (std::size_t i = 0; i < sides.size(); ++i) {
        REQUIRE(sides[i].cells.size() == 6);
        for (const auto& cell : sides[i].cells) CHECK(cell == sides[i].cells[0]);
        CHECK(sides[i].cells[0].piece == i / 2);
    }
    CHECK(sides[5].cells[0].shows == Cell::Shows::EmptyBack);
}

TEST_CASE("one-up sheets lie in order without any cut", "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto pieces = pieces_of(sides, mixed_sizes(40));
    const auto stacking = stack(pieces, one_up);
    const auto cut = cut_and_stack(all_sides(pieces, stacking), stacking, sides == Sides::Duplex);
    CHECK(read(cut, pieces) == counted_to(pieces.total_pages()));
}

TEST_CASE("every back stands behind the front of the same letter sheet", "[pipeline]") {
    const auto pieces = pieces_of(Sides::Duplex, mixed_sizes(33));
    const auto stacking = stack(pieces, two_up);
    for (const auto& sheet : cut_and_stack(all_sides(pieces, stacking), stacking, true)) {
        if (sheet.front.shows == Cell::Shows::Filler) {
            CHECK(sheet.back.shows == Cell::Shows::Filler);
            continue;
        }
        CHECK(sheet.back.piece == sheet.front.piece);
        CHECK(sheet.back.page == sheet.front.page + 1);
    }
}

TEST_CASE("a piece of an odd number of pages ends with an empty back, and the next begins on a front", "[pipeline]") {
    const auto pieces = pieces_of(Sides::Duplex, {3, 1});
    const auto sides = all_sides(pieces, stack(pieces, one_up));
    REQUIRE(sides.size() == 6);
    CHECK(sides[3].cells[0].shows == Cell::Shows::EmptyBack);
    CHECK(sides[4].cells[0] == Cell{Cell::Shows::Page, 1, 0});
    CHECK(sides[5].cells[0].shows == Cell::Shows::EmptyBack);
}

TEST_CASE("the pile changes between two pieces, never within one", "[pipeline]") {
    const auto pieces = pieces_of(Sides::Simplex, {1, 5, 1, 1});  // half of 8 sheets would cut piece 2 apart
    const auto stacking = stack(pieces, two_up);
    REQUIRE(stacking.piles.size() == 2);
    CHECK(stacking.piles[0].end_piece == 2);
    CHECK(stacking.piles[0].sheets == 6);
    CHECK(stacking.piles[1].sheets == 2);
    CHECK(stacking.press_sheets == 6);
}

TEST_CASE("blanks stand only at the end of the stack", "[pipeline]") {
    const auto count = GENERATE(1u, 2u, 9u, 50u, 51u);
    const auto pieces = pieces_of(Sides::Simplex, mixed_sizes(count));
    const auto stacking = stack(pieces, two_up);
    const auto cut = cut_and_stack(all_sides(pieces, stacking), stacking, false);
    bool blank_seen = false;
    for (const auto& sheet : cut) {
        const bool blank = sheet.front.shows == Cell::Shows::Filler;
        CHECK((blank || !blank_seen));
        blank_seen = blank_seen || blank;
    }
}

TEST_CASE("with one sheet a piece, an even batch has no blank and an odd one exactly one", "[pipeline]") {
    const auto count = GENERATE(2u, 3u, 10u, 11u);
    const auto pieces = pieces_of(Sides::Simplex, std::vector<std::uint32_t>(count, 1));
    const auto stacking = stack(pieces, two_up);
    CHECK(stacking.press_sheets == (count + 1) / 2);
    CHECK(stacking.piles[0].sheets - stacking.piles[1].sheets == count % 2);
}

TEST_CASE("the manifest's placement of a piece is where its pages stand in the print file", "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto depth = GENERATE(0u, 9u);
    const auto arrangement =
        GENERATE_REF(Arrangement{}, Arrangement{2, 1}, Arrangement{2, 2, Method::CutAndStack, Turn::HeadToFoot},
                     Arrangement{3, 1, Method::InSequence});
    auto limited = arrangement;
    limited.depth = depth;
    const auto pieces = pieces_of(sides, mixed_sizes(60));
    const auto stacking = stack(pieces, limited);
    struct Seen {
        std::uint32_t first = 0, last = 0, cell = 0;
    };
    std::map<std::uint32_t, Seen> printed;  // by piece: pages of the print file, empty backs included
    std::uint32_t page = 0;
    for (const auto& side : all_sides(pieces, stacking)) {
        ++page;
        for (std::uint32_t cell = 0; cell < side.cells.size(); ++cell) {
            if (side.cells[cell].shows == Cell::Shows::Filler) continue;
            auto& seen = printed[side.cells[cell].piece];
            if (seen.first == 0) seen = {page, page, cell + 1};
            seen.last = page;
        }
    }
    Placements placements(pieces, stacking);
    std::uint32_t pile = 0;
    for (std::uint32_t piece = 0; piece < pieces.count(); ++piece) {
        const auto place = placements.next();
        CHECK(place.first_page == printed[piece].first);
        CHECK(place.last_page == printed[piece].last);
        CHECK(place.cell == printed[piece].cell);
        CHECK((place.last_press_sheet - place.first_press_sheet) * pieces.pages_per_sheet() ==
              place.last_page + 1 - place.first_page - pieces.pages_per_sheet());
        while (piece >= stacking.piles[pile].end_piece) ++pile;
        CHECK(place.pile == pile + 1);
    }
}
