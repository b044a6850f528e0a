#include "uploads/reader/spots.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <poppler.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#define ZX_USE_UTF8 1  // texts as std::string
#include <ZXing/ReadBarcode.h>

#include "base/release.hpp"
#include "uploads/packing.hpp"
#include "uploads/spots.hpp"

namespace pli::uploads::reader {
namespace {

using Document = Handle<PopplerDocument, g_object_unref>;
using Page = Handle<PopplerPage, g_object_unref>;
using Bytes = Handle<GBytes, g_bytes_unref>;
using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = Handle<cairo_t, cairo_destroy>;
using Words = Handle<char, g_free>;
using Boxes = Handle<PopplerRectangle, g_free>;

constexpr double most_pixels = 100e6;
constexpr std::uint8_t lightest_ink = 127;
constexpr std::size_t packed_spot = 4 + 4 * 8 + 1;

std::vector<Spot> read_spots(std::string_view asked) {
    Reader in(asked);
    std::vector<Spot> spots(asked.size() / packed_spot);
    for (Spot& spot : spots) {
        spot.page = in.number<std::uint32_t>();
        for (Length* side :
             {&spot.place.origin.x, &spot.place.origin.y, &spot.place.size.width, &spot.place.size.height})
            *side = Length::nm(in.number<std::int64_t>());
        spot.words = in.number<std::uint8_t>() != 0;
    }
    return spots;
}

Rect around(std::span<const Spot> spots) {
    Length left = spots.front().place.left(), top = spots.front().place.top(), right = left, bottom = top;
    for (const Spot& spot : spots) {
        left = std::min(left, spot.place.left());
        top = std::min(top, spot.place.top());
        right = std::max(right, spot.place.right());
        bottom = std::max(bottom, spot.place.bottom());
    }
    return {{left, top}, {right - left, bottom - top}};
}

/// A rectangle of pixels, as ZXing wants them.
struct Window {
    const std::uint8_t* pixels = nullptr;
    int columns = 0, rows = 0, stride = 0;
};

/// The part of a page around its spots, in pixels on white.
class Part {
public:
    /// `pixels` is kept from page to page: a large sheet's come fresh from the kernel otherwise, which clears them first.
    static Result<Part> draw(PopplerPage* page, const Rect& place, int dpi, std::vector<std::uint8_t>& pixels) {
        const double scale = dpi / 72.0;
        const double columns = std::ceil(place.size.width.to_pt() * scale),
                     rows = std::ceil(place.size.height.to_pt() * scale);
        if (!(columns >= 1 && rows >= 1 && columns * rows <= most_pixels))
            return failure(Fault::Overflow, "too-heavy", "the places to look at are empty, or too large to draw");
        const int stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, static_cast<int>(columns));
        pixels.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(rows), 0xff);
        Surface surface(cairo_image_surface_create_for_data(pixels.data(), CAIRO_FORMAT_RGB24,
                                                            static_cast<int>(columns), static_cast<int>(rows), stride));
        const Context context(cairo_create(surface.get()));
        cairo_scale(context.get(), scale, scale);
        cairo_translate(context.get(), -place.left().to_pt(), -place.top().to_pt());
        poppler_page_render(page, context.get());
        cairo_surface_flush(surface.get());
        if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
            return failure(Fault::BadInput, "damaged", "the page cannot be drawn");
        return Part(std::move(surface), place.origin, scale);
    }

    Window window(const Rect& place) const {
        const int all_columns = cairo_image_surface_get_width(surface_.get()),
                  all_rows = cairo_image_surface_get_height(surface_.get());
        const int left = std::clamp(pixels(place.left() - origin_.x), 0, all_columns),
                  top = std::clamp(pixels(place.top() - origin_.y), 0, all_rows);
        const int stride = cairo_image_surface_get_stride(surface_.get());
        return {cairo_image_surface_get_data(surface_.get()) + std::ptrdiff_t{top} * stride + std::ptrdiff_t{left} * 4,
                std::min(pixels(place.size.width), all_columns - left),
                std::min(pixels(place.size.height), all_rows - top), stride};
    }

private:
    Part(Surface surface, Point origin, double scale) : surface_(std::move(surface)), origin_(origin), scale_(scale) {}
    int pixels(Length length) const { return static_cast<int>(std::lround(length.to_pt() * scale_)); }
    Surface surface_;
    Point origin_;
    double scale_;
};

