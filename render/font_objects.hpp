#pragma once
#include <optional>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "fonts/subset.hpp"
#include "render/pdf_file.hpp"

namespace pli::render {

/// One face as the fonts its pages name; absent where no page shows a glyph that way.
struct FontObjects {
    std::optional<ObjectId> by_code;      // /L<face>: codes of one or two bytes (fonts/mixed_codes.hpp)
    std::optional<ObjectId> by_glyph_id;  // /F<face>: two bytes, the glyph id
};

/// Writes one face as Type 0 fonts that share one descendant: subset program, widths, and a ToUnicode for each coding.
/// The same glyphs give the same bytes, subset tag included.
/// Source   ISO 32000-1 §9.7 (composite fonts, §9.7.5 CMaps), §9.8 (descriptors), §9.9 (embedding), §9.10.3 (ToUnicode)
/// Errors   BadInput: the face cannot be subset
Result<FontObjects> write_font(PdfFile& file, const fonts::FontSet& fonts, FaceId id, const fonts::GlyphSet& glyphs);

}  // namespace pli::render
