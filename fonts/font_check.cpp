#include "fonts/font_check.hpp"

#include <fmt/format.h>
#include <hb-ot.h>

#include <algorithm>
#include <array>
#include <vector>

#include "fonts/cff_charset.hpp"
#include "fonts/face_file.hpp"
#include "fonts/font_table.hpp"
#include "fonts/glyf_check.hpp"

namespace pli::fonts {
namespace {

using Reason = std::string;  // empty: nothing is wrong

Reason check_head(hb_face_t* face) {
    const FontTable head(face, table_tag("head"));
    if (head.size() < 54 || head.u32(12) != 0x5F0F3CF5) return "its table head is damaged";
    const int em = head.u16(18);
    return em < 16 || em > 16384 ? fmt::format("it has {} units to the em", em) : "";
}

Reason check_widths(hb_face_t* face) {
    const FontTable hhea(face, table_tag("hhea")), hmtx(face, table_tag("hmtx"));
    const auto glyphs = hb_face_get_glyph_count(face);
    const auto stored = static_cast<unsigned>(hhea.u16(34));
    if (hhea.size() < 36 || stored == 0 || stored > glyphs) return "its table hhea is damaged";
    return hmtx.size() < std::size_t{4} * stored ? "its widths (hmtx) end early" : "";
}

Reason check_characters(hb_face_t* face) {
    const Handle<hb_set_t, hb_set_destroy> characters(hb_set_create());
    hb_face_collect_unicodes(face, characters.get());
    return hb_set_is_empty(characters.get()) ? "it maps no characters to glyphs (cmap)" : "";
}

Reason check_outlines(hb_face_t* face) {
    const FontTable cff(face, table_tag("CFF "));
    if (!cff.empty())
        return char_string_count(cff.bytes()) == hb_face_get_glyph_count(face) ? "" : "its outlines (CFF) are damaged";
    return check_glyf(face);
}

bool has_pictures(hb_face_t* face) {
    constexpr std::array tables{table_tag("CBDT"), table_tag("EBDT"), table_tag("sbix"),
                                table_tag("SVG "), table_tag("COLR"), table_tag("bdat")};
    return std::any_of(tables.begin(), tables.end(), [&](hb_tag_t tag) { return !FontTable(face, tag).empty(); });
}

/// Colour fonts may have outlines that are empty: each letter would print as nothing.
bool draws_nothing(hb_face_t* face) {
    const Handle<hb_set_t, hb_set_destroy> characters(hb_set_create());
    hb_face_collect_unicodes(face, characters.get());
    const HbFont font(hb_font_create(face));
    int looked_at = 0;
    for (hb_codepoint_t c = 0x20, glyph = 0; hb_set_next(characters.get(), &c) && looked_at < 1000; ++looked_at) {
        hb_glyph_extents_t box{};
        const bool drawn = hb_font_get_nominal_glyph(font.get(), c, &glyph) != 0 &&
                           hb_font_get_glyph_extents(font.get(), glyph, &box) != 0 && box.width != 0;
        if (drawn) return false;
    }
    return true;
}

}  // namespace

Done check_tables(hb_face_t* face, const std::string& file) {
    if (!FontTable(face, table_tag("CFF2")).empty())
        return failure(Fault::Unsupported, file, "has CFF2 outlines, which no PDF can hold and Pli cannot convert",
                       "use the family's static OTF files, or its variable TTF");
    const bool outlines = !FontTable(face, table_tag("glyf")).empty() || !FontTable(face, table_tag("CFF ")).empty();
    if (has_pictures(face) && (!outlines || draws_nothing(face)))
        return failure(Fault::Unsupported, file, "has pictures (bitmaps or colour) where a press needs outlines",
                       "use a TTF or OTF with outlines; emoji cannot be set");
    if (!outlines || hb_face_get_glyph_count(face) == 0)
        return failure(Fault::BadInput, file, "is not a TrueType or OpenType font with outlines",
                       "replace the file with a TTF, OTF or TTC");
    for (const auto check : {check_head, check_widths, check_characters, check_outlines})
        if (const Reason reason = check(face); !reason.empty())
            return failure(Fault::BadInput, file, "is damaged: " + reason, "get the font file anew from its maker");
    return {};
}

Done check_kind(std::string_view bytes, const std::string& file) {
    if (bytes.starts_with("wOFF") || bytes.starts_with("wOF2"))
        return failure(Fault::Unsupported, file, "is a web font (WOFF), which cannot be embedded in a PDF",
                       "put the TTF or OTF there instead");
    if (bytes.starts_with("%!") || bytes.starts_with("\x80\x01") || bytes.starts_with("typ1"))
        return failure(Fault::Unsupported, file, "is a PostScript Type 1 font, which Pli does not set",
                       "use the family's OTF, or have the maker's converter make one");
    return {};
}

}  // namespace pli::fonts
