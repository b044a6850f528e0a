#include "uploads/reader/raster.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <poppler.h>

#include <cmath>

#include "base/release.hpp"

namespace pli::uploads::reader {
namespace {

using Document = Handle<PopplerDocument, g_object_unref>;
using Page = Handle<PopplerPage, g_object_unref>;
using Bytes = Handle<GBytes, g_bytes_unref>;
using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = Handle<cairo_t, cairo_destroy>;

constexpr double most_pixels = 100e6;

std::string message_of(GError* error) {
    const std::string message = error != nullptr ? error->message : "unknown error";
    g_clear_error(&error);
    return message;
}

void paint(PopplerPage* page, cairo_surface_t* surface, double scale) {
    const Context context(cairo_create(surface));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_scale(context.get(), scale, scale);
    poppler_page_render(page, context.get());
}

Raster pixels_of(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    Raster raster;
    raster.columns = static_cast<std::uint32_t>(cairo_image_surface_get_width(surface));
    raster.rows = static_cast<std::uint32_t>(cairo_image_surface_get_height(surface));
    raster.rgb.reserve(std::size_t{raster.columns} * raster.rows * 3);
    const unsigned char* row = cairo_image_surface_get_data(surface);
    for (std::uint32_t y = 0; y < raster.rows; ++y, row += cairo_image_surface_get_stride(surface))
        for (std::uint32_t x = 0; x < raster.columns; ++x)  // RGB24 in memory: B G R -
            raster.rgb.insert(raster.rgb.end(), {row[4 * x + 2], row[4 * x + 1], row[4 * x]});
    return raster;
}

Result<Raster> draw_page(PopplerPage* page, int dpi) {
    const double scale = dpi / 72.0;
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    const double columns = std::max(1.0, std::round(width * scale)), rows = std::max(1.0, std::round(height * scale));
    if (columns * rows > most_pixels)
        return failure(Fault::Overflow, "too-heavy",
                       fmt::format("at {} dpi the page has more than 100 megapixels", dpi), "preview it at fewer dpi");
    const Surface surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(columns), static_cast<int>(rows)));
    paint(page, surface.get(), scale);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return failure(Fault::BadInput, "damaged", "the page cannot be drawn");
    return pixels_of(surface.get());
}

}  // namespace

Result<Raster> draw(const std::string& pdf, int dpi) {
    const Bytes bytes(g_bytes_new_static(pdf.data(), pdf.size()));
    GError* error = nullptr;
    const Document document(poppler_document_new_from_bytes(bytes.get(), nullptr, &error));
    if (!document) return failure(Fault::BadInput, "damaged", "the page cannot be drawn: " + message_of(error));
    const Page page(poppler_document_get_page(document.get(), 0));
    if (!page) return failure(Fault::BadInput, "damaged", "the page cannot be drawn");
    return draw_page(page.get(), dpi);
}

}  // namespace pli::uploads::reader
