#include "fonts/face_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <hb-ot.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "fonts/font_table.hpp"

namespace pli::fonts {
namespace {

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
    clean_postscript_name(face.postscript_name);
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
    const FontTable head(face.hb, table_tag("head"));
    for (std::size_t i = 0; i < 4; ++i) face.bbox[i] = head.i16(36 + 2 * i);
    face.italic_angle = FontTable(face.hb, table_tag("post")).i16(4);  // the whole degrees of a 16.16 number
}

/// hmtx stores a width for the first glyphs and lets the last of them stand for all that follow.
void read_widths(Face& face) {
    const std::size_t stored = static_cast<std::size_t>(FontTable(face.hb, table_tag("hhea")).u16(34));
    const FontTable hmtx(face.hb, table_tag("hmtx"));
    face.widths.resize(hb_face_get_glyph_count(face.hb));
    const std::size_t own = std::min(stored, face.widths.size());
    for (std::size_t i = 0; i < own; ++i) face.widths[i] = static_cast<std::uint16_t>(hmtx.u16(4 * i));
    if (own > 0)
        std::fill(face.widths.begin() + static_cast<std::ptrdiff_t>(own), face.widths.end(), face.widths[own - 1]);
}

enum class Embedding { Free, Whole, Restricted, BitmapOnly };

/// Source   OpenType 1.9, OS/2 fsType: bits 0-3 exclude each other, the least restrictive counts; bit 8 forbids
///          subsets, bit 9 all but bitmaps
Embedding embedding_of(hb_face_t* face) {
    const int type = FontTable(face, table_tag("OS/2")).u16(8);
    if ((type & 0xF) == 2) return Embedding::Restricted;
    if ((type & 0x200) != 0) return Embedding::BitmapOnly;
    return (type & 0x100) != 0 ? Embedding::Whole : Embedding::Free;
}

Done check_rights(hb_face_t* hb, const std::string& file) {
    const Embedding rights = embedding_of(hb);
    if (rights == Embedding::Free || rights == Embedding::Whole) return {};
    return failure(Fault::BadInput, file,
                   rights == Embedding::BitmapOnly ? "may be embedded as bitmaps alone (OS/2 fsType), never as outlines"
                                                   : "may not be embedded: its licence bits (OS/2 fsType) forbid it",
                   "use a font whose licence allows embedding");
}

/// What a variable font reaches beyond the one style its tables name.
void read_ranges(hb_face_t* face, FaceNames& names) {
    hb_ot_var_axis_info_t axis;
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    if (hb_ot_var_find_axis_info(face, HB_OT_TAG_VAR_AXIS_WEIGHT, &axis) != 0) {
        names.lightest = whole(axis.min_value);
        names.boldest = whole(axis.max_value);
    }
    if (hb_ot_var_find_axis_info(face, HB_OT_TAG_VAR_AXIS_WIDTH, &axis) != 0) {
        names.narrowest = whole(axis.min_value);
        names.widest = whole(axis.max_value);
    }
    names.slants = hb_ot_var_find_axis_info(face, HB_OT_TAG_VAR_AXIS_ITALIC, &axis) != 0 ||
                   hb_ot_var_find_axis_info(face, HB_OT_TAG_VAR_AXIS_SLANT, &axis) != 0;
}

struct Mapping {
    void* address;
    std::size_t size;
};

void unmap(void* mapping) {
    const std::unique_ptr<Mapping> owned(static_cast<Mapping*>(mapping));
    munmap(owned->address, owned->size);
}

}  // namespace

HbBlob map_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return nullptr;
    struct stat facts {};
    const std::size_t size = fstat(file, &facts) == 0 ? static_cast<std::size_t>(facts.st_size) : 0;
    void* const address = size > 0 ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    ::close(file);
    if (address == MAP_FAILED) return nullptr;
    return HbBlob(hb_blob_create(static_cast<const char*>(address), static_cast<unsigned>(size),
                                 HB_MEMORY_MODE_READONLY, new Mapping{address, size}, unmap));
}

/// Nothing is lost: the mapping is read-only, HarfBuzz mends a damaged table in a copy of its own.
void let_go_of_pages(hb_blob_t* file) {
    unsigned size = 0;
    const auto first = reinterpret_cast<std::uintptr_t>(hb_blob_get_data(file, &size));
    const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t from = (first + page - 1) / page * page, to = (first + size) / page * page;
    if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
}

FaceNames names_of(hb_face_t* face) {
    const HbFont font(hb_font_create(face));
    FaceNames names;
    names.family = first_name(face, {HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY});
    names.style = first_name(face, {HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY, HB_OT_NAME_ID_FONT_SUBFAMILY});
    names.four_style_family = name_of(face, HB_OT_NAME_ID_FONT_FAMILY);
    names.weight = static_cast<int>(hb_style_get_value(font.get(), HB_STYLE_TAG_WEIGHT));
    names.italic = hb_style_get_value(font.get(), HB_STYLE_TAG_ITALIC) > 0.5F ||
                   hb_style_get_value(font.get(), HB_STYLE_TAG_SLANT_ANGLE) != 0.0F;
    names.width = static_cast<int>(std::lround(hb_style_get_value(font.get(), HB_STYLE_TAG_WIDTH)));
    names.variable = hb_ot_var_has_data(face) != 0;
    names.lightest = names.boldest = names.weight;
    names.narrowest = names.widest = names.width;
    if (names.variable) read_ranges(face, names);
    return names;
}

void clean_postscript_name(std::string& name) {
    std::erase_if(name, [](char c) { return c <= ' ' || c > '~' || std::strchr("()<>[]{}/%#", c); });
}

HbFont shaping_font(const Face& face) {
    if (!face.variable) return HbFont(hb_font_create(face.hb));
    HbFont font(hb_font_create(face.variable));
    std::vector<hb_variation_t> axes;
    for (const AxisValue& axis : face.axes)
        axes.push_back({hb_tag_from_string(axis.tag.c_str(), 4), static_cast<float>(axis.value)});
    hb_font_set_variations(font.get(), axes.data(), static_cast<unsigned>(axes.size()));
    return font;
}

Result<Face> read_face(hb_face_t* hb, const std::string& file, unsigned index) {
    TRY(check_rights(hb, file));
    Face face;
    face.file = file;
    face.index = index;
    face.hb = hb;
    face.whole = embedding_of(hb) == Embedding::Whole;
    face.cff = !FontTable(hb, table_tag("CFF ")).empty();
    face.units_per_em = static_cast<int>(hb_face_get_upem(hb));
    read_names(face);
    read_metrics(face);
    read_head_and_post(face);
    read_widths(face);
    return face;
}

}  // namespace pli::fonts
