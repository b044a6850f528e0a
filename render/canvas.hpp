#pragma once
#include <cstdint>
#include <vector>

namespace pli::render {

/// Opaque ink on the screen: 0xrrggbb.
struct ScreenInk {
    std::uint32_t rgb = 0;
};

/// Whole pixels from the top left corner; right and bottom are the first ones outside.
struct PixelBox {
    int left = 0, top = 0, right = 0, bottom = 0;
    bool empty() const { return right <= left || bottom <= top; }
    PixelBox within(const PixelBox& other) const;
    bool operator==(const PixelBox&) const = default;
};

/// The share of each pixel that a glyph covers, 0 to 255, rows from the top. `left` and `top` say where its first pixel
/// lies from the pixel that the pen stands in.
struct Mask {
    int left = 0, top = 0, columns = 0, rows = 0;
    std::vector<std::uint8_t> cover;
};

/// Pixels in Cairo's order (0xaarrggbb, colour multiplied by its coverage), without gaps between rows. Drawn into over
/// and over, so that a page costs no new memory.
/// Units    pixels; fractions of them where a box may end within one
/// Threads  a value
struct Canvas {
    int columns = 0, rows = 0;
    std::vector<std::uint32_t> pixels;

    static constexpr std::uint32_t paper = 0xFFFFFFFF, clear = 0;
    void reset(int new_columns, int new_rows, std::uint32_t ground);
    PixelBox all() const { return {0, 0, columns, rows}; }
    std::uint32_t* row(int y) { return pixels.data() + std::size_t(y) * std::size_t(columns); }
    const std::uint32_t* row(int y) const { return pixels.data() + std::size_t(y) * std::size_t(columns); }
};

/// What is drawn on, and how much of it may be touched.
struct Target {
    Canvas& canvas;
    PixelBox clip;  // within the canvas
};

/// `mask` with the pen in pixel (x, y).
void ink_mask(const Target& target, const Mask& mask, int x, int y, ScreenInk ink);

/// A box that may begin and end within pixels: those are inked by the share that is covered.
struct FineBox {
    double left = 0, top = 0, right = 0, bottom = 0;
};
void ink_box(const Target& target, const FineBox& box, ScreenInk ink);

/// Another canvas with its first pixel at (x, y): laid over, or multiplied, whose white lets everything through.
void lay_over(const Target& target, const Canvas& other, int x, int y);
void multiply(const Target& target, const Canvas& other, int x, int y);

/// The pixels that are not white, as a canvas of their own with its place in the old one.
struct Cutting {
    int x = 0, y = 0;
    Canvas canvas;
};
Cutting without_white_edges(const Canvas& canvas);

}  // namespace pli::render
