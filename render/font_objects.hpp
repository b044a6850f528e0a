#pragma once
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "fonts/subset.hpp"
#include "render/pdf_file.hpp"

namespace pli::render {

/// Writes one face as a Type 0 font, character code = glyph id: subset program, widths, ToUnicode. The same glyphs give
/// the same bytes, subset tag included.
/// Source   ISO 32000-1 §9.7 (composite fonts), §9.8 (descriptors), §9.9 (embedding), §9.10.3 (ToUnicode)
/// Errors   BadInput: the face cannot be subset
Result<ObjectId> write_font(PdfFile& file, const fonts::Face& face, const fonts::GlyphSet& glyphs);

}  // namespace pli::render
