#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/piece_list.hpp"
#include "pipeline/press_scheme.hpp"

namespace pli::pipeline {

/// Pieces that lie on each other after the cut: [first_piece, end_piece), `sheets` letter sheets high.
struct Pile {
    std::uint32_t first_piece = 0, end_piece = 0, sheets = 0;
};

/// Press sheets that are cut together.
struct Lift {
    std::uint32_t first_press_sheet = 0, press_sheets = 0;
};

/// How the pieces of a batch are spread over press sheets. Piles are numbered through the batch, and pile n + 1 goes under
/// pile n: then the batch lies in order. Cut-and-stack, cell c of a lift makes its pile c; in sequence and step-and-repeat
/// a lift is one pile (or as many like it as there are cells).
/// A piece never straddles a pile change, so a pile may end with blanks, fewer of them than the longest piece has sheets.
/// Where all pieces have equally many sheets, or where there are only two piles, blanks stand at the end of the batch alone.
/// A piece of more sheets than the depth has a pile to itself.
struct Stacking {
    Arrangement arrangement;
    std::vector<Pile> piles;  // arrangement.piles_a_lift() for each lift
    std::vector<Lift> lifts;
    std::uint32_t press_sheets = 0;
};
Stacking stack(const PieceList& pieces, const Arrangement& arrangement);

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
    std::uint32_t sheet = 0, lift = 0;  // from 0
    bool back = false;
    std::vector<Cell> cells;  // row by row from the top left, as one looks at this side
};

/// All sides of a batch in the order of the print file: front, back, front, back; fronts only when simplex.
/// Source   design: content first, order last; facts print-and-post §6 (cut-and-stack, mirrored backs)
/// Threads  one object per thread; the list must not change meanwhile
class PressSides {
public:
    PressSides(const PieceList& pieces, const Stacking& stacking);
    bool next(PressSide& side);

private:
    struct Place {
        std::uint32_t piece = 0, sheet = 0;
        bool ended = false;
    };
    void start_lift();
    Place take_sheet(std::uint32_t pile);
    void take_press_sheet();
    Cell show(const Place& place, bool back) const;

    const PieceList& pieces_;
    const Stacking& stacking_;
    std::vector<Place> upcoming_;  // next sheet of each pile of the lift
    std::vector<Place> current_;   // by cell of the front last given
    std::vector<std::uint32_t> behind_;
    std::uint32_t sheet_ = 0, lift_ = 0;
    bool back_is_next_ = false;
};

/// Where one piece lies, for the manifest. All counted from 1.
struct Placement {
    std::uint32_t pile = 1, cell = 1;  // in sequence: the cell it begins in; step-and-repeat: the first of all
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
