#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::render {

/// The first bytes of an ICC profile.   Source: ICC.1:2004-10 §7.2
struct IccHeader {
    int version = 0;           // 2 or 4
    std::string device_class;  // "prtr", "mntr", "scnr", "spac"
    std::string colour_space;  // "CMYK", "RGB ", "GRAY"
};

/// nullopt: no ICC profile, or shorter than it says.
std::optional<IccHeader> read_icc_header(std::string_view profile);

/// Whether the profile leads from its colours to the connection space and back.
bool converts_both_ways(std::string_view profile);

/// Whether pictures can be in these colours: an RGB profile of version 2 to 4 that can be read as a source.
bool is_rgb_source(std::string_view profile);

/// sRGB as a profile of version 4.2, the same bytes on every day.
const std::string& srgb_profile();

/// RGB pixels, 8 bits, to inks: relative colorimetric with black point compensation.
/// Errors   BadInput: the profiles cannot be joined
Result<std::string> rgb_to_cmyk(std::string_view pixels, std::string_view from, std::string_view to);

/// In English; empty if it has none.
std::string icc_description(std::string_view profile);

}  // namespace pli::render
