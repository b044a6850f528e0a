#include <fmt/format.h>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

std::string describe(const Rect& r) {
    return fmt::format("x {:.1f} to {:.1f}, y {:.1f} to {:.1f} mm", r.left().to_mm(), r.right().to_mm(),
                       r.top().to_mm(), r.bottom().to_mm());
}

struct Zone {
    std::string name;
    Rect place;
};

std::vector<Zone> zones_of(const Compilation& shop) {
    std::vector<Zone> zones{{"the address window", shop.profile.address_field}};
    if (shop.design.sheet_code) zones.push_back({"the sheet code", shop.profile.sheet_code});
    for (const Rect& reserved : shop.profile.reserved) zones.push_back({"a zone that stays empty", reserved});
    return zones;
}

void check(Compilation& shop, const Rect& place, std::string_view what, const std::string& pointer) {
    for (const Zone& zone : zones_of(shop))
        if (zone.place.overlaps(place))
            shop.findings.warning("overlap", pointer,
                                  fmt::format("{} lies over {} ({})", what, zone.name, describe(zone.place)),
                                  "move it");
    const Rect sheet{{}, shop.profile.sheet};
    if (!sheet.contains(place))
        shop.findings.warning("off-sheet", pointer, fmt::format("{} leaves the sheet: {}", what, describe(place)));
}

Size size_of(const FixedItem& item) {
    if (const auto* picture = std::get_if<Picture>(&item.content)) return picture->size;
    if (const auto* code = std::get_if<QrMark>(&item.content)) return {code->size, code->size};
    return {item.measure.value_or(0_mm), item.height.value_or(0_mm)};
}

}  // namespace

void check_places(Compilation& shop) {
    if (!shop.state.flows || shop.state.pages.empty()) return;
    check(shop, shop.state.pages.front().body, "the body", shop.design.body_box ? "/body_box" : "/profile");
    for (const FixedItem& item : shop.state.pages.front().varying) {
        const Size size = size_of(item);
        if (size.width > 0_mm && size.height > 0_mm) check(shop, {item.origin, size}, "a fixed block", "/fixed");
    }
}

}  // namespace pli::layouts
