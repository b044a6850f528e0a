#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {

/// What an embedded font tells of its characters, for PDFs that do not say it themselves.
/// Source   OpenType 1.9 "cmap" and "post"; Adobe Type 1 Font Format §2.2 (Encoding)
class FontProgram {
public:
    FontProgram() = default;
    static FontProgram true_type(std::string_view file);
    static FontProgram type1(std::string_view file);

    /// In UTF-8; empty: not known.
    std::string text_of_code(std::uint8_t code) const;
    std::string text_of_glyph(std::uint32_t glyph) const;

private:
    std::vector<char32_t> characters_;         // by glyph; 0: none
    std::array<std::uint16_t, 256> glyphs_{};  // by code, of the font's own encoding
    std::array<std::string, 256> names_;       // by code
};

}  // namespace pli::uploads::reader
