#pragma once
#include <lcms2.h>

#include <array>
#include <cstdint>
#include <map>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>

#include "base/release.hpp"
#include "base/result.hpp"

namespace pli::uploads::reader {

using Rgb = std::array<double, 3>;
using Inks = std::array<double, 4>;

/// sRGB as an ICC profile, without the hour in which it was made.
std::string srgb_profile();

/// Turns RGB into inks of a press: relative colorimetric with black point compensation. Neutral colours of operators
/// become K alone, as light between paper and full black as they were between white and black: text and hairlines in
/// four inks would show every misregister.
/// Errors   open: BadInput: not a CMYK profile
class InkMaker {
public:
    static Result<InkMaker> open(std::string_view press_profile);

    /// `profile`: what the RGB means; no stream: sRGB.
    Inks inks_of(const Rgb& rgb, const QPDFObjectHandle& profile);
    /// Three bytes a pixel in, four out.
    std::string inks_of_pixels(const std::string& pixels, const QPDFObjectHandle& profile);

private:
    using Profile = Handle<void, cmsCloseProfile>;
    using Transform = Handle<void, cmsDeleteTransform>;
    struct Pair {
        Transform numbers, pixels;
    };
    Pair& from(const QPDFObjectHandle& profile);
    void measure_black();
    double black_for(double grey) const;

    Profile press_;
    std::map<QPDFObjGen, Pair> transforms_;
    std::array<double, 101> darkness_{};  // of K in per cent: 0 paper, 1 full black
};

}  // namespace pli::uploads::reader
