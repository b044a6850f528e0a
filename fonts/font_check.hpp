#pragma once
#include <hb.h>

#include <string>

#include "base/result.hpp"

namespace pli::fonts {

/// Looks at what a press will have to draw from: a damaged font must be found when the template is compiled, not by the
/// print house's RIP. Outlines are followed to their ends, components to the bottom; layout tables are left to
/// HarfBuzz, which checks them itself.
/// Source   OpenType 1.9: head, hhea, hmtx, maxp, loca, glyf, CFF; the checks of OpenType Sanitizer (OTS)
/// Errors   Unsupported: bitmaps or colour instead of outlines, CFF2; BadInput: damaged tables, components that contain
///          themselves
Done check_tables(hb_face_t* face, const std::string& file);

/// Fonts Pli cannot embed, known by their first bytes whatever the file's name: WOFF, Type 1.
/// Errors   Unsupported
Done check_kind(std::string_view first_bytes, const std::string& file);

}  // namespace pli::fonts
