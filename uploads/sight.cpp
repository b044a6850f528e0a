#include "uploads/sight.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace pli::uploads {
namespace {

/// The pixels whose middle lies within a rectangle, and half a pixel of its edge left out on every side.
struct Pixels {
    std::uint32_t left = 0, top = 0, right = 0, bottom = 0;  // right and bottom are beyond
    bool empty() const { return left >= right || top >= bottom; }
};

std::uint32_t pixel(double at, std::uint32_t most) {
    return static_cast<std::uint32_t>(std::clamp(at, 0.0, static_cast<double>(most)));
}

Pixels pixels_of(const InkMap& map, const Rect& rect) {
    const double across = map.columns / map.size.width.to_mm(), down = map.rows / map.size.height.to_mm();
    return {pixel(std::floor(rect.left().to_mm() * across) + 1, map.columns),
            pixel(std::floor(rect.top().to_mm() * down) + 1, map.rows),
            pixel(std::ceil(rect.right().to_mm() * across) - 1, map.columns),
            pixel(std::ceil(rect.bottom().to_mm() * down) - 1, map.rows)};
}

Rect rect_of(const InkMap& map, const Pixels& pixels) {
    const double across = map.size.width.to_mm() / map.columns, down = map.size.height.to_mm() / map.rows;
    return {{Length::mm(pixels.left * across), Length::mm(pixels.top * down)},
            {Length::mm((pixels.right - pixels.left) * across), Length::mm((pixels.bottom - pixels.top) * down)}};
}

/// The bits of a row from `left` to `right`, byte by byte: see(first pixel of the byte, bits).
void each_byte(const char* row, std::uint32_t left, std::uint32_t right, auto&& see) {
    for (std::uint32_t byte = left / 8; byte * 8 < right; ++byte) {
        auto bits = static_cast<std::uint8_t>(row[byte]);
        if (byte * 8 < left) bits &= static_cast<std::uint8_t>(0xFF >> (left - byte * 8));
        if (byte * 8 + 8 > right) bits &= static_cast<std::uint8_t>(0xFF << (byte * 8 + 8 - right));
        if (bits != 0) see(byte * 8, bits);
    }
}

constexpr std::uint64_t least_pixels = 4;

std::optional<InkFound> found(const InkMap& map, const std::string& plane, const Rect& rect) {
    if (map.columns == 0 || map.rows == 0) return std::nullopt;
    const Pixels area = pixels_of(map, rect);
    if (area.empty()) return std::nullopt;
    std::uint64_t count = 0;
    Pixels bounds{area.right, area.bottom, area.left, area.top};
    for (std::uint32_t y = area.top; y < area.bottom; ++y) {
        each_byte(plane.data() + std::size_t{y} * map.stride(), area.left, area.right,
                  [&](std::uint32_t x, std::uint8_t bits) {
                      count += static_cast<std::uint64_t>(std::popcount(bits));
                      bounds.left = std::min(bounds.left, x + static_cast<std::uint32_t>(std::countl_zero(bits)));
                      bounds.right = std::max(bounds.right, x + 8 - static_cast<std::uint32_t>(std::countr_zero(bits)));
                      bounds.top = std::min(bounds.top, y);
                      bounds.bottom = y + 1;
                  });
    }
    if (count < least_pixels) return std::nullopt;
    const double all = static_cast<double>(area.right - area.left) * (area.bottom - area.top);
    return InkFound{static_cast<double>(count) / all, rect_of(map, bounds)};
}

}  // namespace

std::optional<InkFound> marks_within(const InkMap& map, const Rect& rect) { return found(map, map.marks, rect); }
std::optional<InkFound> tint_within(const InkMap& map, const Rect& rect) { return found(map, map.tints, rect); }

}  // namespace pli::uploads
