#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "fonts/font_set.hpp"
#include "fonts/outlines.hpp"
#include "frame/frame.hpp"
#include "render/canvas.hpp"

namespace pli::render {

/// A place on the screen, in pixels and fractions of them.
struct PenPlace {
    double x = 0, y = 0;
};

/// A face at one size on the screen.
struct ScreenType {
    FaceId face;
    double px_per_unit = 0;  // pixels for one design unit
};

/// What glyphs look like in pixels, drawn by Cairo from their outlines when they are first met and kept. The pen may
/// stand at any place: it is moved to the nearest quarter of a pixel each way, at most an eighth (0.03 mm at 96 dpi)
/// from where it belongs.
/// Threads  one object per thread
class GlyphMasks {
public:
    explicit GlyphMasks(const fonts::FontSet& fonts) : fonts_(fonts) {}

    void ink(const Target& target, const ScreenType& type, std::uint16_t glyph, PenPlace at, ScreenInk ink);

    /// Forgets all where they have outgrown 8 MB: a face as large as a poster, a text in Chinese.
    void trim();

private:
    static constexpr int phases = 4;
    struct Type {
        ScreenType type;
        std::unordered_map<std::uint32_t, Mask> masks;  // by glyph and phase
    };
    Type& type_of(const ScreenType& type);
    const std::vector<fonts::OutlineStep>& outline(FaceId face, std::uint16_t glyph);
    Mask draw(const ScreenType& type, std::uint16_t glyph, PenPlace at);

    const fonts::FontSet& fonts_;
    std::vector<Type> types_;
    std::size_t latest_ = 0, bytes_ = 0;
    std::unordered_map<std::uint32_t, std::vector<fonts::OutlineStep>> outlines_;  // by face and glyph
};

}  // namespace pli::render
