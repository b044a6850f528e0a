#include "uploads/reader/colour_spaces.hpp"

#include <algorithm>

#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr int deepest = 8;
constexpr std::size_t most_inks = 1000;

ColourSpace device(Ink ink, std::uint8_t components, const QPDFObjectHandle& resources, const char* meaning) {
    const auto own = entry(entry(resources, "/ColorSpace"), meaning);
    return {ink, !QPDFObjectHandle(own).isNull(), false, components};
}

}  // namespace

PageColour ColourSpace::initial() const {
    PageColour colour{ink, calibrated, std::min<std::uint8_t>(components, 4), {}, name};
    if (ink == Ink::Cmyk) colour.parts[3] = 1;
    if (ink == Ink::Spot || ink == Ink::Inks) colour.parts.fill(1);
    return colour;
}

ColourSpace ColourSpaces::read(const QPDFObjectHandle& value, const QPDFObjectHandle& resources, int depth) {
    if (depth > deepest) return {Ink::Unknown};
    if (is_name(value)) return named(QPDFObjectHandle(value).getName(), resources, depth);
    const auto items = items_of(value);
    const std::string kind = items.empty() || !is_name(items[0]) ? "" : QPDFObjectHandle(items[0]).getName();
    if (items.size() < 2) return kind.empty() ? ColourSpace{Ink::Unknown} : named(kind, resources, depth);
    if (kind == "/ICCBased") return icc_based(items[1], resources, depth);
    if (kind == "/CalGray") return {Ink::Grey, true, false, 1};
    if (kind == "/CalRGB") return {Ink::Rgb, true, false, 3};
    if (kind == "/Lab") return {Ink::Lab, true, false, 3};
    if (kind == "/Pattern") return {Ink::Pattern};
    if (kind == "/Separation" && is_name(items[1]))
        return {Ink::Spot, false, false, 1, ink_named(QPDFObjectHandle(items[1]).getName())};
    if (kind == "/DeviceN")
        return {Ink::Inks, false, false,
                static_cast<std::uint8_t>(std::min<std::size_t>(items_of(items[1]).size(), 32))};
    if (kind == "/Indexed" || kind == "/I") {
        ColourSpace base = read(items[1], resources, depth + 1);
        base.indexed = true;
        return base;
    }
    return {Ink::Unknown};
}

ColourSpace ColourSpaces::named(const std::string& name, const QPDFObjectHandle& resources, int depth) {
    if (name == "/DeviceGray" || name == "/G") return device(Ink::Grey, 1, resources, "/DefaultGray");
    if (name == "/DeviceRGB" || name == "/RGB") return device(Ink::Rgb, 3, resources, "/DefaultRGB");
    if (name == "/DeviceCMYK" || name == "/CMYK") return device(Ink::Cmyk, 4, resources, "/DefaultCMYK");
    if (name == "/Pattern") return {Ink::Pattern};
    const auto own = entry(entry(resources, "/ColorSpace"), name.c_str());
    return QPDFObjectHandle(own).isNull() ? ColourSpace{Ink::Unknown} : read(own, resources, depth + 1);
}

ColourSpace ColourSpaces::icc_based(const QPDFObjectHandle& profile, const QPDFObjectHandle& resources, int depth) {
    switch (static_cast<int>(number_in(profile, "/N", 0))) {
        case 1: return {Ink::Grey, true, false, 1};
        case 3: return {name_in(profile, "/Alternate") == "/Lab" ? Ink::Lab : Ink::Rgb, true, false, 3};
        case 4: return {Ink::Cmyk, true, false, 4};
        default: break;
    }
    const auto other = entry(profile, "/Alternate");
    return QPDFObjectHandle(other).isNull() ? ColourSpace{Ink::Unknown} : read(other, resources, depth + 1);
}

std::uint16_t ColourSpaces::ink_named(const std::string& name) {
    const std::string ink = utf8_or_escaped(name.substr(1));
    const auto known = std::ranges::find(document_.inks, ink);
    const auto index = static_cast<std::uint16_t>(known - document_.inks.begin());
    if (known != document_.inks.end()) return index;
    if (document_.inks.size() >= most_inks) return PageColour::unnamed;
    document_.inks.push_back(ink);
    return index;
}

namespace {

/// The values of a tint function at 1: those of an exponential one, or the last sample of a table of bytes.
std::vector<double> values_at_full_tint(const QPDFObjectHandle& function) {
    std::vector<double> values;
    const int kind = static_cast<int>(number_in(function, "/FunctionType", -1));
    if (kind == 2)
        for (const auto& value : items_in(function, "/C1")) values.push_back(number_of(value));
    const auto count = items_in(function, "/Range").size() / 2;
    if (kind != 0 || number_in(function, "/BitsPerSample", 0) != 8 || count == 0) return values;
    const std::string samples = decoded_bytes(function);
    if (samples.size() < count) return values;
    for (const char sample : samples.substr(samples.size() - count))
        values.push_back(static_cast<unsigned char>(sample) / 255.0);
    return values;
}

}  // namespace

Colour spot_look(const QPDFObjectHandle& separation) {
    const auto items = items_of(separation);
    const auto values = items.size() == 4 ? values_at_full_tint(items[3]) : std::vector<double>{};
    const auto ink = [](double part) { return static_cast<std::uint16_t>(std::clamp(part, 0.0, 1.0) * 1000 + 0.5); };
    if (values.size() == 4) return Colour::cmyk(ink(values[0]), ink(values[1]), ink(values[2]), ink(values[3]));
    if (values.size() == 3) return Colour::cmyk(ink(1 - values[0]), ink(1 - values[1]), ink(1 - values[2]), 0);
    return Colour::cmyk(0, 0, 0, values.size() == 1 ? ink(1 - values[0]) : 1000);
}

}  // namespace pli::uploads::reader
