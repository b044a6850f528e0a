#include "pipeline/imposition.hpp"

#include <catch2/catch.hpp>
#include <map>

namespace {

using namespace pli;
using namespace pli::pipeline;

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

/// What the guillotine and the operator do: cut every press sheet between the cells, turn each half over to see its
/// back, lay the halves of a column on each other, put pile 2 under pile 1.
std::vector<CutSheet> cut_and_stack(const std::vector<PressSide>& sides, bool duplex) {
    const std::size_t per_sheet = duplex ? 2 : 1, cells = sides.empty() ? 0 : sides[0].cell_count;
    std::vector<CutSheet> stack;
    for (std::size_t column = 0; column < cells; ++column)
        for (std::size_t at = 0; at < sides.size(); at += per_sheet) {
            CutSheet sheet{sides[at].cells[column], {}};
            // The paper behind the left half of the front is the right half of the back.
            if (duplex) sheet.back = sides[at + 1].cells[cells - 1 - column];
            stack.push_back(sheet);
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
    const auto stacking = stack(pieces, Imposition::TwoUpCutAndStack);
    const auto cut = cut_and_stack(all_sides(pieces, stacking), sides == Sides::Duplex);
    CHECK(read(cut, pieces) == counted_to(pieces.total_pages()));
}

TEST_CASE("one-up sheets lie in order without any cut", "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto pieces = pieces_of(sides, mixed_sizes(40));
    const auto stacking = stack(pieces, Imposition::OneUp);
    const auto cut = cut_and_stack(all_sides(pieces, stacking), sides == Sides::Duplex);
    CHECK(read(cut, pieces) == counted_to(pieces.total_pages()));
}

TEST_CASE("every back stands behind the front of the same letter sheet", "[pipeline]") {
    const auto pieces = pieces_of(Sides::Duplex, mixed_sizes(33));
    const auto stacking = stack(pieces, Imposition::TwoUpCutAndStack);
    for (const auto& sheet : cut_and_stack(all_sides(pieces, stacking), true)) {
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
    const auto sides = all_sides(pieces, stack(pieces, Imposition::OneUp));
    REQUIRE(sides.size() == 6);
    CHECK(sides[3].cells[0].shows == Cell::Shows::EmptyBack);
    CHECK(sides[4].cells[0] == Cell{Cell::Shows::Page, 1, 0});
    CHECK(sides[5].cells[0].shows == Cell::Shows::EmptyBack);
}

TEST_CASE("the pile changes between two pieces, never within one", "[pipeline]") {
    const auto pieces = pieces_of(Sides::Simplex, {1, 5, 1, 1});  // half of 8 sheets would cut piece 2 apart
    const auto stacking = stack(pieces, Imposition::TwoUpCutAndStack);
    REQUIRE(stacking.piles.size() == 2);
    CHECK(stacking.piles[0].end_piece == 2);
    CHECK(stacking.piles[0].sheets == 6);
    CHECK(stacking.piles[1].sheets == 2);
    CHECK(stacking.press_sheets == 6);
}

TEST_CASE("blanks stand only at the end of the stack", "[pipeline]") {
    const auto count = GENERATE(1u, 2u, 9u, 50u, 51u);
    const auto pieces = pieces_of(Sides::Simplex, mixed_sizes(count));
    const auto cut = cut_and_stack(all_sides(pieces, stack(pieces, Imposition::TwoUpCutAndStack)), false);
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
    const auto stacking = stack(pieces, Imposition::TwoUpCutAndStack);
    CHECK(stacking.press_sheets == (count + 1) / 2);
    CHECK(stacking.piles[0].sheets - stacking.piles[1].sheets == count % 2);
}

TEST_CASE("the manifest's placement of a piece is where its pages stand in the print file", "[pipeline]") {
    const auto sides = GENERATE(Sides::Simplex, Sides::Duplex);
    const auto imposition = GENERATE(Imposition::OneUp, Imposition::TwoUpCutAndStack);
    const auto pieces = pieces_of(sides, mixed_sizes(60));
    const auto stacking = stack(pieces, imposition);
    struct Seen {
        std::uint32_t first = 0, last = 0;
    };
    std::map<std::uint32_t, Seen> printed;  // by piece: pages of the print file, empty backs included
    std::uint32_t page = 0;
    for (const auto& side : all_sides(pieces, stacking)) {
        ++page;
        for (std::size_t cell = 0; cell < side.cell_count; ++cell) {
            if (side.cells[cell].shows == Cell::Shows::Filler) continue;
            auto& seen = printed[side.cells[cell].piece];
            if (seen.first == 0) seen.first = page;
            seen.last = page;
        }
    }
    Placements placements(pieces, stacking);
    for (std::uint32_t piece = 0; piece < pieces.count(); ++piece) {
        const auto place = placements.next();
        CHECK(place.first_page == printed[piece].first);
        CHECK(place.last_page == printed[piece].last);
        CHECK(place.last_press_sheet - place.first_press_sheet + 1 == pieces.sheets(piece));
        CHECK(place.pile == (piece < stacking.piles[0].end_piece ? 1u : 2u));
    }
}
