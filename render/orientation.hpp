#pragma once
#include <array>

#include "frame/assets.hpp"

namespace pli::render {

/// Where the unit square of a picture's stored rows goes on the page: (u, v) to (a u + c v + e, b u + d v + f), both
/// with the first row on top and y upwards.
struct Turn {
    int a, b, c, d, e, f;
};

/// Source   EXIF 2.3 §4.6.4, tag 0x0112: which side of the picture the first row and the first column are
constexpr Turn turn_of(const Image& image) {
    constexpr std::array<Turn, 8> turns{{{1, 0, 0, 1, 0, 0},
                                         {-1, 0, 0, 1, 1, 0},
                                         {-1, 0, 0, -1, 1, 1},
                                         {1, 0, 0, -1, 0, 1},
                                         {0, -1, -1, 0, 1, 1},
                                         {0, -1, 1, 0, 0, 1},
                                         {0, 1, 1, 0, 0, 0},
                                         {0, 1, -1, 0, 1, 0}}};
    return turns[(image.orientation - 1u) % turns.size()];
}

}  // namespace pli::render
