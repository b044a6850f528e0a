#include "render/screen_picture.hpp"

#include <cmath>

#include "render/jpeg.hpp"
#include "render/orientation.hpp"

namespace pli::render {
namespace {

constexpr std::uint32_t argb(std::uint32_t a, std::uint32_t r, std::uint32_t g, std::uint32_t b) {
    return a << 24 | (r * a / 255) << 16 | (g * a / 255) << 8 | b * a / 255;
}

Canvas canvas_with(const Image& image, const auto& pixel) {
    Canvas canvas;
    canvas.reset(int(image.stored_columns()), int(image.stored_rows()), Canvas::clear);
    for (std::size_t i = 0; i < canvas.pixels.size(); ++i) canvas.pixels[i] = pixel(i);
    return canvas;
}

Canvas canvas_of(const Image& image) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(image.data.data());
    const auto* alpha = reinterpret_cast<const std::uint8_t*>(image.alpha.data());
    return canvas_with(image, [&](std::size_t i) {
        const std::uint32_t a = image.alpha.empty() ? 255 : alpha[i];
        if (image.space == Image::Space::Gray) return argb(a, data[i], data[i], data[i]);
        if (image.space == Image::Space::Rgb) return argb(a, data[3 * i], data[3 * i + 1], data[3 * i + 2]);
        const std::uint32_t paper = 255 - data[4 * i + 3];
        const auto light = [&](std::size_t part) { return (255u - data[4 * i + part]) * paper / 255; };
        return argb(a, light(0), light(1), light(2));
    });
}

Canvas canvas_of_jpeg(const Image& image, const std::string& rgb) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(rgb.data());
    return canvas_with(image, [&](std::size_t i) { return argb(255, data[3 * i], data[3 * i + 1], data[3 * i + 2]); });
}

ScreenSurface surface_on(Canvas& canvas) {
    return ScreenSurface(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(canvas.pixels.data()),
                                                             CAIRO_FORMAT_ARGB32, canvas.columns, canvas.rows,
                                                             canvas.columns * 4));
}

/// The turn is one of the unit square with y upwards; Cairo's goes down, in the surface and on the page.
cairo_matrix_t matrix_of(const ScreenPlace& place, const Turn& turn, const Canvas& canvas) {
    return {place.width * turn.a / canvas.columns,     -place.height * turn.b / canvas.columns,
            -place.width * turn.c / canvas.rows,       place.height * turn.d / canvas.rows,
            place.x + place.width * (turn.c + turn.e), place.y + place.height * (1 - turn.d - turn.f)};
}

Cutting painted(Canvas stored, const ScreenPlace& place, const Turn& turn, std::uint32_t ground) {
    Cutting cut{int(std::floor(place.x)), int(std::floor(place.y)), {}};
    cut.canvas.reset(int(std::ceil(place.x + place.width)) - cut.x, int(std::ceil(place.y + place.height)) - cut.y,
                     ground);
    const ScreenSurface from = surface_on(stored), to = surface_on(cut.canvas);
    const ScreenContext context(cairo_create(to.get()));
    const auto matrix = matrix_of({place.x - cut.x, place.y - cut.y, place.width, place.height}, turn, stored);
    cairo_transform(context.get(), &matrix);
    cairo_set_source_surface(context.get(), from.get(), 0, 0);
    cairo_pattern_set_extend(cairo_get_source(context.get()), CAIRO_EXTEND_PAD);
    cairo_rectangle(context.get(), 0, 0, stored.columns, stored.rows);
    cairo_fill(context.get());
    cairo_surface_flush(to.get());
    return cut;
}

}  // namespace

Result<Cutting> draw_image(const Image& image, const ScreenPlace& place) {
    auto stored =
        image.coding == Image::Coding::Raw ? canvas_of(image) : canvas_of_jpeg(image, TRY(jpeg_to_rgb(image)));
    return painted(std::move(stored), place, turn_of(image), Canvas::clear);
}

Cutting draw_page(const Canvas& raster, const ScreenPlace& place, bool true_size) {
    Cutting whole{int(std::lround(place.x)), int(std::lround(place.y)), {}};
    if (!true_size) whole = painted(raster, place, {1, 0, 0, 1, 0, 0}, Canvas::paper);
    auto cut = without_white_edges(true_size ? raster : whole.canvas);
    return {cut.x + whole.x, cut.y + whole.y, std::move(cut.canvas)};
}

}  // namespace pli::render
