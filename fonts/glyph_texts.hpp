#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/font_set.hpp"

namespace pli::fonts {

/// The text each glyph of a face stands for: what a reader of the PDF gets through ToUnicode. Both the CMap that is
/// written and the decision whether a word needs ActualText come from this one table, so they cannot disagree.
/// Source   the face's cmap: the lowest code point that is not a compatibility form; presentation forms are taken apart
///          ("ﬁ" is "fi"), but for Arabic ligatures; ligatures without a code point by shaping the usual ones,
///          other ligatures, small capitals, figures and joined forms from the face's GSUB
/// Threads  immutable
class GlyphTexts {
public:
    explicit GlyphTexts(const Face& face);

    /// Empty where unknown.
    std::u32string_view of(std::uint16_t glyph) const;

    /// Whether the glyphs, read from left to right, give the text back: canonically equivalent, and compatible where
    /// Unicode means the same sign (no-break space and space). Invisible characters do not count.
    bool spell(std::span<const Glyph> glyphs, std::string_view text) const;

private:
    void read_cmap(const Face& face);
    void read_substitutes(const Face& face);
    void read_arabic_ligatures(const Face& face);
    void read_replacements(const Face& face);
    void put(std::uint16_t glyph, std::u32string_view text);

    // Per glyph: a slice of `texts_`, which holds all of them one after the other.
    struct Place {
        std::uint32_t first : 24 = 0;
        std::uint32_t length : 8 = 0;
    };
    std::vector<Place> places_;
    std::u32string texts_;
};

}  // namespace pli::fonts
