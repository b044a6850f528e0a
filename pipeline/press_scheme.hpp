#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"

namespace pli::pipeline {

/// Which letter sheet comes to which cell.
enum class Method : std::uint8_t {
    CutAndStack,    // each cell makes a pile; after the cut the piles go under each other
    InSequence,     // side by side in reading order, row by row: for cutters that merge the strips
    StepAndRepeat,  // the same in every cell: cards and flyers, never letters
};

/// The axis on which the paper is turned for its back. Work-and-turn and sheetwise keep the gripper's edge: left and right
/// change. Work-and-tumble and a perfecting sheet-fed press take the other edge: top and bottom change.
enum class Turn : std::uint8_t { SideToSide, HeadToFoot };

/// How rows of letters stand towards each other.
enum class Heads : std::uint8_t { Upright, Together, FeetTogether };

/// What arithmetic needs of an imposition: nothing of it is a length.
struct Arrangement {
    std::uint32_t columns = 1, rows = 1;
    Method method = Method::CutAndStack;
    Turn turn = Turn::SideToSide;
    std::uint32_t depth = 0;  // most letter sheets on a pile; 0: no limit

    std::uint32_t cells() const { return columns * rows; }
    std::uint32_t piles_a_lift() const { return method == Method::CutAndStack ? cells() : 1; }
    bool operator==(const Arrangement&) const = default;
};

/// "2x1 cut-and-stack", "1-up": in the manifest, so that a batch says how it is to be read.
std::string name_of(const Arrangement& arrangement);

/// The cell of the front that stands behind a cell of the back. Its own inverse.
std::uint32_t behind(const Arrangement& arrangement, std::uint32_t cell);

/// What is printed outside the letters.
struct PressMarks {
    bool crop = true, slug = true, registration = false, colour_bar = false;
    std::vector<Length> folds;  // from the head of the letter; none: no fold marks
    /// Asked for by name: a sheet without room for them is refused. Else they are left out there.
    bool wanted = false;
};

/// How a print house wants letters laid on its sheets. From pli.toml or print-houses/NAME.toml.
/// Units    lengths on the press sheet as it is looked at: width from left to right
struct PressScheme {
    enum class Paper : std::uint8_t {
        Letter,  // every letter sheet is a page of its own: nothing is cut
        Sheet,   // `sheet`
        Roll,    // `sheet.width` is the web; `sheet.height` the cut-off, none: as long as the rows
    };
    enum class Orientation : std::uint8_t { WhicheverHoldsMore, AsGiven };

    Paper paper = Paper::Letter;
    Size sheet;
    Orientation orientation = Orientation::AsGiven;
    Size letter{210_mm, 297_mm};  // what is imposed; letters of other sizes are pages of their own
    /// No columns: as many columns and rows as fit.
    Arrangement arrangement;
    Heads heads = Heads::Upright;
    Length bleed, gutter, edge;  // around the letters, between them, and where the press does not print
    PressMarks marks;
};

/// Two A4 side by side on a landscape sheet, one cut between them.
PressScheme two_up_on(Size sheet);

inline constexpr Size sra3{450_mm, 320_mm}, a3{420_mm, 297_mm};

/// "SRA3", "707 x 500 mm": what people call a sheet.
std::string sheet_name(Size sheet);
/// "SRA3", "b2", "A4" → its size, landscape for press sheets. Other words: none.
std::optional<Size> named_sheet(std::string_view name);
/// 595 x 842 pt → A4: the named size it was meant to be, or itself.
Size settled_size(Size size);

}  // namespace pli::pipeline
