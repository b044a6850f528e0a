#include "preflight/paint.hpp"

#include <algorithm>
#include <string_view>

namespace pli::preflight {
namespace {

using Kind = ColourSpace::Kind;

constexpr std::size_t black = 3;

void add_ink(Paint& paint, std::string_view ink, double tint) {
    constexpr std::array<std::string_view, 4> process{"Cyan", "Magenta", "Yellow", "Black"};
    if (ink == "None") return;
    if (ink == "All") {
        paint.registration = tint > 0;
        return;
    }
    const auto plate = std::find(process.begin(), process.end(), ink);
    if (plate == process.end())
        paint.spots += tint;
    else
        paint.plates[static_cast<std::size_t>(plate - process.begin())] = tint;
}

}  // namespace

bool Paint::pure_black() const {
    return known && plates[black] > 0.999 && plates[0] + plates[1] + plates[2] + spots <= 0 && !registration;
}

bool Paint::rich_black() const {
    const double colours = plates[0] + plates[1] + plates[2];
    const bool composed = std::min({plates[0], plates[1], plates[2]}) >= 0.8;
    return rgb_black || (known && ((plates[black] >= 0.8 && colours >= 0.05) || composed));
}

Paint paint_of(const ColourSpace& space, const double* values) {
    Paint paint;
    paint.space = &space;
    paint.known = true;
    if (space.kind == Kind::Cmyk) {
        std::copy(values, values + 4, paint.plates.begin());
    } else if (space.kind == Kind::Grey && space.device) {
        paint.plates[black] = 1 - values[0];
    } else if (space.kind == Kind::Inks) {
        for (std::size_t i = 0; i < space.inks.size(); ++i) add_ink(paint, space.inks[i], values[i]);
    } else {
        paint.known = false;
        paint.rgb_black = space.kind == Kind::Rgb && std::max({values[0], values[1], values[2]}) < 0.1;
    }
    return paint;
}

Paint initial_paint(const ColourSpace& space) {
    std::array<double, 32> values{};
    if (space.kind == Kind::Cmyk) values[3] = 1;
    if (space.kind == Kind::Inks) values.fill(1);
    return paint_of(space, values.data());
}

}  // namespace pli::preflight
