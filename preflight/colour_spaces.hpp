#pragma once
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "preflight/inspection.hpp"

namespace pli::preflight {

struct ColourSpace {
    enum class Kind : std::uint8_t { Unknown, Grey, Rgb, Cmyk, Lab, Inks, Indexed, Pattern };
    Kind kind = Kind::Unknown;
    bool device = false;  // /DeviceCMYK, not a profile
    std::size_t components = 0;
    std::vector<std::string> inks;      // of Separation and DeviceN: "Cyan", "HKS 13", "All", "None"
    const ColourSpace* base = nullptr;  // of Indexed, of an uncoloured pattern; the alternate of inks
    bool operator==(const ColourSpace&) const = default;
};

/// Reads and judges colour spaces, each indirect one once.
/// Source   ISO 32000-1 §8.6; ISO 15930-7 for what fits which output intent
class ColourSpaces {
public:
    explicit ColourSpaces(const Inspection& inspection) : inspection_(inspection) {}

    /// `resources`: where default colour spaces stand. `owner`: the object to name where the space itself is direct.
    /// Never null; Unknown where there was a finding.
    const ColourSpace* read(Object space, Object resources, std::uint32_t owner = 0);
    /// One of DeviceGray, DeviceRGB, DeviceCMYK, as an operator or an image selects it.
    const ColourSpace* device(ColourSpace::Kind kind, Object resources, std::uint32_t object);
    bool allowed(ColourSpace::Kind device) const;

private:
    const ColourSpace* keep(ColourSpace space);
    const ColourSpace* read_name(const std::string& name, Object resources, std::uint32_t object);
    const ColourSpace* read_array(Object array, Object resources, std::uint32_t owner);
    const ColourSpace* read_icc(Object array);
    const ColourSpace* read_inks(Object array, Object resources);
    const ColourSpace* read_indexed(Object array, Object resources);
    const ColourSpace* read_pattern(Object array, Object resources);
    const ColourSpace* bad(const Object& where, const std::string& found);
    void check_spot(Object array, const std::string& ink);

    const Inspection& inspection_;
    std::deque<ColourSpace> kept_;
    std::unordered_map<std::uint32_t, const ColourSpace*> known_;  // by object
    std::unordered_map<std::uint32_t, const ColourSpace*> profiles_;
    std::map<std::string, std::string> spots_;  // ink → how it is made
    int depth_ = 0;
};

}  // namespace pli::preflight
