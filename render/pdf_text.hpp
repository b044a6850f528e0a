#pragma once
#include <string>
#include <string_view>

namespace pli::render {

/// Two capital digits a byte.
std::string ascii_hex(std::string_view bytes);

/// UTF-8 as hexadecimal UTF-16BE without a byte order mark. Broken bytes become U+FFFD.
void append_utf16_hex(std::string& out, std::string_view utf8);
void append_utf16_hex(std::string& out, char32_t character);

/// A text string object: "(...)" where ASCII is enough, else "<FEFF...>".   Source: ISO 32000-1 §7.9.2.2
std::string text_string(std::string_view utf8);

/// A name object, "/" included; what a name may not hold is written as #xx.   Source: ISO 32000-1 §7.3.5
std::string name_object(std::string_view bytes);

}  // namespace pli::render
