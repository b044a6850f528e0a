#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pli::uploads::reader {

/// The character of each code of a simple font; 0: none.
/// Source   ISO 32000-1 Annex D
using Encoding = std::array<char16_t, 256>;

/// "/WinAnsiEncoding", or a font with an encoding of its own ("/Symbol"); nullptr: unknown.
const Encoding* encoding_named(std::string_view name);

/// Which of the 14 fonts that every reader has is meant, as family and style ("Helvetica/BI"), its usual aliases
/// included; empty: none.
/// Source   ISO 32000-1 §9.6.2.2
std::string standard_font(std::string_view name);

/// The width of a character of such a font in thousandths of its size.
/// Source   the metrics of the URW fonts, which have the widths of the 14
double standard_width(std::string_view font, std::uint8_t code, char16_t character);

}  // namespace pli::uploads::reader
