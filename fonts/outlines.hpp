#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "fonts/font_set.hpp"

namespace pli::fonts {

/// One step of a glyph's outline. `at` holds what the step needs: a point; for Curve two control points, then the end.
struct OutlineStep {
    enum class Kind : std::uint8_t { Move, Line, Curve, Close };
    Kind kind = Kind::Move;
    std::array<float, 6> at{};
};

/// The outline of a glyph as the font draws it, unhinted. Quadratic curves are given as cubic ones.
/// Units    design units of the face, y upwards
/// Threads  any; the face is only read
std::vector<OutlineStep> outline_of(const Face& face, std::uint16_t glyph);

}  // namespace pli::fonts
