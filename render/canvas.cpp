#include "render/canvas.hpp"

#include <algorithm>
#include <cmath>

namespace pli::render {
namespace {

/// Four products of a byte each with a share of 255, rounded, two at a time in one register.
/// Source   x/255 = (x + 128 + ((x + 128) >> 8)) >> 8, exact for all products of two bytes
constexpr std::uint32_t scaled_pair(std::uint32_t pair, std::uint32_t share) {
    const std::uint32_t product = pair * share + 0x800080;
    return (product + (product >> 8 & 0xFF00FF)) >> 8 & 0xFF00FF;
}
constexpr std::uint32_t scaled(std::uint32_t pixel, std::uint32_t share) {
    return scaled_pair(pixel & 0xFF00FF, share) | scaled_pair(pixel >> 8 & 0xFF00FF, share) << 8;
}
static_assert(scaled(0xFFFFFFFF, 255) == 0xFFFFFFFF && scaled(0x80FF0001, 0) == 0 && scaled(0xFF, 128) == 128);

/// Opaque ink of which `cover` of 255 lies on the pixel.
constexpr std::uint32_t inked(std::uint32_t pixel, ScreenInk ink, std::uint32_t cover) {
    return scaled(pixel, 255 - cover) + scaled(0xFF000000 | ink.rgb, cover);
}

/// How much of pixel `at` lies between two places.
double share_of(int at, double from, double to) {
    return std::max(0.0, std::min(to, at + 1.0) - std::max(from, double(at)));
}

constexpr std::uint32_t product(std::uint32_t a, std::uint32_t b) {
    std::uint32_t out = 0xFF000000;
    for (const int shift : {0, 8, 16}) out |= scaled_pair(a >> shift & 0xFF, b >> shift & 0xFF) << shift;
    return out;
}

/// Calls `row(to, from)` with the pixels of each row that both have.
void each_row(const Target& target, const Canvas& other, int x, int y, auto row) {
    const auto box = target.clip.within({x, y, x + other.columns, y + other.rows});
    if (box.empty()) return;
    for (int at = box.top; at < box.bottom; ++at)
        row(target.canvas.row(at) + box.left, other.row(at - y) + (box.left - x), box.right - box.left);
}

bool all_white(const std::uint32_t* pixel, int count) {
    return std::all_of(pixel, pixel + count, [](std::uint32_t p) { return (p & 0xFFFFFF) == 0xFFFFFF; });
}

}  // namespace

PixelBox PixelBox::within(const PixelBox& other) const {
    return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
            std::min(bottom, other.bottom)};
}

void Canvas::reset(int new_columns, int new_rows, std::uint32_t ground) {
    columns = new_columns;
    rows = new_rows;
    pixels.assign(std::size_t(columns) * std::size_t(rows), ground);
}

void ink_mask(const Target& target, const Mask& mask, int x, int y, ScreenInk ink) {
    const int left = x + mask.left, top = y + mask.top;
    const auto box = target.clip.within({left, top, left + mask.columns, top + mask.rows});
    for (int at = box.top; at < box.bottom; ++at) {
        const auto* cover = mask.cover.data() + std::ptrdiff_t(at - top) * mask.columns - left;
        auto* row = target.canvas.row(at);
        for (int column = box.left; column < box.right; ++column)
            if (cover[column] != 0) row[column] = inked(row[column], ink, cover[column]);
    }
}

void ink_box(const Target& target, const FineBox& box, ScreenInk ink) {
    const PixelBox pixels{int(std::floor(box.left)), int(std::floor(box.top)), int(std::ceil(box.right)),
                          int(std::ceil(box.bottom))};
    const auto touched = target.clip.within(pixels);
    const int first_whole = int(std::ceil(box.left)), last_whole = int(std::floor(box.right));
    for (int at = touched.top; at < touched.bottom; ++at) {
        const double height = share_of(at, box.top, box.bottom) * 255;
        const auto whole = std::uint32_t(std::lround(height));
        auto* row = target.canvas.row(at);
        for (int column = touched.left; column < touched.right; ++column) {
            const bool inside = column >= first_whole && column < last_whole;
            const auto cover =
                inside ? whole : std::uint32_t(std::lround(height * share_of(column, box.left, box.right)));
            row[column] = inked(row[column], ink, cover);
        }
    }
}

void lay_over(const Target& target, const Canvas& other, int x, int y) {
    each_row(target, other, x, y, [](std::uint32_t* to, const std::uint32_t* from, int count) {
        for (int i = 0; i < count; ++i)
            if (from[i] != Canvas::clear) to[i] = from[i] + scaled(to[i], 255 - (from[i] >> 24));
    });
}

void multiply(const Target& target, const Canvas& other, int x, int y) {
    each_row(target, other, x, y, [](std::uint32_t* to, const std::uint32_t* from, int count) {
        for (int i = 0; i < count; ++i)
            if ((from[i] & 0xFFFFFF) != 0xFFFFFF) to[i] = product(to[i], from[i]);
    });
}

Cutting without_white_edges(const Canvas& canvas) {
    PixelBox box = canvas.all();
    const auto white_row = [&](int y) { return all_white(canvas.row(y), canvas.columns); };
    while (box.top < box.bottom && white_row(box.top)) ++box.top;
    while (box.bottom > box.top && white_row(box.bottom - 1)) --box.bottom;
    const auto white_column = [&](int x) {
        for (int y = box.top; y < box.bottom; ++y)
            if (!all_white(canvas.row(y) + x, 1)) return false;
        return true;
    };
    while (box.left < box.right && white_column(box.left)) ++box.left;
    while (box.right > box.left && white_column(box.right - 1)) --box.right;
    Cutting cut{box.left, box.top, {}};
    cut.canvas.reset(box.right - box.left, box.bottom - box.top, Canvas::paper);
    for (int y = 0; y < cut.canvas.rows; ++y)
        std::copy_n(canvas.row(box.top + y) + box.left, cut.canvas.columns, cut.canvas.row(y));
    return cut;
}

}  // namespace pli::render
