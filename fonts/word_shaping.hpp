#pragma once
#include <hb.h>

#include <span>
#include <string_view>

#include "base/release.hpp"
#include "fonts/font_set.hpp"
#include "fonts/setting.hpp"

namespace pli::fonts {

using HbBuffer = Handle<hb_buffer_t, hb_buffer_destroy>;

/// A stretch of a longer text, with what HarfBuzz has to know of it. The text around it is its context.
struct ShapingInput {
    std::string_view text;
    std::size_t first = 0, length = 0;
    hb_script_t script = HB_SCRIPT_LATIN;
    hb_language_t language = HB_LANGUAGE_INVALID;  // never HarfBuzz's default, which is the locale's
    bool rtl = false;
    const Setting* setting = nullptr;  // features, tracking; null: none
};

/// A word on its own: left to right, in the script of its first letter; Latin where it has none; in the setting's
/// language.
ShapingInput whole_word(std::string_view word, const Setting* setting = nullptr);

/// The one call of HarfBuzz behind everything Pli sets. Afterwards `buffer` holds the glyphs; what shows nothing (soft
/// hyphens, joiners) is taken out. Replaces what was in the buffer.
void shape_into(hb_buffer_t* buffer, hb_font_t* font, const ShapingInput& input);

std::span<const hb_glyph_info_t> glyph_infos(hb_buffer_t* buffer);

/// Glyph `i` of a shaped buffer as a frame holds it.
Glyph glyph_at(hb_buffer_t* buffer, std::size_t i);

}  // namespace pli::fonts
