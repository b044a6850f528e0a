#pragma once
#include <cairo.h>

#include "base/release.hpp"
#include "base/result.hpp"
#include "frame/assets.hpp"
#include "render/canvas.hpp"

namespace pli::render {

using ScreenSurface = Handle<cairo_surface_t, cairo_surface_destroy>;
using ScreenContext = Handle<cairo_t, cairo_destroy>;

/// Where something stands on the screen, in pixels and fractions of them.
struct ScreenPlace {
    double x = 0, y = 0, width = 0, height = 0;
};

/// An image brought to the pixels of its place by Cairo: transparent where it has no part in a pixel.
/// Errors   BadInput: a JPEG that cannot be decoded
Result<Cutting> draw_image(const Image& image, const ScreenPlace& place);

/// An uploaded page, without its white edges. `true_size`: its pixels are those of the screen already and are taken as
/// they are, moved by less than a pixel instead of blurred.
Cutting draw_page(const Canvas& raster, const ScreenPlace& place, bool true_size);

}  // namespace pli::render
