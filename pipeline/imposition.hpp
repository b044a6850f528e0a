#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "pipeline/night_run.hpp"
#include "pipeline/piece_list.hpp"

namespace pli::pipeline {

/// Pieces that lie on each other after the cut: [first_piece, end_piece), `sheets` letter sheets high.
struct Pile {
    std::uint32_t first_piece = 0, end_piece = 0, sheets = 0;
};

/// How the pieces of a batch are spread over press sheets. 1-up there is one pile and a press sheet is a letter sheet;
/// 2-up cut-and-stack there are two, cell c of press sheet s holding sheet s of pile c, so that after the cut pile 2
/// goes under pile 1 and the batch lies in order.
/// A piece never straddles the pile change: pile 1 takes whole pieces until it holds at least half of all sheets.
/// So blanks stand only at the end of the last pile, never within the finished stack, and cost at most the sheets of
/// one piece.
struct Stacking {
    std::vector<Pile> piles;
    std::uint32_t press_sheets = 0;
};
Stacking stack(const PieceList& pieces, Imposition imposition);

/// What one cell shows on one side of a press sheet.
struct Cell {
    enum class Shows : std::uint8_t {
        Page,       // `page` of `piece`
        EmptyBack,  // the piece's last sheet has nothing on its back
        Filler,     // no piece: marked as waste
    };
    Shows shows = Shows::Filler;
    std::uint32_t piece = 0, page = 0;
    bool operator==(const Cell&) const = default;
};

struct PressSide {
    std::uint32_t sheet = 0;  // from 0
    bool back = false;
    std::array<Cell, 2> cells;  // from left to right, as one looks at this side
    std::size_t cell_count = 0;
};

/// All sides of a batch in the order of the print file: front, back, front, back; fronts only when simplex.
/// Backs are mirrored for work-and-turn (the sheet flips on its vertical axis): column c stands behind cells - 1 - c.
/// Source   design: content first, order last; cut-and-stack with mirrored backs
/// Threads  one object per thread; the list must not change meanwhile
class PressSides {
public:
    PressSides(const PieceList& pieces, const Stacking& stacking);
    bool next(PressSide& side);

private:
    struct Place {
        std::uint32_t piece, sheet;
        bool ended;
    };
    Place take_sheet(std::size_t pile);
    Cell show(const Place& place, bool back) const;

    const PieceList& pieces_;
    const Stacking& stacking_;
    std::array<Place, 2> upcoming_{};  // next sheet of each pile
    std::array<Place, 2> current_{};   // on the press sheet whose front was given
    std::uint32_t sheet_ = 0;
    bool back_is_next_ = false;
};

/// Where one piece lies, for the manifest. All counted from 1.
struct Placement {
    std::uint32_t pile = 1;
    std::uint32_t first_press_sheet = 1, last_press_sheet = 1;
    std::uint32_t first_page = 1, last_page = 1;  // pages of print.pdf
};

/// The placements of all pieces, in their order.
class Placements {
public:
    Placements(const PieceList& pieces, const Stacking& stacking) : pieces_(pieces), stacking_(stacking) {}
    Placement next();

private:
    const PieceList& pieces_;
    const Stacking& stacking_;
    std::uint32_t piece_ = 0, pile_ = 0, sheets_before_ = 0;
};

}  // namespace pli::pipeline
