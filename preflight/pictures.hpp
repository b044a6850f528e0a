#pragma once
#include <cstdint>

#include "preflight/colour_spaces.hpp"
#include "preflight/inspection.hpp"

namespace pli::preflight {

/// A picture as its dictionary describes it.
struct Picture {
    std::uint32_t object = 0;
    std::int64_t width = 0, height = 0, bits = 0;
    bool mask = false;
};

/// Judges an image XObject and its masks.
/// Source   ISO 32000-1 §8.9.5; ISO 15930-7: no alternates, no OPI
Picture check_picture(const Inspection& inspection, ColourSpaces& spaces, Object image, Object resources);

/// The effective resolution, where the picture is placed by this matrix. Codes are pictures of a module per pixel: a
/// bitmap of less than 200 pixels on its longer side is taken for a drawing.
void check_resolution(const Inspection& inspection, const Picture& picture, const Matrix& matrix);

}  // namespace pli::preflight
