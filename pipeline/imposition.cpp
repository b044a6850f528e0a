#include "pipeline/imposition.hpp"

#include <algorithm>

namespace pli::pipeline {
namespace {

std::uint32_t all_sheets(const PieceList& pieces) {
    std::uint32_t sheets = 0;
    for (std::uint32_t piece = 0; piece < pieces.count(); ++piece) sheets += pieces.sheets(piece);
    return sheets;
}

/// Whole pieces from the first on, until at least `wanted` sheets lie on the pile.
Pile first_pile(const PieceList& pieces, std::uint32_t wanted) {
    Pile pile;
    while (pile.end_piece < pieces.count() && pile.sheets < wanted) pile.sheets += pieces.sheets(pile.end_piece++);
    return pile;
}

}  // namespace

Stacking stack(const PieceList& pieces, Imposition imposition) {
    const auto sheets = all_sheets(pieces);
    if (imposition == Imposition::OneUp) return {{Pile{0, pieces.count(), sheets}}, sheets};
    const auto upper = first_pile(pieces, (sheets + 1) / 2);
    const Pile lower{upper.end_piece, pieces.count(), sheets - upper.sheets};
    return {{upper, lower}, std::max(upper.sheets, lower.sheets)};
}

PressSides::PressSides(const PieceList& pieces, const Stacking& stacking) : pieces_(pieces), stacking_(stacking) {
    for (std::size_t pile = 0; pile < stacking_.piles.size(); ++pile)
        upcoming_[pile] = {stacking_.piles[pile].first_piece, 0, false};
}

PressSides::Place PressSides::take_sheet(std::size_t pile) {
    auto& place = upcoming_[pile];
    if (place.piece == stacking_.piles[pile].end_piece) return {0, 0, true};
    const auto taken = place;
    if (++place.sheet == pieces_.sheets(place.piece)) place = {place.piece + 1, 0, false};
    return taken;
}

Cell PressSides::show(const Place& place, bool back) const {
    if (place.ended) return {Cell::Shows::Filler, 0, 0};
    const auto page = place.sheet * pieces_.pages_per_sheet() + (back ? 1 : 0);
    const bool printed = page < pieces_.pages(place.piece);
    return {printed ? Cell::Shows::Page : Cell::Shows::EmptyBack, place.piece, page};
}

bool PressSides::next(PressSide& side) {
    if (!back_is_next_ && sheet_ == stacking_.press_sheets) return false;
    const auto cells = stacking_.piles.size();
    if (!back_is_next_)
        for (std::size_t pile = 0; pile < cells; ++pile) current_[pile] = take_sheet(pile);
    side.sheet = sheet_;
    side.back = back_is_next_;
    side.cell_count = cells;
    for (std::size_t column = 0; column < cells; ++column)
        side.cells[column] = show(current_[side.back ? cells - 1 - column : column], side.back);
    const bool sheet_done = side.back || pieces_.sides() == Sides::Simplex;
    back_is_next_ = !sheet_done;
    if (sheet_done) ++sheet_;
    return true;
}

Placement Placements::next() {
    while (piece_ == stacking_.piles[pile_].end_piece && pile_ + 1 < stacking_.piles.size()) {
        ++pile_;
        sheets_before_ = 0;
    }
    const auto sheets = pieces_.sheets(piece_++);
    const auto first = sheets_before_;
    sheets_before_ += sheets;
    const auto sides = pieces_.pages_per_sheet();
    return {pile_ + 1, first + 1, sheets_before_, first * sides + 1, sheets_before_ * sides};
}

}  // namespace pli::pipeline
