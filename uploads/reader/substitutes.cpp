#include "uploads/reader/substitutes.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <array>

namespace pli::uploads::reader {
namespace {

using namespace free_faces;

struct Known {
    std::string_view name;  // in small letters, without spaces and signs
    const Series *first, *second;
    bool serif, fixed;
    std::string_view encoding;
};
/// Longer names first, because the shorter begin them.
constexpr std::array known{
    Known{"helveticanarrow", &nimbus_narrow, &liberation_narrow, false, false, ""},
    Known{"helvetica", &nimbus_sans, &liberation_sans, false, false, ""},
    Known{"arialnarrow", &liberation_narrow, &nimbus_narrow, false, false, ""},
    Known{"arial", &liberation_sans, &nimbus_sans, false, false, ""},
    Known{"timesnewroman", &liberation_serif, &nimbus_roman, true, false, ""},
    Known{"times", &nimbus_roman, &liberation_serif, true, false, ""},
    Known{"couriernew", &liberation_mono, &nimbus_mono, false, true, ""},
    Known{"courier", &nimbus_mono, &liberation_mono, false, true, ""},
    Known{"symbol", &symbols, nullptr, false, false, "/Symbol"},
    Known{"zapfdingbats", &dingbats, nullptr, false, false, "/ZapfDingbats"},
    Known{"itczapfdingbats", &dingbats, nullptr, false, false, "/ZapfDingbats"},
};

std::string plain_name(std::string_view font) {
    if (font.starts_with('/')) font.remove_prefix(1);
    if (font.size() > 7 && font[6] == '+') font.remove_prefix(7);
    std::string name;
    for (const char c : font) {
        if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
    }
    return name;
}

/// What stands behind the family's name; false: something that is no style of it ("black", "neue").
bool read_style(std::string_view rest, FontFamily& family) {
    static constexpr std::array<std::string_view, 9> words{"bold",   "italic", "oblique", "regular", "roman",
                                                           "normal", "ps",     "mt",      "std"};
    while (!rest.empty()) {
        const auto word = std::ranges::find_if(words, [&](std::string_view w) { return rest.starts_with(w); });
        if (word == words.end()) return false;
        family.bold = family.bold || *word == "bold";
        family.italic = family.italic || *word == "italic" || *word == "oblique";
        rest.remove_prefix(word->size());
    }
    return true;
}

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob, &size);
    return {bytes, size};
}

double signed_16(std::string_view table, std::size_t at) {
    if (table.size() < at + 2) return 0;
    const auto high = static_cast<unsigned char>(table[at]), low = static_cast<unsigned char>(table[at + 1]);
    return static_cast<std::int16_t>(high << 8 | low);
}

constexpr hb_tag_t cff_table = HB_TAG('C', 'F', 'F', ' ');

/// What a simple font needs: outlines, their hints, widths, and for TrueType the table of characters.
constexpr std::array kept_tables{HB_TAG('g', 'l', 'y', 'f'),
                                 HB_TAG('l', 'o', 'c', 'a'),
                                 HB_TAG('h', 'e', 'a', 'd'),
                                 HB_TAG('h', 'h', 'e', 'a'),
                                 HB_TAG('h', 'm', 't', 'x'),
                                 HB_TAG('m', 'a', 'x', 'p'),
                                 HB_TAG('c', 'm', 'a', 'p'),
                                 HB_TAG('c', 'v', 't', ' '),
                                 HB_TAG('f', 'p', 'g', 'm'),
                                 HB_TAG('p', 'r', 'e', 'p'),
                                 cff_table};

void keep_tables(hb_subset_input_t* input, hb_face_t* face) {
    std::array<hb_tag_t, 64> tags;
    auto count = static_cast<unsigned>(tags.size());
    hb_face_get_table_tags(face, 0, &count, tags.data());
    hb_set_t* dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (unsigned i = 0; i < count; ++i) hb_set_add(dropped, tags[i]);
    for (const hb_tag_t tag : kept_tables) hb_set_del(dropped, tag);
}

