#include "preflight/colour_spaces.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "preflight/icc_profile.hpp"
#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

using Kind = ColourSpace::Kind;

Kind device_kind(const std::string& name) {
    if (name == "/DeviceGray" || name == "/G") return Kind::Grey;
    if (name == "/DeviceRGB" || name == "/RGB") return Kind::Rgb;
    return name == "/DeviceCMYK" || name == "/CMYK" ? Kind::Cmyk : Kind::Unknown;
}

std::size_t components_of(Kind kind) {
    if (kind == Kind::Grey) return 1;
    return kind == Kind::Cmyk ? 4 : 3;
}

const char* name_of_device(Kind kind) {
    if (kind == Kind::Grey) return "DeviceGray";
    return kind == Kind::Rgb ? "DeviceRGB" : "DeviceCMYK";
}

const char* default_of(Kind kind) {
    if (kind == Kind::Grey) return "/DefaultGray";
    return kind == Kind::Rgb ? "/DefaultRGB" : "/DefaultCMYK";
}

Kind kind_of(const IccProfile& profile) {
    if (profile.components == 1) return Kind::Grey;
    if (profile.components == 4) return Kind::Cmyk;
    return profile.colours == "RGB " ? Kind::Rgb : Kind::Lab;
}

bool is_function(Object object) { return (object.isStream() || object.isDictionary()) && has(object, "/FunctionType"); }

/// The same text for the same way to make a colour, however its objects are numbered.
std::string fingerprint(Object object) {
    if (!object.isStream()) return object.unparseResolved();
    auto data = object.getRawStreamData();
    return Digest::hex_of({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()});
}

}  // namespace

const ColourSpace* ColourSpaces::keep(ColourSpace space) { return &kept_.emplace_back(std::move(space)); }

const ColourSpace* ColourSpaces::bad(const Object& where, const std::string& found) {
    inspection_.find(RuleId::ColourSpace, where, found);
    return keep({});
}

bool ColourSpaces::allowed(Kind device) const {
    switch (inspection_.press) {
        case PressColours::Grey: return device == Kind::Grey;
        case PressColours::Rgb: return device != Kind::Cmyk;
        case PressColours::Cmyk: return device != Kind::Rgb;
        case PressColours::Unknown: return true;  // there is a finding for the intent
    }
    return true;
}

const ColourSpace* ColourSpaces::device(Kind kind, Object resources, std::uint32_t object) {
    if (!allowed(kind)) {
        Object substitute = entry(entry(std::move(resources), "/ColorSpace"), default_of(kind));
        if (!substitute.isNull() && device_kind(name_of(substitute)) == Kind::Unknown)
            return read(substitute, Object::newNull());
        inspection_.find(RuleId::DeviceColour, object, name_of_device(kind));
    }
    static const ColourSpace grey{Kind::Grey, true, 1, {}, nullptr}, rgb{Kind::Rgb, true, 3, {}, nullptr},
        cmyk{Kind::Cmyk, true, 4, {}, nullptr};
    if (kind == Kind::Grey) return &grey;
    return kind == Kind::Rgb ? &rgb : &cmyk;
}

const ColourSpace* ColourSpaces::read(Object space, Object resources, std::uint32_t owner) {
    const std::uint32_t number = number_in_file(space);
    if (const auto known = known_.find(number); number != 0 && known != known_.end()) return known->second;
    constexpr int deepest = 6;  // pattern, indexed, inks, their alternate: nothing nests deeper
    if (depth_ == deepest) return bad(space, "a colour space that leads to itself");
    ++depth_;
    const ColourSpace* result = space.isArray() ? read_array(space, resources, number != 0 ? number : owner)
                                                : read_name(name_of(space), resources, number != 0 ? number : owner);
    --depth_;
    // A name is another colour where the defaults are others.
    if (number != 0 && space.isArray()) known_[number] = result;
    return result;
}

const ColourSpace* ColourSpaces::read_name(const std::string& name, Object resources, std::uint32_t object) {
    if (const Kind kind = device_kind(name); kind != Kind::Unknown) return device(kind, std::move(resources), object);
    if (name == "/Pattern") return keep({Kind::Pattern, false, 0, {}, nullptr});
    inspection_.find(RuleId::ColourSpace, object, name.empty() ? "neither a name nor an array" : name);
    return keep({});
}

const ColourSpace* ColourSpaces::read_array(Object array, Object resources, std::uint32_t owner) {
    const std::string family = array.getArrayNItems() > 0 ? name_of(array.getArrayItem(0)) : "";
    if (family == "/ICCBased") return read_icc(array);
    if (family == "/Separation" || family == "/DeviceN") return read_inks(array, resources);
    if (family == "/Indexed" || family == "/I") return read_indexed(array, resources);
    if (family == "/Pattern") return read_pattern(array, resources);
    if (family == "/CalGray" || family == "/CalRGB" || family == "/Lab") {
        const bool white = array.getArrayNItems() == 2 && entry(array.getArrayItem(1), "/WhitePoint").isArray();
        if (!white) return bad(array, family + " without a white point");
        const Kind kind = family == "/Lab" ? Kind::Lab : family == "/CalGray" ? Kind::Grey : Kind::Rgb;
        return keep({kind, false, components_of(kind), {}, nullptr});
    }
    if (array.getArrayNItems() == 1 && device_kind(family) != Kind::Unknown)
        return device(device_kind(family), std::move(resources), owner);
    return bad(array, family.empty() ? "an array without a family" : "an array of family " + family);
}

