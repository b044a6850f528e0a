#include <cairo-pdf.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include "base/release.hpp"
#include "render/pictures.hpp"

namespace pli::render {
namespace {

using Drawing = Handle<RsvgHandle, g_object_unref>;
using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = Handle<cairo_t, cairo_destroy>;

constexpr double points_per_pixel = 72.0 / 96;  // a CSS pixel
constexpr double longest = 14'400 * 96.0 / 72;  // what a PDF page may measure

auto refused(std::string_view where, std::string message, std::string remedy = {}) {
    return failure(Fault::BadInput, std::string(where), "the SVG " + std::move(message), std::move(remedy));
}

std::string message_of(GError* error) {
    std::string message = error != nullptr ? error->message : "unknown error";
    g_clear_error(&error);
    return message;
}

/// Without a base file librsvg loads nothing from outside: no other file, no network.
Result<Drawing> parse(const std::string& svg, std::string_view where) {
    GError* error = nullptr;
    Drawing drawing(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!drawing) return refused(where, "cannot be read: " + message_of(error), "save it again as plain SVG");
    rsvg_handle_set_dpi(drawing.get(), 96);
    return drawing;
}

/// In CSS pixels: width and height where given in real units, else the viewBox.
Result<RsvgRectangle> extent_of(RsvgHandle* drawing, std::string_view where) {
    RsvgRectangle extent{};
    gboolean has_width = FALSE, has_height = FALSE, has_box = FALSE;
    RsvgLength width{}, height{};
    RsvgRectangle box{};
    rsvg_handle_get_intrinsic_dimensions(drawing, &has_width, &width, &has_height, &height, &has_box, &box);
    if (rsvg_handle_get_intrinsic_size_in_pixels(drawing, &extent.width, &extent.height) == FALSE && has_box == TRUE) {
        extent.width = box.width;
        extent.height = box.height;
    }
    if (!(extent.width > 0 && extent.height > 0 && extent.width <= longest && extent.height <= longest))
        return refused(where, "has no usable size", "give the svg element a width and a height in mm");
    return extent;
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

Result<std::string> printed(RsvgHandle* drawing, const RsvgRectangle& extent, std::string_view where) {
    std::string pdf;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &pdf, extent.width * points_per_pixel,
                                                              extent.height * points_per_pixel));
    // The day of the clock must not reach the bytes.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
    const Context context(cairo_create(surface.get()));
    cairo_scale(context.get(), points_per_pixel, points_per_pixel);
    GError* error = nullptr;
    if (rsvg_handle_render_document(drawing, context.get(), &extent, &error) == FALSE)
        return refused(where, "cannot be drawn: " + message_of(error));
    cairo_show_page(context.get());
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return refused(where,
                       fmt::format("cannot be drawn: {}", cairo_status_to_string(cairo_surface_status(surface.get()))));
    return pdf;
}

}  // namespace

Result<std::string> svg_to_pdf(const std::string& svg, std::string_view where) {
    const Drawing drawing = TRY(parse(svg, where));
    const RsvgRectangle extent = TRY(extent_of(drawing.get(), where));
    return printed(drawing.get(), extent, where);
}

}  // namespace pli::render
