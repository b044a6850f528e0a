#pragma once
#include <cstdint>
#include <vector>

#include "fonts/font_set.hpp"

namespace pli::fonts {

/// Codes of one or two bytes, as the encodings of East Asia have them, so that a page of Latin text needs half the
/// bytes that glyph ids take. A byte of 0x20 or more is a code by itself: the character's place in Windows-1252, with
/// the gaps filled from Polish, Czech and Hungarian. A lower byte starts a code of two bytes, the glyph id; 8,192
/// glyphs have one. Glyphs that stand for more than one character (ligatures) have no code here: MuPDF 1.21 loses all
/// but the first. Codes depend on the face alone, never on the text that is set.
/// Source   Unicode's CP1252.TXT; ISO 32000-1 §9.7.6.2 (codespace ranges)
/// Threads  immutable
class MixedCodes {
public:
    MixedCodes(const Face& face, const GlyphTexts& texts);

    static constexpr std::uint16_t none = 0;
    static constexpr std::uint16_t two_bytes = 0x100;  // and above
    std::uint16_t of(std::uint16_t glyph) const { return glyph < codes_.size() ? codes_[glyph] : none; }
    /// For each glyph of the face its code where that is one byte and needs no escape in a string, else 0.
    const std::uint8_t* plain() const { return plain_.data(); }

private:
    std::vector<std::uint16_t> codes_;  // by glyph id
    std::vector<std::uint8_t> plain_;
};

}  // namespace pli::fonts
