#pragma once
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace pli::uploads::reader {

/// What device RGB means in an upload, as a colour space of its own: the RGB profile of its output intent; else one
/// that stands for sRGB and says nothing yet. Device CMYK keeps meaning the inks of the press: through a profile, black
/// text would come back on four plates.
/// Source   ISO 15930-7:2010 §6.3 (no device RGB beside a CMYK press); ISO 32000-1 §8.6.5.6 (default colour spaces)
struct RgbMeaning {
    QPDFObjectHandle space;  // an indirect array
    bool is_srgb = true;
};
RgbMeaning rgb_meaning(QPDF& pdf);

/// Makes a resource dictionary say so, unless it has a meaning of its own.
void set_default_rgb(QPDFObjectHandle resources, const QPDFObjectHandle& space);

}  // namespace pli::uploads::reader
