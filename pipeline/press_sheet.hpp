#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/plain_text.hpp"
#include "pipeline/press_layout.hpp"

namespace pli::pipeline {

/// Operators that move into a cell and clip to what its letter may print on, and those that leave it. Shared by all
/// sheets of a batch.
std::string enter_cell(const PressLayout& layout, std::uint32_t cell, bool back);
std::string leave_cell();
/// Whether the backs' cells are entered otherwise than the fronts'.
bool backs_differ(const PressLayout& layout);

/// What stands outside the letters on every sheet: crop marks at each cut, fold marks, registration marks, colour bar.
/// Where the sheet has no paper outside, cuts between letters are marked by 5 mm ticks on the cut line at the edges. Marks
/// outside the trim stand on all plates, unless the job is printed with black alone; ticks lie on the letters and are
/// black.
Frame press_marks(const PressLayout& layout, bool back, bool colour);

/// A diagonal cross and "BLANK": a cell that holds no piece and is thrown away.
Result<Frame> filler(const PressLayout& layout, PlainText& text);

struct Slug {
    std::string_view batch;
    std::uint32_t sheet = 1, sheets = 1;
    std::uint32_t lift = 1, lifts = 1;
    bool back = false;
};
/// Which sheet this is and which piles its cells go to, below the trim. An empty frame where there is no room.
Result<Frame> slug_line(const PressLayout& layout, const Slug& slug, PlainText& text);

}  // namespace pli::pipeline
