#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/font_set.hpp"
#include "fonts/shaper.hpp"
#include "fonts/word_cache.hpp"

namespace pli::fonts {

/// Order and article numbers: a few letters that come again and again, and a number that never does ("NB-2025-100482").
/// What comes before the number, and the number's first sign, are shaped once; the number is composed from the pair
/// table. When such a beginning is learned, it is held against the plain shaping of itself with every sign that may
/// follow; where anything differs (a ligature, a rule that looks further) its words are shaped like any other, always.
/// Threads  one object per thread
class NumberedWords {
public:
    /// Shapes a word in the first face of a chain; empty where that face lacks a character.
    using Shape = std::function<std::vector<Glyph>(ChainId, std::string_view)>;
    NumberedWords(const FontSet& fonts, Shape shape) : fonts_(fonts), shape_(std::move(shape)) {}

    /// Null: no such word, or none that may be composed. Word and glyphs come from `arena`.
    const Word* compose(ChainId chain, std::string_view text, Arena& arena);

private:
    struct Beginning {
        ChainId chain;
        std::string text;            // "NB-"
        std::vector<Glyph> letters;  // "NB", as they stand before the sign
        bool holds = false;
    };
    static constexpr std::size_t most = 64;  // then words with further beginnings are words like others

    const Beginning* beginning(ChainId chain, std::string_view text);
    Beginning learn(ChainId chain, std::string_view text) const;
    bool agrees(const Beginning& beginning, std::string_view following) const;
    std::vector<Glyph> composed(const Beginning& beginning, std::string_view number) const;

    const FontSet& fonts_;
    Shape shape_;
    std::vector<Beginning> known_;
};

}  // namespace pli::fonts
