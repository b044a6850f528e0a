#pragma once
#include <hb.h>

#include <string>

namespace pli::fonts {

/// Follows every TrueType outline to its end. Empty where all is well, else what is wrong: "glyph 17 ends early".
/// Source   OpenType 1.9: loca, glyf
std::string check_glyf(hb_face_t* face);

}  // namespace pli::fonts
