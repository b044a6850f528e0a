#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"

namespace pli::render {

/// Pixels on white, 8-bit RGB, rows from the top.
struct Picture {
    std::uint32_t columns = 0, rows = 0;
    std::vector<std::uint8_t> rgb;
};

/// Draws Frames on the screen with Cairo: the same glyphs at the same places as in print, inks shown as RGB.
/// Foreign pages are rasterised by whoever owns the sandbox and handed in.
/// Threads  one object per thread
struct ProofOptions {
    int dpi = 96;
    std::function<Result<Picture>(const ForeignPage&, int dpi)> rasterise;
};
Result<Picture> draw_proof(const Frame& frame, const fonts::FontSet& fonts, const Assets& assets,
                           const ProofOptions& options);

/// PNG with libdeflate: encoding, not drawing, is what a preview costs.
std::string encode_png(const Picture& picture, int dpi);

}  // namespace pli::render
