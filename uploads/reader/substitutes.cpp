#include "uploads/reader/substitutes.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <array>

namespace pli::uploads::reader {
namespace {

constexpr std::string_view urw = "/usr/share/fonts/opentype/urw-base35/",
                           liberation = "/usr/share/fonts/truetype/liberation/";

/// The four styles of a family: regular, bold, italic, bold italic.
using Styles = std::array<std::string_view, 4>;
constexpr Styles plain{"-Regular", "-Bold", "-Italic", "-BoldItalic"};
constexpr Styles sloped{"-Regular", "-Bold", "-Oblique", "-BoldOblique"};
constexpr Styles single{"", "", "", ""};

struct Series {
    std::string_view folder, family, extension;
    Styles styles;
};
constexpr Series nimbus_sans{urw, "NimbusSans", ".otf", plain}, nimbus_narrow{urw, "NimbusSansNarrow", ".otf", sloped},
    nimbus_roman{urw, "NimbusRoman", ".otf", plain}, nimbus_mono{urw, "NimbusMonoPS", ".otf", plain},
    symbols{urw, "StandardSymbolsPS", ".otf", single}, dingbats{urw, "D050000L", ".otf", single},
    liberation_sans{liberation, "LiberationSans", ".ttf", plain},
    liberation_narrow{liberation, "LiberationSansNarrow", ".ttf", plain},
    liberation_serif{liberation, "LiberationSerif", ".ttf", plain},
    liberation_mono{liberation, "LiberationMono", ".ttf", plain};

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

std::string file_of(const Series& series, const FontFamily& family) {
    const std::size_t style = (family.bold ? 1 : 0) + (family.italic ? 2 : 0);
    std::string file(series.folder);
    return file.append(series.family).append(series.styles[style]).append(series.extension);
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

}  // namespace

Result<SubstituteFace> SubstituteFace::open(const std::string& file) {
    const Blob blob(hb_blob_create_from_file_or_fail(file.c_str()));
    if (!blob)
        return failure(Fault::Environment, "", "the face that stands in for a font is not there: " + file,
                       "install the packages fonts-liberation and fonts-urw-base35");
    SubstituteFace face;
    face.name_ = file.substr(file.rfind('/') + 1);
    face.name_.resize(face.name_.size() - 4);
    face.cff_ = file.ends_with(".otf");
    face.face_.reset(hb_face_create(blob.get(), 0));
    face.font_.reset(hb_font_create(face.face_.get()));
    return face;
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
            if (series != nullptr) family.files.push_back(file_of(*series, family));
        family.serif = entry.serif;
        family.fixed = entry.fixed;
        family.encoding = entry.encoding;
        family.symbolic = !entry.encoding.empty();
        return family;
    }
    return std::nullopt;
}

}  // namespace pli::uploads::reader
