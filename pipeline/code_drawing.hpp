#pragma once
#include <optional>
#include <string>

#include "base/day.hpp"
#include "base/length.hpp"
#include "frame/frame.hpp"

namespace pli::pipeline {

/// What a postal code measures on paper. The numbers live in pipeline/marks/codes/*.toml.
/// Units    Length
/// Threads  a value
struct CodeDrawing {
    std::string name;
    Day valid_from;
    std::optional<Day> valid_until;
    std::optional<BarSize> bars;  // four-state codes
    Length module;                // DataMatrix
    Length beside, above;         // clear zone left and right, above and below

    Size with_clear_zone(Size code) const { return {code.width + 2 * beside, code.height + 2 * above}; }
    Size matrix(MatrixSize size) const { return {module * size.columns, module * size.rows}; }
};

}  // namespace pli::pipeline
