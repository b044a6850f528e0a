#include "pipeline/imposition.hpp"

#include <algorithm>
#include <limits>

namespace pli::pipeline {
namespace {

constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

std::uint32_t in_groups_of(std::uint32_t group, std::uint32_t count) { return (count + group - 1) / group; }

/// Whole pieces from `first` on, at least one, as many as stay within `height` sheets.
Pile filled(const PieceList& pieces, std::uint32_t first, std::uint32_t height) {
    Pile pile{first, first, 0};
    while (pile.end_piece < pieces.count()) {
        const auto sheets = pieces.sheets(pile.end_piece);
        if (pile.sheets > 0 && std::uint64_t{pile.sheets} + sheets > height) break;
        pile.sheets += sheets;
        ++pile.end_piece;
    }
    return pile;
}

/// The piles of one lift, none higher than `height`; adds them to `piles` and gives the first piece left over.
std::uint32_t fill_lift(const PieceList& pieces, std::uint32_t first, std::uint32_t height, std::vector<Pile>& piles,
                        std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
        piles.push_back(filled(pieces, first, height));
        first = piles.back().end_piece;
    }
    return first;
}

/// The last lift: as low as whole pieces allow, so that no paper is wasted.
class LowestLift {
public:
    LowestLift(const PieceList& pieces, std::uint32_t first, std::uint32_t piles)
        : pieces_(pieces), first_(first), piles_(piles) {
        for (auto piece = first; piece < pieces.count(); ++piece) {
            sheets_ += pieces.sheets(piece);
            longest_ = std::max(longest_, pieces.sheets(piece));
        }
    }
    /// At most `most`, at which the pieces are known to fit.
    std::uint32_t height(std::uint32_t most) const {
        auto low = std::max(longest_, in_groups_of(piles_, sheets_));
        // One sheet less than the longest piece is all that a pile can leave open.
        auto high = static_cast<std::uint32_t>(std::min<std::uint64_t>(most, std::uint64_t{low} + longest_));
        while (low < high) {
            const auto middle = low + (high - low) / 2;
            if (serves(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return high;
    }

private:
    /// Of two piles the first is no lower than the second: then all blanks are at the end of the batch.
    bool serves(std::uint32_t height) const {
        std::vector<Pile> piles;
        piles.reserve(piles_);
        if (fill_lift(pieces_, first_, height, piles, piles_) != pieces_.count()) return false;
        return piles_ != 2 || piles[0].sheets >= piles[1].sheets;
    }
    const PieceList& pieces_;
    std::uint32_t first_, piles_, sheets_ = 0, longest_ = 0;
};

std::uint32_t press_sheets_of(const Stacking& stacking) {
    const auto& arrangement = stacking.arrangement;
    std::uint32_t highest = 0;
    for (auto i = stacking.piles.size() - arrangement.piles_a_lift(); i < stacking.piles.size(); ++i)
        highest = std::max(highest, stacking.piles[i].sheets);
    return arrangement.method == Method::InSequence ? in_groups_of(arrangement.cells(), highest) : highest;
}

}  // namespace

Stacking stack(const PieceList& pieces, const Arrangement& arrangement) {
    Stacking stacking{arrangement, {}, {}, 0};
    const auto height = arrangement.depth == 0 ? no_limit : arrangement.depth, count = arrangement.piles_a_lift();
    std::uint32_t first = 0;
    do {
        const auto begun = stacking.piles.size();
        const auto next = fill_lift(pieces, first, height, stacking.piles, count);
        if (next == pieces.count() && count > 1) {
            stacking.piles.resize(begun);
            fill_lift(pieces, first, LowestLift(pieces, first, count).height(height), stacking.piles, count);
        }
        stacking.lifts.push_back({stacking.press_sheets, press_sheets_of(stacking)});
        stacking.press_sheets += stacking.lifts.back().press_sheets;
        first = next;
    } while (first < pieces.count());
    return stacking;
}

PressSides::PressSides(const PieceList& pieces, const Stacking& stacking)
    : pieces_(pieces),
      stacking_(stacking),
      upcoming_(stacking.arrangement.piles_a_lift()),
      current_(stacking.arrangement.cells()) {
    for (std::uint32_t cell = 0; cell < stacking.arrangement.cells(); ++cell)
        behind_.push_back(behind(stacking.arrangement, cell));
    start_lift();
}

void PressSides::start_lift() {
    const auto* piles = stacking_.piles.data() + lift_ * upcoming_.size();
    for (std::size_t pile = 0; pile < upcoming_.size(); ++pile) upcoming_[pile] = {piles[pile].first_piece, 0, false};
}

PressSides::Place PressSides::take_sheet(std::uint32_t pile) {
    auto& place = upcoming_[pile];
    if (place.piece == stacking_.piles[lift_ * upcoming_.size() + pile].end_piece) return {0, 0, true};
    const auto taken = place;
    if (++place.sheet == pieces_.sheets(place.piece)) place = {place.piece + 1, 0, false};
    return taken;
}

void PressSides::take_press_sheet() {
    const auto& lift = stacking_.lifts[lift_];
    if (sheet_ == lift.first_press_sheet + lift.press_sheets) {
        ++lift_;
        start_lift();
    }
    if (stacking_.arrangement.method == Method::StepAndRepeat) {
        std::fill(current_.begin(), current_.end(), take_sheet(0));
        return;
    }
    for (std::uint32_t cell = 0; cell < current_.size(); ++cell)
        current_[cell] = take_sheet(upcoming_.size() == 1 ? 0 : cell);
}

Cell PressSides::show(const Place& place, bool back) const {
    if (place.ended) return {Cell::Shows::Filler, 0, 0};
    const auto page = place.sheet * pieces_.pages_per_sheet() + (back ? 1 : 0);
    const bool printed = page < pieces_.pages(place.piece);
    return {printed ? Cell::Shows::Page : Cell::Shows::EmptyBack, place.piece, page};
}

bool PressSides::next(PressSide& side) {
    if (!back_is_next_ && sheet_ == stacking_.press_sheets) return false;
    if (!back_is_next_) take_press_sheet();
    side.sheet = sheet_;
    side.lift = lift_;
    side.back = back_is_next_;
    side.cells.resize(current_.size());
    for (std::size_t cell = 0; cell < current_.size(); ++cell)
        side.cells[cell] = show(current_[side.back ? behind_[cell] : cell], side.back);
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
    const auto& arrangement = stacking_.arrangement;
    const auto piles = arrangement.piles_a_lift(),
               per_press_sheet = arrangement.method == Method::InSequence ? arrangement.cells() : 1;
    const auto begin = sheets_before_, end = begin + pieces_.sheets(piece_++);
    sheets_before_ = end;
    const auto lift = stacking_.lifts[pile_ / piles].first_press_sheet;
    const auto first = lift + begin / per_press_sheet, last = lift + (end - 1) / per_press_sheet;
    const auto sides = pieces_.pages_per_sheet();
    return {pile_ + 1,         1 + (piles > 1 ? pile_ % piles : begin % per_press_sheet),
            first + 1,         last + 1,
            first * sides + 1, (last + 1) * sides};
}

}  // namespace pli::pipeline
