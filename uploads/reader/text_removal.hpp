#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace pli::uploads::reader {

/// A code within a string of a content stream, and how far the pen moves for it in thousandths of the font's size.
struct TakenCode {
    std::uint32_t token = 0;  // offset of the string
    std::uint32_t at = 0;     // of the code in the string's bytes
    std::uint8_t bytes = 1;
    double advance = 0;
};

/// The content without these codes: the pen moves on as if they were there, so that all else keeps its place.
/// Source   ISO 32000-1 §9.4.3 (TJ)
std::string without_codes(const std::string& content, std::vector<TakenCode> codes);

}  // namespace pli::uploads::reader
