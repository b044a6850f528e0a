#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pipeline/press_scheme.hpp"

namespace pli::pipeline {

/// Where letters and marks stand on a press sheet. The grid is centred, so a cell of the back lies exactly behind one of
/// the front.
/// Units    from the press sheet's top left corner
struct PressLayout {
    Size media;
    Rect trim, bleed;
    Arrangement arrangement;  // with its columns and rows
    std::vector<Rect> cells;  // row by row from the top left; of both sides
    Heads heads = Heads::Upright;
    Length gutter, bleed_width;
    PressMarks marks;  // those there is room for
    /// No press sheet apart from the letter's: nothing is cut and nothing is marked.
    bool as_letter = false;
    /// Paper outside the trim that holds marks: above and below it, beside it.
    bool room_above = false, room_beside = false;

    /// Whether the letter in this cell stands on its head, as one looks at this side. The back of a letter has its head
    /// where the front has it: a sheet turned head to foot needs its backs turned.
    bool turned(std::uint32_t cell, bool back) const;
    /// The cell and as much around it as its own letter may print on.
    Rect reach(std::uint32_t cell) const;
};

/// Source   facts print-and-post §6: marks 0.25 pt, at least 3 mm away from the trim
/// Errors   BadInput: the grid, the bleed or the marks need more than the sheet has, saying by how many millimetres
Result<PressLayout> lay_out_press(const PressScheme& scheme);

/// Each letter sheet is a page; of the scheme only the turn holds.
PressLayout as_letter(Size letter, Turn turn);

/// The distance of all marks from the trim, and how long crop marks are.
Length mark_offset(const PressLayout& layout);
inline constexpr Length mark_length = 6_mm;

}  // namespace pli::pipeline
