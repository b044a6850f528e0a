#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "frame/frame.hpp"

namespace pli::pipeline {

/// What one position of an inserter's marks says, black being yes.
enum class OmrSign : std::uint8_t {
    Always,       // benchmark, safety and retiming marks: the reader's own orientation
    Never,        // a position the machine knows and Pli does not use: stop, divert, auto-batch
    First,        // this is the first sheet of its piece, as the machine is fed
    NotFirst,     //
    Last,         //
    NotLast,      //
    EvenParity,   // makes the number of black marks even
    OddParity,    //
    Sequence,     // bit `number` of the counter that runs through all sheets, 0 being the lowest
    PieceNumber,  // bit `number` of the piece's number: all sheets of a piece have the same
    SheetNumber,  // bit `number` of the sheet's number within its piece, from 1
    Insert,       // feeder `number`, from 1, adds something to this piece
};
struct OmrPosition {
    OmrSign sign = OmrSign::Never;
    std::uint8_t number = 0;
};
enum class OmrEdge : std::uint8_t { Left, Right };
enum class OmrSheets : std::uint8_t { Every, First, Last };

/// Where an inserter looks for its marks and what each of them means: horizontal bars below each other beside the text.
/// The numbers live in pipeline/marks/omr/*.toml, each file with its source; a print house's own go into the
/// workspace's marks/omr/.
/// Units    Length; `first` from the sheet's top edge, `from_edge` from the left or right one
/// Threads  immutable once read
struct OmrProfile {
    std::string name;
    Day valid_from;
    std::optional<Day> valid_until;
    OmrEdge edge = OmrEdge::Left;
    Length from_edge;              // to the outer end of a mark
    Length first;                  // to the middle of the first mark
    Length pitch;                  // from middle to middle
    Length length, thickness;      // of a mark
    Length beside, before, after;  // what stays clear: left and right, above, below
    bool through = false;          // nothing may stand behind the marks
    OmrSheets sheets = OmrSheets::Every;
    bool last_sheet_first = false;    // the machine is fed from the last sheet of a piece
    std::uint32_t sequence_from = 0;  // what the first sheet of a batch says; the counter wraps where its bits end
    std::vector<OmrPosition> positions;

    Length left_on(Size sheet) const { return edge == OmrEdge::Left ? from_edge : sheet.width - from_edge - length; }
    Length middle_of(std::size_t position) const { return first + pitch * static_cast<std::int64_t>(position); }
    /// The marks with all that stays clear around them.
    Rect zone_on(Size sheet) const;
};

/// What the marks tell of a letter sheet. Numbers count from 1.
struct OmrSheet {
    std::uint32_t piece = 1, sheet = 1, sheets = 1;
    std::uint64_t in_batch = 1;  // of all sheets of the batch, in piece order
    std::uint8_t inserts = 0;    // bit 0 is feeder 1
};

/// Whether this sheet carries marks at all.
bool carries_marks(const OmrProfile& profile, const OmrSheet& sheet);
/// One bit a position, the lowest for the first.
std::uint32_t black_marks(const OmrProfile& profile, const OmrSheet& sheet);
/// Draws the marks in full black; nothing where the sheet carries none.
void draw_omr(Frame& front, const OmrProfile& profile, const OmrSheet& sheet);

}  // namespace pli::pipeline
