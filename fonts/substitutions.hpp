#pragma once
#include <hb.h>

#include <cstdint>
#include <functional>
#include <span>

namespace pli::fonts {

/// Reads what a face puts in place of glyphs: one for one (small capitals, figures, joined forms; each of several
/// choices) and one for several (ligatures). `found` hears the glyphs replaced and the glyph that replaces them, in the
/// order of the table. Rules that need a context name the same lookups and are covered by that. A damaged table is read
/// as far as it goes.
/// Source   OpenType 1.9, GSUB lookup types 1, 3, 4 and 7
void read_substitutions(hb_face_t* face,
                        const std::function<void(std::span<const std::uint16_t> glyphs, std::uint16_t by)>& found);

}  // namespace pli::fonts
