#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "fonts/font_set.hpp"
#include "fonts/glyph_texts.hpp"

namespace pli::fonts {

/// Text made of the signs of amounts, dates and phone numbers alone, as indices into their alphabet: digits, . , - / :
/// and, in faces where they behave, ' ’ % + # € and the two no-break spaces.
class NumberSigns {
public:
    static constexpr std::uint8_t count = 23, core_count = 15;
    static constexpr std::size_t longest = 32;

    /// False where the text has another character or is longer. Ends at the first other character.
    bool read(std::string_view text);
    std::size_t size() const { return size_; }
    std::span<const std::uint8_t> view() const { return {signs_.data(), size_}; }
    bool core_only() const { return core_only_; }

private:
    std::array<std::uint8_t, longest> signs_;  // set up to `size_` by read()
    std::size_t size_ = 0;
    bool core_only_ = true;
};

/// Numbers never repeat, so remembering them as words would fill the cache. Instead the width of each sign before each
/// other is kept. A face in which that is not the whole truth (a ligature, a rule on three signs) is found out when the
/// table is made: every sequence of three is shaped and compared, and the table then refuses. Features and tracking are
/// part of what is learnt and compared.
/// Threads  immutable
class NumberPairs {
public:
    NumberPairs(const Face& face, const GlyphTexts& texts, const Setting& setting);

    /// Whether `compose` may be asked.
    bool covers(const NumberSigns& signs) const { return signs.core_only() ? core_ : all_; }

    /// Writes a glyph for each sign and returns the sum of their advances.
    std::int32_t compose(std::span<const std::uint8_t> signs, Glyph* glyphs) const;

private:
    static constexpr std::uint8_t alphabet = NumberSigns::count, at_end = alphabet;
    using Advances = std::array<std::int32_t, alphabet + 1>;  // before each other sign, and at the end

    class Trial;
    std::uint8_t learn_signs(Trial& trial, const GlyphTexts& texts);
    bool learn_pairs(Trial& trial, std::uint8_t count);

    std::array<std::uint16_t, alphabet> glyphs_{};
    std::array<Advances, alphabet> advances_{};
    bool core_ = false, all_ = false;
};

}  // namespace pli::fonts
