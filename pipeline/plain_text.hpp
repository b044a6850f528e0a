#pragma once
#include <string_view>

#include "base/result.hpp"
#include "fonts/shaper.hpp"
#include "frame/frame.hpp"

namespace pli::pipeline {

/// Where and how a line of plain text stands.
struct TextStyle {
    Length size;
    Colour colour;
};

/// Sets single lines in the run's mark face: piece ids, slug lines, the control sheet. No breaking, no bidi.
/// Errors   MissingGlyph, where no fallback face has a character
/// Threads  one object per thread
class PlainText {
public:
    PlainText(const fonts::FontSet& fonts, fonts::ChainId chain) : fonts_(fonts), chain_(chain), shaper_(fonts) {}

    /// Adds the line to the frame and gives its width.
    Result<Length> set(Frame& frame, Point baseline, const TextStyle& style, std::string_view text);

private:
    const fonts::FontSet& fonts_;
    fonts::ChainId chain_;
    fonts::Shaper shaper_;
};

}  // namespace pli::pipeline
