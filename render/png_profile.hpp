#pragma once
#include <string>
#include <string_view>

namespace pli::render {

/// A PNG and what it says about its colours. Where it brings an ICC profile, that is what counts, and the chunks from
/// which libpng would change the pixels are left out of `png`.
/// Source   PNG 1.2 §4.2 (iCCP, gAMA, cHRM, sRGB)
struct ProfiledPng {
    std::string png;
    std::string profile;  // empty: none, or none that can be used for RGB
};
ProfiledPng split_profile(std::string_view png);

}  // namespace pli::render
