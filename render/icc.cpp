#include "render/icc.hpp"

#include <lcms2.h>

#include <cstdint>
#include <memory>

namespace pli::render {
namespace {

/// lcms speaks of profiles through void pointers.
struct CloseProfile {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;

Profile opened(std::string_view bytes) {
    return Profile(cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size())));
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

}  // namespace

std::optional<IccHeader> read_icc_header(std::string_view profile) {
    constexpr std::size_t header_size = 128;
    if (profile.size() < header_size || profile.substr(36, 4) != "acsp") return {};
    if (big_endian(profile, 0) > profile.size()) return {};
    return IccHeader{profile[8], std::string(profile.substr(12, 4)), std::string(profile.substr(16, 4))};
}

bool converts_both_ways(std::string_view profile) {
    const Profile icc = opened(profile);
    return icc && cmsIsIntentSupported(icc.get(), INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_INPUT) != 0 &&
           cmsIsIntentSupported(icc.get(), INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_OUTPUT) != 0;
}

std::string icc_description(std::string_view profile) {
    const Profile icc = opened(profile);
    char text[256] = {};
    if (icc) cmsGetProfileInfoASCII(icc.get(), cmsInfoDescription, "en", "US", text, sizeof text);
    return text;
}

}  // namespace pli::render
