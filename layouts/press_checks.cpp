#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

int percent(int thousandths) { return (thousandths + 5) / 10; }

bool exceeds(const PressLimits& limits, int ink) { return limits.total_ink != 0 && ink > limits.total_ink; }

/// The smaller of both directions: a picture may be stretched.
int dpi_of(const Image& image, Size printed) {
    const auto along = [](std::uint32_t pixels, Length length) { return pixels * 72.0 / length.to_pt(); };
    return static_cast<int>(
        std::lround(std::min(along(image.columns, printed.width), along(image.rows, printed.height))));
}

}  // namespace

void check_ink(Compilation& shop, const Colour& colour, std::string_view name, const std::string& pointer) {
    const auto& limits = shop.workshop.limits;
    if (colour.space != Colour::Space::Cmyk) return;
    const int ink = colour.parts[0] + colour.parts[1] + colour.parts[2] + colour.parts[3];
    if (exceeds(limits, ink))
        shop.findings.warning("ink-limit", pointer,
                              fmt::format("the colour \"{}\" lays {} % of ink, {} takes {} %", name, percent(ink),
                                          limits.condition, percent(limits.total_ink)),
                              "take less of cyan, magenta and yellow");
}

void check_line(Compilation& shop, Length width, const std::string& pointer) {
    const auto thinnest = shop.workshop.limits.thinnest_line;
    if (width < thinnest)
        shop.findings.warning("hairline", pointer,
                              fmt::format("a line of {:.2f} pt is thinner than the {:.2f} pt that a press holds",
                                          width.to_pt(), thinnest.to_pt()),
                              "make it thicker, or take it away");
}

void check_picture(Compilation& shop, const Image& image, Size printed, const PictureSpec& spec) {
    const auto& limits = shop.workshop.limits;
    if (const int dpi = dpi_of(image, printed); dpi < limits.least_dpi)
        shop.findings.warning(
            "low-resolution", spec.pointer,
            fmt::format("\"{}\" has {} × {} pixels: {} dpi at {:.0f} × {:.0f} mm, at least {} are wanted", spec.file,
                        image.columns, image.rows, dpi, printed.width.to_mm(), printed.height.to_mm(),
                        limits.least_dpi),
            "use a larger picture, or print it smaller");
    if (exceeds(limits, image.total_ink))
        shop.findings.warning("ink-limit", spec.pointer,
                              fmt::format("\"{}\" lays up to {} % of ink, {} takes {} %", spec.file,
                                          percent(image.total_ink), limits.condition, percent(limits.total_ink)),
                              "convert it to the print house's profile again");
}

}  // namespace pli::layouts
