#pragma once
#include <hb.h>

#include <string>
#include <string_view>
#include <vector>

#include "fonts/features.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

/// A TextSetting as HarfBuzz takes it.
/// Threads  immutable once made
struct Setting {
    Setting() = default;
    explicit Setting(const TextSetting& wanted);

    std::vector<hb_feature_t> features;
    int tracking = 0;                              // 1/1000 em
    hb_language_t language = HB_LANGUAGE_INVALID;  // never HarfBuzz's default, which is the locale's
};

/// What is asked for and the face can not do, by the tags' names. A face whose only figures are the ones asked for has
/// them.
std::vector<std::string> missing_features(const Face& face, const TextSetting& wanted);

/// Whether the face sets some script in another way in this language.
bool has_forms_for(const Face& face, std::string_view language);

}  // namespace pli::fonts
