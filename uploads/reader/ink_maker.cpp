#include "uploads/reader/ink_maker.hpp"

#include <algorithm>
#include <cmath>

#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr cmsUInt32Number flags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE;

Handle<void, cmsCloseProfile> opened(const QPDFObjectHandle& profile) {
    if (is_stream(profile)) {
        const std::string bytes = decoded_bytes(profile);
        auto* own = cmsOpenProfileFromMem(bytes.data(), static_cast<cmsUInt32Number>(bytes.size()));
        Handle<void, cmsCloseProfile> held(own);
        if (held && cmsGetColorSpace(held.get()) == cmsSigRgbData) return held;
    }
    return Handle<void, cmsCloseProfile>(cmsCreate_sRGBProfile());
}

/// What no plate shows is none: written short it would be 1e-05, which PDF does not know.
double printable(double ink) { return ink < 0.0005 ? 0 : std::min(ink, 1.0); }

/// CIE L* of sRGB grey (IEC 61966-2-1).
double lightness(double grey) {
    const double linear = grey <= 0.04045 ? grey / 12.92 : std::pow((grey + 0.055) / 1.055, 2.4);
    return linear > 0.008856 ? 116 * std::cbrt(linear) - 16 : 903.3 * linear;
}

}  // namespace

std::string srgb_profile() {
    const Handle<void, cmsCloseProfile> profile(cmsCreate_sRGBProfile());
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile.get(), nullptr, &size);
    std::string bytes(size, '\0');
    cmsSaveProfileToMem(profile.get(), bytes.data(), &size);
    constexpr std::string_view date("\x07\xd0\0\x01\0\x01\0\0\0\0\0\0", 12);  // ICC.1 §7.2.8: 1 January 2000
    constexpr std::size_t date_at = 24, id_at = 84, id_length = 16;
    bytes.replace(date_at, date.size(), date);
    bytes.replace(id_at, id_length, id_length, '\0');
    return bytes;
}

Result<InkMaker> InkMaker::open(std::string_view press_profile) {
    InkMaker maker;
    maker.press_.reset(cmsOpenProfileFromMem(press_profile.data(), static_cast<cmsUInt32Number>(press_profile.size())));
    if (!maker.press_ || cmsGetColorSpace(maker.press_.get()) != cmsSigCmykData)
        return failure(Fault::BadInput, "", "the press's profile cannot be read as one of four inks");
    maker.measure_black();
    return maker;
}

void InkMaker::measure_black() {
    const Profile lab(cmsCreateLab4Profile(nullptr));
    const Transform seen(
        cmsCreateTransform(press_.get(), TYPE_CMYK_DBL, lab.get(), TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, 0));
    std::array<double, 101> light{};
    for (std::size_t k = 0; k < light.size(); ++k) {
        const Inks inks{0, 0, 0, static_cast<double>(k)};
        cmsCIELab colour{};
        cmsDoTransform(seen.get(), inks.data(), &colour, 1);
        light[k] = colour.L;
    }
    for (std::size_t k = 0; k < light.size(); ++k)
        darkness_[k] = (light.front() - light[k]) / std::max(1.0, light.front() - light.back());
}

double InkMaker::black_for(double grey) const {
    const double wanted = 1 - lightness(grey) / 100;
    const auto above = std::ranges::lower_bound(darkness_, wanted);
    if (above == darkness_.end()) return 1;
    const auto k = static_cast<std::size_t>(above - darkness_.begin());
    if (k == 0) return 0;
    const double step = darkness_[k] - darkness_[k - 1];
    return (static_cast<double>(k - 1) + (step > 0 ? (wanted - darkness_[k - 1]) / step : 1)) / 100;
}

InkMaker::Pair& InkMaker::from(const QPDFObjectHandle& profile) {
    const auto number = is_stream(profile) ? QPDFObjectHandle(profile).getObjGen() : QPDFObjGen();
    const auto [place, fresh] = transforms_.try_emplace(number);
    if (!fresh) return place->second;
    const Profile rgb = opened(profile);
    const auto made = [&](cmsUInt32Number in, cmsUInt32Number out) {
        return Transform(cmsCreateTransform(rgb.get(), in, press_.get(), out, INTENT_RELATIVE_COLORIMETRIC, flags));
    };
    place->second = {made(TYPE_RGB_DBL, TYPE_CMYK_DBL), made(TYPE_RGB_8, TYPE_CMYK_8)};
    return place->second;
}

Inks InkMaker::inks_of(const Rgb& rgb, const QPDFObjectHandle& profile) {
    const auto [least, most] = std::ranges::minmax(rgb);
    if (most - least < 0.004) return {0, 0, 0, printable(black_for(std::clamp(rgb[0], 0.0, 1.0)))};
    Inks inks{};
    cmsDoTransform(from(profile).numbers.get(), rgb.data(), inks.data(), 1);
    for (double& ink : inks) ink = printable(ink / 100);
    return inks;
}

std::string InkMaker::inks_of_pixels(const std::string& pixels, const QPDFObjectHandle& profile) {
    std::string inks(pixels.size() / 3 * 4, '\0');
    cmsDoTransform(from(profile).pixels.get(), pixels.data(), inks.data(),
                   static_cast<cmsUInt32Number>(pixels.size() / 3));
    return inks;
}

}  // namespace pli::uploads::reader
