#include "http/sheet_json.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

namespace pli::http {
namespace {

using nlohmann::json;

std::string_view name_of(uploads::ZoneKind kind) {
    switch (kind) {
        case uploads::ZoneKind::Address: return "address";
        case uploads::ZoneKind::Window: return "window";
        case uploads::ZoneKind::ReturnLine: return "return-line";
        case uploads::ZoneKind::Franking: return "franking";
        case uploads::ZoneKind::SheetCode: return "sheet-code";
        case uploads::ZoneKind::Stamp: return "stamp";
        case uploads::ZoneKind::Reserved: break;
    }
    return "reserved";
}

}  // namespace

json box_json(const Rect& rect) {
    const auto mm = [](Length length) { return static_cast<double>(length.nm()) / 1e6; };
    return {{"x", mm(rect.left())}, {"y", mm(rect.top())}, {"w", mm(rect.size.width)}, {"h", mm(rect.size.height)}};
}

json sheet_json(const uploads::SheetZones& zones) {
    json body{{"profile", zones.profile},
              {"envelope", zones.carrier.envelope},
              {"size", {{"w", zones.sheet.width.to_mm()}, {"h", zones.sheet.height.to_mm()}}},
              {"window", box_json(zones.window)},
              {"zones", json::array()},
              {"folds", json::array()}};
    for (const auto& zone : zones.zones)
        body["zones"].push_back(
            {{"kind", name_of(zone.kind)}, {"name", zone.name}, {"page", zone.page}, {"box", box_json(zone.box)}});
    for (const auto fold : zones.folds) body["folds"].push_back(fold.to_mm());
    return body;
}

}  // namespace pli::http
