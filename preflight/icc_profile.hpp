#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace pli::preflight {

/// The first 128 bytes of an ICC profile and its table of tags.
struct IccProfile {
    int version = 0;           // major
    std::string device_class;  // "prtr", "mntr", "scnr", "spac", ...
    std::string colours;       // "CMYK", "RGB ", "GRAY", "Lab "
    int components = 0;        // 0: colours of no kind a PDF knows
    std::string fault;         // what is wrong with it; empty: nothing
};

/// Source   ICC.1:2004-10 §7.2 (header), §7.3 (tag table); version 2 has the same fields
IccProfile read_icc_profile(std::string_view bytes);

}  // namespace pli::preflight
