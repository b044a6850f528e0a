#include "fonts/word_shaping.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "fonts/characters.hpp"

namespace pli::fonts {
namespace {

hb_script_t script_of(std::string_view word) {
    hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
    for (std::size_t at = 0; at < word.size();) {
        const hb_script_t script = hb_unicode_script(unicode, next_char(word, at));
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN) return script;
    }
    return HB_SCRIPT_LATIN;
}

/// Scripts whose letters touch: space between them would tear the word. Source: CSS Text 3 §8.2.1
bool joins(hb_script_t script) {
    constexpr std::array joining{HB_SCRIPT_ARABIC,  HB_SCRIPT_SYRIAC,   HB_SCRIPT_MONGOLIAN,      HB_SCRIPT_NKO,
                                 HB_SCRIPT_MANDAIC, HB_SCRIPT_PHAGS_PA, HB_SCRIPT_HANIFI_ROHINGYA};
    return std::find(joining.begin(), joining.end(), script) != joining.end();
}

/// Behind each letter with its marks, to the right of it whichever way it is read.
void track(hb_buffer_t* buffer, hb_font_t* font, int thousandths) {
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, nullptr);
    int em = 0;
    hb_font_get_scale(font, &em, nullptr);
    for (unsigned i = 0; i < count; ++i)
        if (i + 1 == count || infos[i + 1].cluster != infos[i].cluster)
            places[i].x_advance += (thousandths * em + (thousandths < 0 ? -500 : 500)) / 1000;
}

/// A font whose marks stand more than 32,767 units away is broken; its mark then stands too near.
std::int16_t narrowed(hb_position_t value) {
    using limits = std::numeric_limits<std::int16_t>;
    return static_cast<std::int16_t>(std::clamp<hb_position_t>(value, limits::min(), limits::max()));
}

}  // namespace

ShapingInput whole_word(std::string_view word, const Setting* setting) {
    ShapingInput input{.text = word, .length = word.size(), .script = script_of(word), .setting = setting};
    if (setting) input.language = setting->language;
    return input;
}

void shape_into(hb_buffer_t* buffer, hb_font_t* font, const ShapingInput& input) {
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer, input.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, input.script);
    hb_buffer_set_language(buffer, input.language);
    hb_buffer_add_utf8(buffer, input.text.data(), static_cast<int>(input.text.size()),
                       static_cast<unsigned>(input.first), static_cast<int>(input.length));
    if (!input.setting) return hb_shape(font, buffer, nullptr, 0);
    const auto& features = input.setting->features;
    hb_shape(font, buffer, features.data(), static_cast<unsigned>(features.size()));
    if (input.setting->tracking != 0 && !joins(input.script)) track(buffer, font, input.setting->tracking);
}

std::span<const hb_glyph_info_t> glyph_infos(hb_buffer_t* buffer) {
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    return {infos, count};
}

Glyph glyph_at(hb_buffer_t* buffer, std::size_t i) {
    const hb_glyph_position_t& place = hb_buffer_get_glyph_positions(buffer, nullptr)[i];
    return {static_cast<std::uint16_t>(glyph_infos(buffer)[i].codepoint), narrowed(place.x_offset),
            narrowed(place.y_offset), place.x_advance};
}

}  // namespace pli::fonts
