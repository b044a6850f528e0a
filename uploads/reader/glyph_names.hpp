#pragma once
#include <string>
#include <string_view>

namespace pli::uploads::reader {

/// What a glyph's name says in UTF-8: "Adieresis", "uni20AC", "u1F600", "f_f_i", "a.alt"; empty where it says nothing.
/// Source   Adobe Glyph List 2.0 (Apache License 2.0) and its specification, §2
std::string text_of_glyph_name(std::string_view name);

void append_utf8(std::string& text, char32_t character);

}  // namespace pli::uploads::reader