/// Its PostScript name; the file's, where it has none.
std::string name_of_face(hb_face_t* face, const std::string& file) {
    std::array<char, 128> name{};
    auto size = static_cast<unsigned>(name.size());
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name.data());
    if (size > 0) return name.data();
    std::string stem = file.substr(file.rfind('/') + 1);
    return stem.substr(0, stem.rfind('.'));
}

/// Gathers what HarfBuzz draws, in the units of the face.
struct Pen {
    std::vector<OutlineStep>& steps;
    double scale = 1, stretch = 1, from = 0;

    OutlineStep::Spot spot(float x, float y) const {
        return {from + static_cast<double>(x) * scale * stretch, static_cast<double>(y) * scale};
    }
};
constexpr auto pen_of = [](void* data) -> const Pen& { return *static_cast<const Pen*>(data); };

void pen_moves(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
    pen_of(data).steps.push_back({OutlineStep::Kind::Move, {pen_of(data).spot(x, y)}});
}
void pen_draws_line(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
    pen_of(data).steps.push_back({OutlineStep::Kind::Line, {pen_of(data).spot(x, y)}});
}
void pen_draws_curve(hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x1, float y1, float x2, float y2, float x,
                     float y, void*) {
    const Pen& pen = pen_of(data);
    pen.steps.push_back({OutlineStep::Kind::Curve, {pen.spot(x1, y1), pen.spot(x2, y2), pen.spot(x, y)}});
}

}  // namespace

Result<SubstituteFace> SubstituteFace::open(const FaceFile& file) {
    const Blob blob(hb_blob_create_from_file_or_fail(file.path.c_str()));
    if (!blob)
        return failure(Fault::Environment, "", "the face that stands in for a font is not there: " + file.path,
                       "install the packages fonts-liberation and fonts-urw-base35");
    SubstituteFace face;
    face.face_.reset(hb_face_create(blob.get(), file.index & 0xFFFF));
    face.name_ = name_of_face(face.face_.get(), file.path);
    const Blob cff(hb_face_reference_table(face.face_.get(), cff_table));
    face.cff_ = hb_blob_get_length(cff.get()) > 0;
    face.font_.reset(hb_font_create(face.face_.get()));
    if (const unsigned instance = file.index >> 16; instance > 0)
        hb_font_set_var_named_instance(face.font_.get(), instance - 1);
    return face;
}

