#include "uploads/reader/default_colour.hpp"

namespace pli::uploads::reader {
namespace {

/// The profile of the first output intent that has one for RGB; null if there is none.
QPDFObjectHandle own_rgb_profile(QPDF& pdf) {
    auto intents = pdf.getRoot().getKey("/OutputIntents");
    if (!intents.isArray()) return QPDFObjectHandle::newNull();
    for (auto& intent : intents.getArrayAsVector()) {
        if (!intent.isDictionary()) continue;
        auto profile = intent.getKey("/DestOutputProfile");
        if (!profile.isStream()) continue;
        auto components = profile.getDict().getKey("/N");
        if (components.isInteger() && components.getIntValue() == 3) return profile;
    }
    return QPDFObjectHandle::newNull();
}

}  // namespace

RgbMeaning rgb_meaning(QPDF& pdf) {
    auto profile = own_rgb_profile(pdf);
    auto array = QPDFObjectHandle::newArray();
    if (profile.isNull()) {
        array.appendItem(QPDFObjectHandle::newName("/DeviceRGB"));
        return {pdf.makeIndirectObject(array), true};
    }
    array.appendItem(QPDFObjectHandle::newName("/ICCBased"));
    array.appendItem(profile);
    return {pdf.makeIndirectObject(array), false};
}

void set_default_rgb(QPDFObjectHandle resources, const QPDFObjectHandle& space) {
    auto spaces = resources.getKey("/ColorSpace");
    if (!spaces.isDictionary())
        spaces = resources.replaceKeyAndGetNew("/ColorSpace", QPDFObjectHandle::newDictionary());
    if (!spaces.hasKey("/DefaultRGB")) spaces.replaceKey("/DefaultRGB", space);
}

}  // namespace pli::uploads::reader
