#include "uploads/reader/raster.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <poppler.h>

#include <algorithm>
#include <cmath>
#include <optional>

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

using FontOptions = Handle<cairo_font_options_t, cairo_font_options_destroy>;

/// Letters as they are printed: where they stand and what they look like does not bend to the pixels.
void leave_unhinted(cairo_t* context) {
    const FontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context, options.get());
}

void paint(PopplerPage* page, cairo_surface_t* surface, double scale) {
    const Context context(cairo_create(surface));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_scale(context.get(), scale, scale);
    leave_unhinted(context.get());
    poppler_page_render(page, context.get());
}

DrawnPage drawn(PopplerPage* page, cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    return {{Length::pt(width), Length::pt(height)},
            static_cast<std::uint32_t>(cairo_image_surface_get_width(surface)),
            static_cast<std::uint32_t>(cairo_image_surface_get_height(surface)),
            cairo_image_surface_get_data(surface),
            static_cast<std::size_t>(cairo_image_surface_get_stride(surface))};
}

Done draw_page(PopplerPage* page, int dpi, const SeePage& see) {
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
    see(drawn(page, surface.get()));
    return {};
}

}  // namespace

Raster pixels_of(const DrawnPage& page) {
    Raster raster{page.columns, page.rows, {}};
    raster.rgb.resize(std::size_t{page.columns} * page.rows * 3);
    std::uint8_t* to = raster.rgb.data();
    for (std::uint32_t y = 0; y < page.rows; ++y) {
        const std::uint8_t* pixel = page.row(y);
        for (std::uint32_t x = 0; x < page.columns; ++x, pixel += 4, to += 3) {
            to[0] = pixel[2];
            to[1] = pixel[1];
            to[2] = pixel[0];
        }
    }
    return raster;
}

Done draw_each(const std::string& pdf, PageRange range, int dpi, const SeePage& see) {
    const Bytes bytes(g_bytes_new_static(pdf.data(), pdf.size()));
    GError* error = nullptr;
    const Document document(poppler_document_new_from_bytes(bytes.get(), nullptr, &error));
    if (!document) return failure(Fault::BadInput, "damaged", "the page cannot be drawn: " + message_of(error));
    const int end = std::min(range.first + range.count, poppler_document_get_n_pages(document.get()));
    for (int index = range.first; index < end; ++index) {
        const Page page(poppler_document_get_page(document.get(), index));
        if (!page) return failure(Fault::BadInput, "damaged", fmt::format("page {} cannot be drawn", index + 1));
        TRY(draw_page(page.get(), dpi, see));
    }
    return {};
}

Result<Raster> draw(const std::string& pdf, int dpi) {
    std::optional<Raster> raster;
    TRY(draw_each(pdf, {0, 1}, dpi, [&](const DrawnPage& page) { raster = pixels_of(page); }));
    if (!raster) return failure(Fault::BadInput, "damaged", "the page cannot be drawn");
    return std::move(*raster);
}

}  // namespace pli::uploads::reader