void SubstituteFace::draw(std::uint16_t glyph, const Setting& setting, std::vector<OutlineStep>& steps) const {
    using Functions = Handle<hb_draw_funcs_t, hb_draw_funcs_destroy>;
    const Functions functions(hb_draw_funcs_create());
    hb_draw_funcs_set_move_to_func(functions.get(), pen_moves, nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(functions.get(), pen_draws_line, nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(functions.get(), pen_draws_curve, nullptr, nullptr);
    Pen pen{steps, thousandths(1), setting.stretch, setting.from};
    hb_font_get_glyph_shape(font_.get(), glyph, functions.get(), &pen);
}

bool SubstituteFace::may_be_embedded() const {
    constexpr unsigned restricted = 0x0002, no_subsets = 0x0100, bitmaps_alone = 0x0200;
    const Blob table(hb_face_reference_table(face_.get(), HB_TAG('O', 'S', '/', '2')));
    const auto bits = static_cast<unsigned>(signed_16(bytes_of(table.get()), 8)) & 0xFFFF;
    return (bits & (no_subsets | bitmaps_alone)) == 0 && (bits & 0x000F) != restricted;
}

std::optional<std::uint16_t> SubstituteFace::glyph_of(char32_t character) const {
    hb_codepoint_t glyph = 0;
    if (character == 0 || !hb_font_get_nominal_glyph(font_.get(), character, &glyph)) return std::nullopt;
    return static_cast<std::uint16_t>(glyph);
}

std::optional<std::uint16_t> SubstituteFace::glyph_named(std::string_view name) const {
    hb_codepoint_t glyph = 0;
    if (name.empty() || !hb_font_get_glyph_from_name(font_.get(), name.data(), static_cast<int>(name.size()), &glyph))
        return std::nullopt;
    return static_cast<std::uint16_t>(glyph);
}

std::string SubstituteFace::name_of_glyph(std::uint16_t glyph) const {
    std::array<char, 128> name{};
    hb_font_get_glyph_name(font_.get(), glyph, name.data(), static_cast<unsigned>(name.size()));
    return name.data();
}

double SubstituteFace::thousandths(double units) const { return units * 1000 / hb_face_get_upem(face_.get()); }

double SubstituteFace::width(std::uint16_t glyph) const {
    return thousandths(hb_font_get_glyph_h_advance(font_.get(), glyph));
}

bool SubstituteFace::draws(std::uint16_t glyph) const {
    hb_glyph_extents_t extents{};
    return hb_font_get_glyph_extents(font_.get(), glyph, &extents) && extents.width != 0;
}

/// Source   OpenType 1.9: head (box), hhea, post (angle), OS/2 (height of capitals)
SubstituteFace::Metrics SubstituteFace::metrics() const {
    const Blob head(hb_face_reference_table(face_.get(), HB_TAG('h', 'e', 'a', 'd')));
    const Blob post(hb_face_reference_table(face_.get(), HB_TAG('p', 'o', 's', 't')));
    const std::string box = bytes_of(head.get()), slant = bytes_of(post.get());
    hb_font_extents_t lines{};
    hb_font_get_h_extents(font_.get(), &lines);
    hb_position_t capitals = 0;
    hb_ot_metrics_get_position_with_fallback(font_.get(), HB_OT_METRICS_TAG_CAP_HEIGHT, &capitals);
    Metrics metrics;
    metrics.left = thousandths(signed_16(box, 36));
    metrics.bottom = thousandths(signed_16(box, 38));
    metrics.right = thousandths(signed_16(box, 40));
    metrics.top = thousandths(signed_16(box, 42));
    metrics.ascent = thousandths(lines.ascender);
    metrics.descent = thousandths(lines.descender);
    metrics.cap_height = thousandths(capitals);
    metrics.italic_angle = signed_16(slant, 4);
    return metrics;
}

Result<std::string> SubstituteFace::subset(const std::vector<std::uint16_t>& glyphs,
                                           const std::vector<char32_t>& characters) const {
    using Input = Handle<hb_subset_input_t, hb_subset_input_destroy>;
    const Input input(hb_subset_input_create_or_fail());
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_GLYPH_NAMES);
    keep_tables(input.get(), face_.get());
    for (const auto glyph : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    for (const auto character : characters) hb_set_add(hb_subset_input_unicode_set(input.get()), character);
    const Face built(hb_subset_or_fail(face_.get(), input.get()));
    if (!built) return failure(Fault::Environment, "", name_ + " cannot be cut down to the characters used");
    const Blob file(hb_face_reference_blob(built.get()));
    if (!cff_) return bytes_of(file.get());
    const Face cut(hb_face_create(file.get(), 0));  // a face being built does not list its tables
    const Blob table(hb_face_reference_table(cut.get(), cff_table));
    return bytes_of(table.get());
}

std::optional<FontFamily> family_named(std::string_view font) {
    const std::string name = plain_name(font);
    for (const Known& entry : known) {
        if (!name.starts_with(entry.name)) continue;
        FontFamily family;
        if (!read_style(std::string_view(name).substr(entry.name.size()), family)) continue;
        for (const Series* series : {entry.first, entry.second})
            if (series != nullptr) family.files.push_back(series->file(family.bold, family.italic));
        family.serif = entry.serif;
        family.fixed = entry.fixed;
        family.encoding = entry.encoding;
        family.symbolic = !entry.encoding.empty();
        return family;
    }
    return std::nullopt;
}

}  // namespace pli::uploads::reader