const ColourSpace* ColourSpaces::read_icc(Object array) {
    Object stream = array.getArrayNItems() == 2 ? array.getArrayItem(1) : Object::newNull();
    if (!stream.isStream()) return bad(array, "ICCBased without a profile");
    const std::uint32_t number = number_in_file(stream);
    if (const auto known = profiles_.find(number); known != profiles_.end()) return known->second;
    std::string bytes;
    if (!check_and_decode(inspection_, stream, bytes)) return keep({});
    const IccProfile profile = read_icc_profile(bytes);
    if (!profile.fault.empty()) inspection_.find(RuleId::IccProfile, stream, profile.fault);
    const auto count = integer_of(entry(stream, "/N"));
    const std::string& use = profile.device_class;
    const bool source = use == "scnr" || use == "mntr" || use == "prtr" || use == "spac";
    if (profile.fault.empty() && (!source || profile.components == 0 || count != profile.components))
        inspection_.find(
            RuleId::IccSource, stream,
            fmt::format("class {}, colours {}, /N {}", use, profile.colours, in_words(entry(stream, "/N"))));
    if (profile.components == 4 && Digest::hex_of(bytes) == inspection_.press_profile)
        inspection_.find(RuleId::IccSameAsIntent, stream, "ICCBased with the profile of the output intent");
    const ColourSpace* space =
        keep({kind_of(profile), false, static_cast<std::size_t>(profile.components), {}, nullptr});
    profiles_[number] = space;
    return space;
}

const ColourSpace* ColourSpaces::read_inks(Object array, Object resources) {
    if (array.getArrayNItems() < 4 || !is_function(array.getArrayItem(3)))
        return bad(array, "inks without an alternate and a tint transform");
    ColourSpace space{Kind::Inks, false, 0, {}, nullptr};
    for (const Object& ink : items_of(array.getArrayItem(1))) {
        const std::string name = name_of(ink);
        if (name.size() < 2) return bad(array, "an ink without a name");
        space.inks.push_back(name.substr(1));
    }
    space.components = space.inks.size();
    if (space.inks.empty() || space.inks.size() > 32) return bad(array, fmt::format("{} inks", space.inks.size()));
    space.base = read(array.getArrayItem(2), resources);
    if (space.base->kind == Kind::Inks || space.base->kind == Kind::Indexed || space.base->kind == Kind::Pattern)
        return bad(array, "an alternate that is itself a special colour space");
    if (is_name(array.getArrayItem(0), "/Separation")) check_spot(array, space.inks.front());
    return keep(std::move(space));
}

void ColourSpaces::check_spot(Object array, const std::string& ink) {
    if (ink == "All" || ink == "None") return;
    const std::string made = fingerprint(array.getArrayItem(2)) + " " + fingerprint(array.getArrayItem(3));
    const auto [at, first] = spots_.emplace(ink, made);
    if (!first && at->second != made) inspection_.find(RuleId::SpotConsistent, array, "another definition of " + ink);
}

const ColourSpace* ColourSpaces::read_indexed(Object array, Object resources) {
    const auto highest = array.getArrayNItems() == 4 ? integer_of(array.getArrayItem(2)) : std::nullopt;
    if (!highest || *highest < 0 || *highest > 255) return bad(array, "Indexed without base, highest index and table");
    const ColourSpace* base = read(array.getArrayItem(1), std::move(resources));
    if (base->kind == Kind::Indexed || base->kind == Kind::Pattern)
        return bad(array, "Indexed on a base that cannot be one");
    Object table = array.getArrayItem(3);
    std::string bytes;
    if (table.isStream()) check_and_decode(inspection_, table, bytes);
    if (table.isString()) bytes = table.getStringValue();
    const std::size_t needed = static_cast<std::size_t>(*highest + 1) * base->components;
    if (base->kind != Kind::Unknown && bytes.size() < needed)
        return bad(array, fmt::format("a table of {} bytes for {}", bytes.size(), needed));
    return keep({Kind::Indexed, false, 1, {}, base});
}

const ColourSpace* ColourSpaces::read_pattern(Object array, Object resources) {
    if (array.getArrayNItems() > 2) return bad(array, "a pattern space with more than its base");
    const ColourSpace* base = array.getArrayNItems() == 2 ? read(array.getArrayItem(1), std::move(resources)) : nullptr;
    if (base != nullptr && base->kind == Kind::Pattern) return bad(array, "a pattern space on a pattern space");
    return keep({Kind::Pattern, false, base == nullptr ? 0 : base->components, {}, base});
}

}  // namespace pli::preflight
