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

bool is_rgb_source(std::string_view profile) {
    const auto header = read_icc_header(profile);
    if (!header || header->colour_space != "RGB " || header->version > 4) return false;
    const Profile icc = opened(profile);
    return icc && cmsIsIntentSupported(icc.get(), INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_INPUT) != 0;
}

const std::string& srgb_profile() {
    static const std::string profile = [] {
        const Profile icc(cmsCreate_sRGBProfile());
        cmsSetProfileVersion(icc.get(), 4.2);
        cmsUInt32Number size = 0;
        cmsSaveProfileToMem(icc.get(), nullptr, &size);
        std::string bytes(size, '\0');
        cmsSaveProfileToMem(icc.get(), bytes.data(), &size);
        // lcms writes the time of the clock: instead, midnight of the first of January 2020.
        constexpr std::string_view date("\x07\xE4\0\x01\0\x01\0\0\0\0\0\0", 12);
        return bytes.replace(24, date.size(), date);
    }();
    return profile;
}

Result<std::string> rgb_to_cmyk(std::string_view pixels, std::string_view from, std::string_view to) {
    const Profile source = opened(from), press = opened(to);
    struct Delete {
        void operator()(void* transform) const { cmsDeleteTransform(transform); }
    };
    std::unique_ptr<void, Delete> transform;
    if (source && press)
        transform.reset(cmsCreateTransform(source.get(), TYPE_RGB_8, press.get(), TYPE_CMYK_8,
                                           INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION));
    if (!transform) {
        return failure(Fault::BadInput, icc_description(from), "cannot be converted to the press's profile",
                       "convert the picture to CMYK, or leave rgb = \"tagged\"");
    }
    std::string inks(pixels.size() / 3 * 4, '\0');
    cmsDoTransform(transform.get(), pixels.data(), inks.data(), static_cast<cmsUInt32Number>(pixels.size() / 3));
    return inks;
}

std::string icc_description(std::string_view profile) {
    const Profile icc = opened(profile);
    char text[256] = {};
    if (icc) cmsGetProfileInfoASCII(icc.get(), cmsInfoDescription, "en", "US", text, sizeof text);
    return text;
}

}  // namespace pli::render
