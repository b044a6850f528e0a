#pragma once
#include <string>
#include <string_view>

#include "fonts/font_set.hpp"
#include "layouts/design.hpp"
#include "layouts/object_reader.hpp"

namespace pli::layouts {

/// Reads "weight", "axes", "figures", "caps", "features", "tracking" and their like.
/// Errors   become findings
FontWishes read_font_wishes(ObjectReader& reader);

/// The face a style asks for.
fonts::FaceQuery face_query(const TypeSpec& type);

/// How its text is shaped. Raw features come last and win.
fonts::TextSetting text_setting(const TypeSpec& type, std::string_view locale);

/// "small capitals (smcp)"; a feature without a common name is called by its tag.
std::string feature_in_words(std::string_view tag);

}  // namespace pli::layouts
