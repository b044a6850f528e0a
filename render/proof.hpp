#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"
#include "render/canvas.hpp"
#include "render/pixel_shelf.hpp"

namespace pli::render {

/// Pixels on white, 8-bit RGB, rows from the top.
struct Picture {
    std::uint32_t columns = 0, rows = 0;
    std::vector<std::uint8_t> rgb;
};

/// Foreign pages are rasterised by whoever owns the sandbox and handed in.
using Rasterise = std::function<Result<Picture>(const ForeignPage&, int dpi)>;

struct ProofOptions {
    int dpi = 96;
    Rasterise rasterise;
};

/// What a Proofer draws from, and where it leaves pixels for others that draw from the same.
struct ProofSource {
    const fonts::FontSet& fonts;
    const Assets& assets;
    Rasterise rasterise;
    std::string name{};           // of these assets among all that share the shelf
    PixelShelf* shelf = nullptr;  // none: nothing is kept but glyphs
};

/// Draws Frames on the screen: the same glyphs at the same places as in print, inks shown as RGB. What comes again is
/// kept: glyphs in pixels by each Proofer, static layers, letterheads and pictures on the shelf.
/// Errors   Environment: more pixels than can be drawn; Unsupported: an uploaded page and nobody to rasterise it; what
///          rasterising says
/// Threads  one object per thread; font set, assets and shelf are shared and outlive it
class Proofer {
public:
    explicit Proofer(ProofSource source);
    ~Proofer();
    Proofer(Proofer&&) noexcept;

    /// Whatever was on the canvas is gone.
    Done draw(const Frame& frame, int dpi, Canvas& on);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// One Frame, with nothing kept.
Result<Picture> draw_proof(const Frame& frame, const fonts::FontSet& fonts, const Assets& assets,
                           const ProofOptions& options);

Picture picture_of(const Canvas& canvas);
Canvas canvas_of(const Picture& picture);

/// PNG, quickly rather than small: encoding, not drawing, is what a preview costs. Grey where no pixel has a colour.
/// Threads  one object per thread
class PngWriter {
public:
    PngWriter();
    ~PngWriter();
    PngWriter(PngWriter&&) noexcept;
    std::string encode(const Canvas& canvas, int dpi);

private:
    struct State;
    std::unique_ptr<State> state_;
};
std::string encode_png(const Picture& picture, int dpi);

/// WebP without loss, at its quickest.
/// Errors   Unsupported: larger than 16,383 pixels either way, which WebP cannot be; Environment: no memory
Result<std::string> encode_webp(const Canvas& canvas);

}  // namespace pli::render
