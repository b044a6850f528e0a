#pragma once
#include <array>
#include <string>

#include "base/length.hpp"
#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/night_run.hpp"
#include "pipeline/plain_text.hpp"

namespace pli::pipeline {

/// Two A4 cells side by side on a landscape press sheet: where they stand, where it is cut, what is written beside.
/// Source   facts print-and-post §6: SRA3 450 x 320, A3 420 x 297, marks 0.25 pt, 3 mm away from the trim
/// Units    from the press sheet's top left corner
struct PressLayout {
    Size media;
    Rect trim, bleed;
    std::array<Rect, 2> cells;
    bool margin = false;  // paper outside the trim: room for crop marks and the slug line
};
PressLayout two_up_on(PressSheet sheet);

/// Operators that move into a cell and clip to it, and those that leave it. Shared by all sheets of a batch.
std::string enter_cell(const PressLayout& layout, std::size_t cell);
std::string leave_cell();

/// SRA3: marks at the corners and at the cut between the cells, 6 mm long, outside the trim. A3 has no outside: only
/// the cut between the cells is marked, by 5 mm ticks on the cut line at both edges. Marks outside the trim stand on
/// all plates, unless the job is printed with black alone; the ticks lie on the letters and are black.
Frame cut_marks(const PressLayout& layout, bool colour);

/// A diagonal cross and "BLANK": a cell that holds no piece and is thrown away.
Result<Frame> filler(const PressLayout& layout, PlainText& text);

struct Slug {
    std::string_view batch;
    std::uint32_t sheet = 1, sheets = 1;
    bool back = false;
};
/// Which sheet this is and which pile each half goes to, below the trim. An empty frame where there is no margin.
Result<Frame> slug_line(const PressLayout& layout, const Slug& slug, PlainText& text);

}  // namespace pli::pipeline
