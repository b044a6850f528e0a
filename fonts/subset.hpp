#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

/// Glyphs of one face that a batch has used. Merging is a union, so the order of letters and threads leaves no trace.
class GlyphSet {
public:
    void add(std::uint16_t glyph) {
        if (glyph >= used_.size()) used_.resize(glyph + std::size_t{1});
        used_[glyph] = true;
    }
    /// A byte for each of the face's glyphs, for who marks them by the thousand: 1 says used.
    std::uint8_t* marks(std::size_t glyphs) {
        if (used_.size() < glyphs) used_.resize(glyphs);
        return used_.data();
    }
    void merge(const GlyphSet& other);
    bool empty() const { return used_.empty(); }
    bool contains(std::uint16_t glyph) const { return glyph < used_.size() && used_[glyph]; }
    std::vector<std::uint16_t> sorted() const;

private:
    std::vector<std::uint8_t> used_;  // a byte a glyph: every glyph that is shown is added
};

/// A font program to embed: only the glyphs used, glyph ids kept, no hinting, no layout tables. TrueType goes into
/// FontFile2 with CIDToGIDMap Identity; CFF (`face.cff`) is OpenType for FontFile3 /OpenType, and its CIDs are glyph
/// ids. A face whose licence forbids cutting it down (`face.whole`) is embedded with all its glyphs and tables. The
/// same bytes for the same glyphs.
/// Errors   BadInput: HarfBuzz cannot subset the face
Result<std::string> subset(const Face& face, const GlyphSet& glyphs);

/// The text each glyph stands for, for a ToUnicode CMap. Glyphs without a known text are left out; runs that need them
/// have `needs_text` set, since both come from one table (glyph_texts.hpp).
std::map<std::uint16_t, std::u32string> glyph_texts(const Face& face, const GlyphSet& glyphs);

}  // namespace pli::fonts
