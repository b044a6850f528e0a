#pragma once
#include <vector>

#include "fonts/shaper.hpp"
#include "layouts/boxes.hpp"

namespace pli::layouts {

struct TypeStyle;

/// How far a small sign at a line's end goes into the margin, so that the edge looks straight: a hyphen leaves a notch.
struct HangingGlyph {
    std::uint16_t glyph = 0;
    Length left, right;
};

/// The signs that hang, as a style draws them.
/// Source   shares of the sign's width after Hàn Thế Thành's margin kerning, rounded
/// Threads  pure but for the shaper
std::vector<HangingGlyph> hanging_glyphs(const TypeStyle& style, const fonts::FontSet& fonts, fonts::Shaper& shaper);

/// Of the glyph that begins or ends a line; nothing where it does not hang.
Length hangs_left(const TypeStyle& style, const Glyph* first, std::uint32_t count);
Length hangs_right(const TypeStyle& style, const Glyph* first, std::uint32_t count);

/// How far a line's first and last sign go into the margins; nothing unless its manner lets them.
struct Hang {
    Length left{}, right{};
};
Hang hang_of(const Prose& prose, const SetLine& line);

}  // namespace pli::layouts
