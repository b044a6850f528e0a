#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

/// A stretch of text in one face and one direction.
struct ShapedRun {
    FaceId face;
    std::uint8_t level = 0;               // bidi embedding level; odd is right to left
    std::uint32_t first = 0, length = 0;  // bytes of the text it came from
    std::vector<Glyph> glyphs;            // visual order
    std::vector<std::uint32_t> clusters;  // per glyph: byte offset into the text
    bool needs_text = false;              // glyphs alone do not give the text back: set ActualText
    Length width(Length size, const FontSet& fonts) const;
};

/// A word (no spaces) of a simple left-to-right script, shaped once and remembered.
struct Word {
    FaceId face;
    std::int32_t advance = 0;  // design units of the face
    std::uint32_t glyph_count = 0;
    const Glyph* glyphs = nullptr;  // until the Shaper's next trim()
    bool needs_text = false;        // a ligature or substitute whose text the face's cmap does not tell
};

/// Shapes text in one thread: HarfBuzz behind a word cache and a verified digit-pair table, Pango for what is not
/// simple.
/// Source   the plain HarfBuzz call is what all of it is tested against
/// Errors   MissingGlyph, naming the character as "U+1F600 😀"; BadInput: not UTF-8; `word` also Unsupported: each
///          character is in some face, all of them in none. Such a word is set by `shape`
/// Threads  one object per thread; the FontSet is shared, frozen, and outlives the Shaper where it is
class Shaper {
public:
    explicit Shaper(const FontSet& fonts);
    ~Shaper();
    Shaper(Shaper&&) noexcept;

    /// Latin, Greek, Cyrillic, digits and punctuation, left to right, one face per word is enough. ASCII is decided
    /// fast.
    static bool is_simple(std::string_view text);

    /// One word of simple text. All of it in the first face of the chain that has every character. A space is a word.
    /// The pointer is good until the next trim(). A remembered word costs 15 ns, a number (digits . , - / : and a few
    /// more) about 50 ns, a new word 2 µs.
    Result<const Word*> word(ChainId chain, std::string_view text);

    /// Any text: itemised by script, direction and face (Pango), shaped by HarfBuzz, in logical order.
    /// No language given: the chain's. `base` is the paragraph's direction; Auto takes it from the first strong
    /// character.
    enum class Base : std::uint8_t { Auto, LeftToRight, RightToLeft };
    Result<std::vector<ShapedRun>> shape(ChainId chain, std::string_view text, std::string_view language,
                                         Base base = Base::Auto);

    /// The runs of one line from left to right. Spaces at its end must have been cut off or set to the base level.
    /// Source   UAX #9 rule L2; the glyphs within a run are in visual order already
    std::vector<ShapedRun> visual_order(std::vector<ShapedRun> line) const;

    /// Forgets the numbers, and the words too where they have outgrown 4 MB. Call between letters, never while holding
    /// a Word: without it numbers pile up.
    void trim();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::fonts