double ink_in(const Window& window) {
    std::size_t dark = 0;
    for (int y = 0; y < window.rows; ++y) {
        const std::uint8_t* pixel = window.pixels + std::ptrdiff_t{y} * window.stride;
        for (int x = 0; x < window.columns; ++x, pixel += 4)
            dark += std::min({pixel[0], pixel[1], pixel[2]}) <= lightest_ink ? 1 : 0;
    }
    const double all = static_cast<double>(window.columns) * window.rows;
    return all > 0 ? static_cast<double>(dark) / all : 0;
}

std::vector<std::string> codes_in(const Window& window) {
    if (window.columns < 8 || window.rows < 8) return {};
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode | ZXing::BarcodeFormat::DataMatrix);
    hints.setTryHarder(false);
    hints.setTryRotate(true);      // a letter may stand on its head; a DataMatrix is else looked for from one side
    hints.setTryDownscale(false);  // drawn, not photographed: there is no noise to smooth
    hints.setMaxNumberOfSymbols(4);
    const ZXing::ImageView view(window.pixels, window.columns, window.rows, ZXing::ImageFormat::BGRX, window.stride);
    std::vector<std::string> codes;
    for (const ZXing::Result& found : ZXing::ReadBarcodes(view, hints))
        if (found.isValid()) codes.emplace_back(found.bytes().begin(), found.bytes().end());
    return codes;
}

/// The characters of a page, in poppler's order.
class PageText {
public:
    explicit PageText(PopplerPage* page) : all_(poppler_page_get_text(page)) {
        PopplerRectangle* found = nullptr;
        if (all_ && poppler_page_get_text_layout(page, &found, &count_)) boxes_.reset(found);
    }

    /// Those whose middle lies within. Poppler's own way to ask for the text of an area follows columns, as a reader's
    /// mouse does, and takes a neighbour's lines along.
    std::string within(const Rect& place) const {
        std::string words;
        if (!boxes_) return words;
        const char* at = all_.get();
        for (const PopplerRectangle& box : std::span(boxes_.get(), count_)) {
            if (*at == '\0') break;
            const char* const next = g_utf8_next_char(at);
            if (lies_in(box, place))
                words.append(at, next);
            else if (!words.empty() && words.back() != ' ')
                words += ' ';  // what is left out divides words
            at = next;
        }
        while (words.ends_with(' ')) words.pop_back();
        return words;
    }

private:
    static bool lies_in(const PopplerRectangle& box, const Rect& place) {
        const Point middle{Length::pt((box.x1 + box.x2) / 2), Length::pt((box.y1 + box.y2) / 2)};
        return place.left() <= middle.x && middle.x <= place.right() && place.top() <= middle.y &&
               middle.y <= place.bottom();
    }
    Words all_;
    Boxes boxes_;
    guint count_ = 0;
};

Done see_page(PopplerPage* page, std::span<const Spot> spots, int dpi, SpotsSeen& seen,
              std::vector<std::uint8_t>& pixels) {
    const Part part = TRY(Part::draw(page, around(spots), dpi, pixels));
    std::optional<PageText> text;
    for (const Spot& spot : spots) {
        const Window window = part.window(spot.place);
        if (spot.words && !text) text.emplace(page);
        seen.spots.push_back({codes_in(window), spot.words ? text->within(spot.place) : "", ink_in(window)});
    }
    return {};
}

}  // namespace

Result<SpotsSeen> see_spots(const std::string& pdf, std::string_view asked, int dpi) {
    const std::vector<Spot> spots = read_spots(asked);
    const Bytes bytes(g_bytes_new_static(pdf.data(), pdf.size()));
    GError* error = nullptr;
    const Document document(poppler_document_new_from_bytes(bytes.get(), nullptr, &error));
    if (!document) {
        g_clear_error(&error);
        return failure(Fault::BadInput, "damaged", "the pages cannot be drawn");
    }
    SpotsSeen seen;
    std::vector<std::uint8_t> pixels;
    for (std::size_t at = 0; at < spots.size();) {
        std::size_t end = at + 1;
        while (end < spots.size() && spots[end].page == spots[at].page) ++end;
        const bool there = spots[at].page < static_cast<std::uint32_t>(poppler_document_get_n_pages(document.get()));
        const Page page(there ? poppler_document_get_page(document.get(), static_cast<int>(spots[at].page)) : nullptr);
        if (!page) return failure(Fault::BadInput, "damaged", fmt::format("there is no page {}", spots[at].page + 1));
        TRY(see_page(page.get(), std::span(spots).subspan(at, end - at), dpi, seen, pixels));
        at = end;
    }
    return seen;
}

}  // namespace pli::uploads::reader
