#pragma once
#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Embeds a substitute into every font that text is set in and that is not embedded; fonts without text leave the
/// resources. First choice is a free face with each character that is used, as wide as the PDF says, within a
/// thousandth; where there is none, unless `exact`, the likest faces stretched to these widths (nearest_faces.hpp).
/// Source   ISO 32000-1 §9.6, §9.8, §9.9; ISO 15930-7, as reported (every font embedded, widths as in the program)
/// Errors   Unsupported: fonts that have no substitute, with their names; Environment: the faces are not installed
Done embed_fonts(const RepairDesk& desk, const EmbedFonts& wanted);

}  // namespace pli::uploads::reader
