#include "service/upload_zones.hpp"

namespace pli::service {
namespace {

using uploads::Zone;
using uploads::ZoneKind;

/// The field above the address block: the sender's line may stand anywhere in it, the template's or the design's own.
Zone return_zone(const layouts::Profile& profile) {
    const Rect& field = profile.address_field;
    return {ZoneKind::ReturnLine,
            "sender's line",
            {field.origin, {field.size.width, profile.address.top() - field.top()}},
            1};
}

}  // namespace

uploads::SheetZones zones_of(const layouts::Profile& profile, const uploads::PressLimits& press) {
    uploads::SheetZones zones;
    zones.profile = profile.name;
    zones.sheet = profile.sheet;
    zones.window = profile.address_field;
    zones.always_visible = profile.always_visible;
    zones.zones.push_back({ZoneKind::Address, "address zone", profile.address, 1});
    if (profile.return_line) zones.zones.push_back(return_zone(profile));
    if (profile.hybrid_franking)
        zones.zones.push_back({ZoneKind::Franking, "carrier's franking field", *profile.hybrid_franking, 1});
    if (profile.franking) zones.zones.push_back({ZoneKind::Franking, "franking code", *profile.franking, 1});
    zones.zones.push_back({ZoneKind::Window, "window beside the address", profile.address_field, 1});
    for (const Rect& reserved : profile.reserved)
        zones.zones.push_back({ZoneKind::Reserved, "reserved zone", reserved, 1});
    zones.zones.push_back({ZoneKind::SheetCode, "inserter's code", profile.sheet_code, 0});
    if (const auto& free = profile.printable)
        zones.printable = uploads::Margins{free->top, free->right, free->bottom, free->left};
    zones.folds = profile.folds;
    zones.carrier = {profile.most_sheets, profile.most_megabytes, profile.envelope};
    if (profile.larger) {
        zones.carrier.larger_envelope = profile.larger->name;
        zones.carrier.larger_sheets = profile.larger->most_sheets;
    }
    zones.press = press;
    return zones;
}

}  // namespace pli::service
