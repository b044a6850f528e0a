#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {

/// A CMap of a composite font or of ToUnicode: how the bytes of a string part into codes, and what the codes mean.
/// Ranges stay ranges, so that a hostile file cannot ask for a table of four thousand million entries.
/// Source   ISO 32000-1 §9.7.5, §9.10.3; Adobe Technical Note 5014
class CharacterMap {
public:
    CharacterMap() = default;
    /// An embedded one. What is beyond the limits or no CMap is left out.
    static CharacterMap read(std::string_view stream);
    /// One of those every reader knows: codes are parted as it says; characters are known where its codes are Unicode.
    static CharacterMap named(std::string_view name);

    /// Bytes of the code at the beginning of `bytes`, at least 1 where there is anything.
    std::size_t code_length(std::string_view bytes) const;
    std::optional<std::uint32_t> glyph_of(std::uint32_t code) const;
    /// In UTF-8.
    std::optional<std::string> text_of(std::uint32_t code) const;
    bool vertical() const { return vertical_; }
    bool says_text() const { return !texts_.empty() || codes_are_utf16_; }

private:
    struct Range {
        std::uint32_t low = 0, high = 0, value = 0;  // value: the first glyph, or where its text stands
    };
    class Parser;
    static const Range* find(const std::vector<Range>& ranges, std::uint32_t code);

    std::array<std::uint8_t, 256> lengths_{};  // by first byte; 0: not told
    std::uint8_t shortest_ = 0;
    std::vector<Range> glyphs_, texts_;
    std::vector<std::u16string> targets_;
    bool identity_ = false, codes_are_utf16_ = false, vertical_ = false;
};

}  // namespace pli::uploads::reader
