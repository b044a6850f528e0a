#include "fonts/features.hpp"

#include <hb-ot.h>

#include <algorithm>
#include <charconv>

#include "fonts/face_file.hpp"
#include "fonts/setting.hpp"

namespace pli::fonts {
namespace {

bool is_tag(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return text.size() == 4 && std::all_of(text.begin(), text.end(), fits);
}

std::uint32_t tag_of(std::string_view four) {
    return HB_TAG(static_cast<unsigned char>(four[0]), static_cast<unsigned char>(four[1]),
                  static_cast<unsigned char>(four[2]), static_cast<unsigned char>(four[3]));
}

hb_feature_t for_all_of_it(std::uint32_t tag, std::uint32_t value) {
    return {tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

bool table_has(hb_face_t* face, hb_tag_t table, hb_tag_t feature) {
    const unsigned count = hb_ot_layout_table_get_feature_tags(face, table, 0, nullptr, nullptr);
    std::vector<hb_tag_t> tags(count);
    unsigned filled = count;
    hb_ot_layout_table_get_feature_tags(face, table, 0, &filled, tags.data());
    return std::find(tags.begin(), tags.end(), feature) != tags.end();
}

bool has_feature(const Face& face, hb_tag_t feature) {
    return table_has(face.hb, HB_OT_TAG_GSUB, feature) || table_has(face.hb, HB_OT_TAG_GPOS, feature);
}

/// The figures 0 to 9 as the face draws them without features.
class Figures {
public:
    explicit Figures(const Face& face) : font_(hb_font_create(face.hb)), face_(face) {}
    bool of_one_width() const {
        for (hb_codepoint_t c = '1'; c <= '9'; ++c)
            if (width(c) != width('0')) return false;
        return true;
    }
    /// An old-style 3, 4, 5, 7 or 9 hangs below the line by more than the overshoot of a round letter.
    bool lining() const {
        hb_glyph_extents_t box{};
        hb_font_get_glyph_extents(font_.get(), glyph('9'), &box);
        return 20 * (box.y_bearing + box.height) > -face_.units_per_em;
    }

private:
    hb_codepoint_t glyph(hb_codepoint_t c) const {
        hb_codepoint_t id = 0;
        hb_font_get_nominal_glyph(font_.get(), c, &id);
        return id;
    }
    int width(hb_codepoint_t c) const { return hb_font_get_glyph_h_advance(font_.get(), glyph(c)); }
    HbFont font_;
    const Face& face_;
};

/// A face without the feature may have what is asked for as its only kind: lining figures, figures of one width.
bool is_so_anyway(const Face& face, hb_tag_t feature) {
    switch (feature) {
        case HB_TAG('t', 'n', 'u', 'm'): return Figures(face).of_one_width();
        case HB_TAG('p', 'n', 'u', 'm'): return !Figures(face).of_one_width();
        case HB_TAG('l', 'n', 'u', 'm'): return Figures(face).lining();
        case HB_TAG('o', 'n', 'u', 'm'): return !Figures(face).lining();
        default: return false;
    }
}

bool speaks(hb_face_t* face, hb_tag_t table, hb_tag_t language) {
    const unsigned scripts = hb_ot_layout_table_get_script_tags(face, table, 0, nullptr, nullptr);
    for (unsigned script = 0; script < scripts; ++script) {
        unsigned found = 0;
        if (hb_ot_layout_script_select_language(face, table, script, 1, &language, &found) != 0) return true;
    }
    return false;
}

}  // namespace

std::string Feature::name() const {
    char letters[4];
    hb_tag_to_string(tag, letters);
    return {letters, 4};
}

std::optional<Feature> read_feature(std::string_view written) {
    Feature feature;
    if (!written.empty() && (written[0] == '+' || written[0] == '-')) {
        feature.value = written[0] == '+' ? 1 : 0;
        written.remove_prefix(1);
    }
    const auto equals = written.find('=');
    if (!is_tag(written.substr(0, equals))) return std::nullopt;
    feature.tag = tag_of(written);
    if (equals == written.npos) return feature;
    const char* const end = written.data() + written.size();
    const auto read = std::from_chars(written.data() + equals + 1, end, feature.value);
    if (read.ec != std::errc{} || read.ptr != end || feature.value > 1000) return std::nullopt;
    return feature;
}

Setting::Setting(const TextSetting& wanted) : tracking(wanted.tracking) {
    // Letters set apart do not run together again. Source: CSS Text 3 §8.2
    if (tracking != 0)
        for (const char* ligatures : {"liga", "clig", "dlig", "hlig"})
            features.push_back(for_all_of_it(tag_of(ligatures), 0));
    for (const Feature& feature : wanted.features) features.push_back(for_all_of_it(feature.tag, feature.value));
    if (!wanted.language.empty())
        language = hb_language_from_string(wanted.language.data(), static_cast<int>(wanted.language.size()));
}

std::vector<std::string> missing_features(const Face& face, const TextSetting& wanted) {
    std::vector<std::string> missing;
    for (const Feature& feature : wanted.features)
        if (feature.value > 0 && !has_feature(face, feature.tag) && !is_so_anyway(face, feature.tag))
            missing.push_back(feature.name());
    return missing;
}

bool has_forms_for(const Face& face, std::string_view language) {
    unsigned scripts = 0, count = 4;
    hb_tag_t tags[4];
    hb_ot_tags_from_script_and_language(HB_SCRIPT_INVALID,
                                        hb_language_from_string(language.data(), static_cast<int>(language.size())),
                                        &scripts, nullptr, &count, tags);
    return std::any_of(tags, tags + count, [&](hb_tag_t tag) {
        return speaks(face.hb, HB_OT_TAG_GSUB, tag) || speaks(face.hb, HB_OT_TAG_GPOS, tag);
    });
}

}  // namespace pli::fonts
