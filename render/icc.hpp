#pragma once
#include <optional>
#include <string>
#include <string_view>

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

/// In English; empty if it has none.
std::string icc_description(std::string_view profile);

}  // namespace pli::render
