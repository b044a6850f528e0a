#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace pli::fonts {

/// Makes glyph id and CID the same number in a CID-keyed "CFF " table. A PDF looks glyphs of such a font up by CID (ISO
/// 32000-1 §9.7.4.2) while Pli writes glyph ids; fonts cut down to one region ("Noto Sans JP") number them apart, and
/// without this they would print other characters. A name-keyed table is left as it is: there the two are one already.
/// Source   Adobe Technical Note #5176 (CFF), §5 INDEX, §9 Top DICT, §13 charsets
/// Errors   false: the table is not well formed
bool number_cids_by_glyph(std::string& cff);

/// How many glyphs a "CFF " table draws; 0 where its outlines are not well formed.
std::size_t char_string_count(std::string_view cff);

}  // namespace pli::fonts
