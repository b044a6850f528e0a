#pragma once
#include <string>
#include <vector>

#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"

namespace pli::layouts::trial {

/// A line of text as a reader sees it: all runs on one baseline.
struct Line {
    Length baseline, left, right, size;
    std::string text;
};

/// The lines between two heights, from the top; `fonts` gives them their text back.
std::vector<Line> lines_of(const Frame& page, Length top, Length bottom, const fonts::FontSet* fonts = nullptr);

/// All text between two heights; lines and what stands apart on a line have a blank between them.
std::string text_of(const Frame& page, Length top, Length bottom, const fonts::FontSet& fonts);

/// The page with the layers it places drawn into it.
Frame flattened(const Frame& page, const Assets& assets);

}  // namespace pli::layouts::trial
