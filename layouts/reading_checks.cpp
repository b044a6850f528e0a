#include <fmt/format.h>

#include "layouts/compiler.hpp"
#include "layouts/machine_reading.hpp"

namespace pli::layouts {
namespace {

/// How deep p, q and g hang below the line in faces for text, as a share of the size. The font's own descender is deeper:
/// it has room for accents that no address needs.
constexpr double letter_depth = 0.22;

bool is_outside(Length value, const MachineReading::Range& range) {
    const Length tolerance = Length::mm(0.01);  // sizes come in points, rules in millimetres
    return value < range.from - tolerance || value > range.to + tolerance;
}

void warn(Compilation& shop, const std::string& pointer, std::string message, std::string remedy) {
    shop.findings.warning("machine-reading", pointer, std::move(message), std::move(remedy));
}

}  // namespace

void check_machine_reading(Compilation& shop, const AddressBlock& address, const std::string& pointer) {
    const MachineReading* rules = machine_reading(shop.profile.country);
    if (rules == nullptr || address.style >= shop.state.styles.size()) return;  // the font is missing, and told
    const TypeStyle& style = shop.state.styles[address.style];
    const fonts::Face& face = shop.workshop.fonts.face(style.face);
    if (is_outside(style.size, rules->size))
        warn(shop, pointer,
             fmt::format("the address is set in {:.1f} pt, sorting machines of {} read {:.0f} to {:.0f} pt",
                         style.size.to_pt(), shop.profile.country, rules->size.from.to_pt(), rules->size.to.to_pt()),
             "set \"size\" of the address, or leave it to the profile");
    const Length capitals = style.size.scaled(static_cast<double>(face.cap_height) / face.units_per_em);
    if (rules->capitals && face.cap_height > 0 && is_outside(capitals, *rules->capitals))
        warn(shop, pointer,
             fmt::format("its capitals are {:.1f} mm high, sorting machines of {} read {:.1f} to {:.1f} mm",
                         capitals.to_mm(), shop.profile.country, rules->capitals->from.to_mm(),
                         rules->capitals->to.to_mm()),
             "take another size or font");
    const Length gap = address.leading - capitals - style.size.scaled(letter_depth);
    if (rules->gap && is_outside(gap, *rules->gap))
        warn(shop, pointer,
             fmt::format("its lines are {:.1f} mm apart, sorting machines of {} read {:.1f} to {:.1f} mm", gap.to_mm(),
                         shop.profile.country, rules->gap->from.to_mm(), rules->gap->to.to_mm()),
             "set \"leading_mm\" of the address, or leave it to the profile");
    if (face.italic || face.weight >= 600)
        warn(shop, pointer, fmt::format("the address is set in {} {}", face.family, face.style),
             "sorting machines want it upright and regular");
}

}  // namespace pli::layouts
