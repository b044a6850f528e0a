#include "fonts/face_file.hpp"

#include <fmt/format.h>
#include <hb-ot.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace pli::fonts {
namespace {

constexpr hb_tag_t tag(const char (&name)[5]) { return HB_TAG(name[0], name[1], name[2], name[3]); }

/// A table's bytes; reading past the end gives 0, as a table that ends early is common and harmless.
class Table {
public:
    Table(hb_face_t* face, hb_tag_t name) : blob_(hb_face_reference_table(face, name)) {
        unsigned size = 0;
        const char* bytes = hb_blob_get_data(blob_.get(), &size);
        bytes_ = {bytes, size};
    }
    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return bytes_.size(); }
    int u16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
    int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }

private:
    int byte(std::size_t at) const { return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : 0; }
    HbBlob blob_;
    std::string_view bytes_;
};

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
    const hb_language_t english = hb_language_from_string("en", -1);
    char name[256];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face, id, english, &size, name);
    return {name, size};
}

std::string first_name(hb_face_t* face, std::initializer_list<hb_ot_name_id_t> ids) {
    for (const hb_ot_name_id_t id : ids)
        if (std::string name = name_of(face, id); !name.empty()) return name;
    return {};
}

void read_names(Face& face) {
    const FaceNames names = names_of(face.hb);
    face.family = names.family;
    face.style = names.style;
    face.weight = names.weight;
    face.italic = names.italic;
    face.postscript_name = name_of(face.hb, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    // PDF names fonts with it (ISO 32000-1 §9.9), so there has to be one, without the delimiters of §7.2.2
    if (face.postscript_name.empty()) face.postscript_name = face.family + "-" + face.style;
    std::erase_if(face.postscript_name, [](char c) { return c <= ' ' || c > '~' || std::strchr("()<>[]{}/%#", c); });
}

void read_metrics(Face& face) {
    const HbFont font(hb_font_create(face.hb));
    const auto metric = [&](hb_ot_metrics_tag_t what) {
        hb_position_t value = 0;
        hb_ot_metrics_get_position_with_fallback(font.get(), what, &value);
        return static_cast<int>(value);
    };
    face.ascender = metric(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    face.descender = metric(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    face.line_gap = metric(HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP);
    face.cap_height = metric(HB_OT_METRICS_TAG_CAP_HEIGHT);
    face.x_height = metric(HB_OT_METRICS_TAG_X_HEIGHT);
    face.underline_position = metric(HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
    face.underline_thickness = metric(HB_OT_METRICS_TAG_UNDERLINE_SIZE);
}

void read_head_and_post(Face& face) {
    const Table head(face.hb, tag("head"));
    for (std::size_t i = 0; i < 4; ++i) face.bbox[i] = head.i16(36 + 2 * i);
    face.italic_angle = Table(face.hb, tag("post")).i16(4);  // the whole degrees of a 16.16 number
}

/// hmtx stores a width for the first glyphs and lets the last of them stand for all that follow.
void read_widths(Face& face) {
    const std::size_t stored = static_cast<std::size_t>(Table(face.hb, tag("hhea")).u16(34));
    const Table hmtx(face.hb, tag("hmtx"));
    face.widths.resize(hb_face_get_glyph_count(face.hb));
    const std::size_t own = std::min(stored, face.widths.size());
    for (std::size_t i = 0; i < own; ++i) face.widths[i] = static_cast<std::uint16_t>(hmtx.u16(4 * i));
    if (own > 0)
        std::fill(face.widths.begin() + static_cast<std::ptrdiff_t>(own), face.widths.end(), face.widths[own - 1]);
}

enum class Embedding { Free, Restricted, BitmapOnly };

/// Source   OpenType 1.9, OS/2 fsType: bits 0-3 exclude each other, the least restrictive counts; bit 9 bitmaps only
Embedding embedding_of(hb_face_t* face) {
    const int type = Table(face, tag("OS/2")).u16(8);
    if ((type & 0xF) == 2) return Embedding::Restricted;
    return (type & 0x200) != 0 ? Embedding::BitmapOnly : Embedding::Free;
}

Done check_usable(hb_face_t* hb, const std::string& file) {
    const auto bad = [&](const char* message, const char* remedy) {
        return failure(Fault::BadInput, file, message, remedy);
    };
    const bool outlines = !Table(hb, tag("glyf")).empty() || !Table(hb, tag("CFF ")).empty();
    if (hb_ot_var_has_data(hb))
        return bad("is a variable font, which Pli does not set", "use the family's static files");
    if (!outlines || hb_face_get_glyph_count(hb) == 0)
        return bad("is not a TrueType or OpenType font with outlines", "replace the file with a TTF, OTF or TTC");
    if (embedding_of(hb) != Embedding::Free)
        return bad("may not be embedded: its licence bits (OS/2 fsType) forbid it",
                   "use a font whose licence allows embedding");
    return {};
}

}  // namespace

HbBlob map_file(const std::string& path) { return HbBlob(hb_blob_create_from_file_or_fail(path.c_str())); }

FaceNames names_of(hb_face_t* face) {
    const HbFont font(hb_font_create(face));
    FaceNames names;
    names.family = first_name(face, {HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY});
    names.style = first_name(face, {HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY, HB_OT_NAME_ID_FONT_SUBFAMILY});
    names.four_style_family = name_of(face, HB_OT_NAME_ID_FONT_FAMILY);
    names.weight = static_cast<int>(hb_style_get_value(font.get(), HB_STYLE_TAG_WEIGHT));
    names.italic = hb_style_get_value(font.get(), HB_STYLE_TAG_ITALIC) > 0.5F ||
                   hb_style_get_value(font.get(), HB_STYLE_TAG_SLANT_ANGLE) != 0.0F;
    names.variable = hb_ot_var_has_data(face) != 0;
    return names;
}

Result<Face> read_face(hb_face_t* hb, const std::string& file, unsigned index) {
    TRY(check_usable(hb, file));
    Face face;
    face.file = file;
    face.index = index;
    face.hb = hb;
    face.cff = !Table(hb, tag("CFF ")).empty();
    face.units_per_em = static_cast<int>(hb_face_get_upem(hb));
    read_names(face);
    read_metrics(face);
    read_head_and_post(face);
    read_widths(face);
    return face;
}

}  // namespace pli::fonts
