#pragma once
#include <array>

#include "preflight/colour_spaces.hpp"

namespace pli::preflight {

/// What a current colour puts on the plates, as far as it is known.
struct Paint {
    const ColourSpace* space = nullptr;  // nullptr: of whoever draws this form
    std::array<double, 4> plates{};      // cyan, magenta, yellow, black; 0 to 1
    double spots = 0;                    // all other inks
    bool known = false;                  // plates and spots can be told without a colour conversion
    bool rgb_black = false;
    bool registration = false;  // the ink All

    double ink() const { return plates[0] + plates[1] + plates[2] + plates[3]; }
    bool white() const { return known && ink() + spots <= 0; }
    /// 100 % black and nothing else.
    bool pure_black() const;
    /// Looks black and is printed from several plates.
    bool rich_black() const;
};

/// `values` holds as many numbers as the space has components; all others count as nothing.
Paint paint_of(const ColourSpace& space, const double* values);

/// The colour a space starts with (ISO 32000-1 §8.6.5 to §8.6.6).
Paint initial_paint(const ColourSpace& space);

}  // namespace pli::preflight
