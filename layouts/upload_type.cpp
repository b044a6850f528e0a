#include "layouts/upload_type.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

namespace pli::layouts {
namespace {

using Names = std::vector<std::string_view>;

/// A PostScript name is family, hyphen, style, and often what its maker or format is called: "TimesNewRomanPS-BoldMT".
Names family_names(std::string_view font) {
    Names names;
    const std::string_view base = font.substr(0, font.find_first_of("-,"));
    names.push_back(base);
    for (std::string_view ending : {"PSMT", "PS", "MT", "Std", "Pro", "LT", "LTStd", "LTPro", "VF", "Variable"})
        if (base.size() > ending.size() && base.ends_with(ending))
            names.push_back(base.substr(0, base.size() - ending.size()));
    for (std::string_view style : {"Bold", "Italic", "Oblique", "Regular", "Light", "Medium", "SemiBold", "Roman"})
        if (base.size() > style.size() && base.ends_with(style))
            names.push_back(base.substr(0, base.size() - style.size()));
    return names;
}

struct Relative {
    std::string_view beginning;  // of the font's name, without blanks
    std::array<std::string_view, 3> families;
};

/// Families of the same widths or the same drawing. Source: the metric aliases of fontconfig (30-metric-aliases.conf),
/// and TeX's fonts, whose files are named after their design sizes.
constexpr std::array relatives{
    Relative{"Arial", {"Arial", "Liberation Sans", "Nimbus Sans"}},
    Relative{"Helvetica", {"Helvetica", "Nimbus Sans", "Liberation Sans"}},
    Relative{"TimesNewRoman", {"Times New Roman", "Liberation Serif", "Nimbus Roman"}},
    Relative{"Times", {"Times", "Nimbus Roman", "Liberation Serif"}},
    Relative{"CourierNew", {"Courier New", "Liberation Mono", "Nimbus Mono PS"}},
    Relative{"Courier", {"Courier", "Nimbus Mono PS", "Liberation Mono"}},
    Relative{"Calibri", {"Calibri", "Carlito", "Liberation Sans"}},
    Relative{"Cambria", {"Cambria", "Caladea", "Liberation Serif"}},
    Relative{"Georgia", {"Georgia", "Gelasio", "DejaVu Serif"}},
    Relative{"Verdana", {"Verdana", "DejaVu Sans", "Liberation Sans"}},
    Relative{"LMRoman", {"LM Roman 10", "Latin Modern Roman", "Liberation Serif"}},
    Relative{"LMSans", {"LM Sans 10", "Latin Modern Sans", "Liberation Sans"}},
    Relative{"LMMono", {"LM Mono 10", "Latin Modern Mono", "Liberation Mono"}},
    Relative{"CMR", {"LM Roman 10", "Latin Modern Roman", "Liberation Serif"}},
    Relative{"CMSS", {"LM Sans 10", "Latin Modern Sans", "Liberation Sans"}},
    Relative{"CMTT", {"LM Mono 10", "Latin Modern Mono", "Liberation Mono"}},
    Relative{"SFRM", {"LM Roman 10", "Latin Modern Roman", "Liberation Serif"}},
    Relative{"URWPalladio", {"P052", "Palatino Linotype", "Liberation Serif"}},
    Relative{"Palatino", {"P052", "Palatino Linotype", "Liberation Serif"}},
};

Names kin_of(const ForeignType& type) {
    Names families;
    for (const Relative& relative : relatives) {
        if (!std::string_view(type.font).starts_with(relative.beginning)) continue;
        families.assign(relative.families.begin(), relative.families.end());
        break;
    }
    const std::array<std::string_view, 3> typewriter{"Liberation Mono", "DejaVu Sans Mono", "Noto Sans Mono"};
    const std::array<std::string_view, 3> serif{"Liberation Serif", "Noto Serif", "DejaVu Serif"};
    const std::array<std::string_view, 3> sans{"Liberation Sans", "Noto Sans", "DejaVu Sans"};
    const auto& kind = type.fixed_pitch ? typewriter : type.serif ? serif : sans;
    families.insert(families.end(), kind.begin(), kind.end());
    return families;
}

}  // namespace

Result<StandIn> stand_in_for(const ForeignType& type, fonts::FontSet& fonts) {
    const auto installed = [&](std::string_view family) {
        return fonts.chain({std::string(family), type.weight, type.italic}).has_value();
    };
    for (const std::string_view name : family_names(type.font))
        if (installed(name)) return StandIn{std::string(name), true};
    for (const std::string_view name : kin_of(type))
        if (installed(name)) return StandIn{std::string(name), false};
    return failure(Fault::NotFound, "fonts", fmt::format("neither \"{}\" nor any font like it is installed", type.font),
                   "put its TTF or OTF files into the workspace's folder fonts/");
}

}  // namespace pli::layouts
