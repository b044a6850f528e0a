#include "postage/makeup.hpp"

#include <algorithm>

namespace pli::postage {
namespace {

std::int64_t times(Length side, Length room) {
    return (side.nm() + room.nm() - 1) / std::max<std::int64_t>(room.nm(), 1);
}

/// Exact for whole millimetres and grammages: nm² x g/m² = 1e-12 µg.
Mass sheet_mass(Size sheet, double grammage) {
    const double square_mm = sheet.width.to_mm() * sheet.height.to_mm();
    return Mass::g(square_mm * grammage / 1e6);
}

}  // namespace

int panels_of(Size sheet, Size envelope) {
    const auto upright = times(sheet.width, envelope.width) * times(sheet.height, envelope.height);
    const auto turned = times(sheet.height, envelope.width) * times(sheet.width, envelope.height);
    return static_cast<int>(std::min(upright, turned));
}

Weighed weigh(const Makeup& makeup) {
    Weighed weighed;
    weighed.panels = panels_of(makeup.sheet, makeup.envelope.size);
    weighed.mass = sheet_mass(makeup.sheet, makeup.paper.grammage) * makeup.sheets + makeup.envelope.mass;
    weighed.filling = makeup.paper.caliper * weighed.panels * makeup.sheets;
    weighed.known = makeup.envelope.source.confirmed();
    for (const auto& insert : makeup.inserts) {
        weighed.mass += insert.mass;
        weighed.filling += insert.thickness;
        weighed.known = weighed.known && insert.source.confirmed();
    }
    weighed.thickness = weighed.filling + makeup.envelope.thickness;
    weighed.fits = weighed.filling <= makeup.envelope.filling;
    return weighed;
}

}  // namespace pli::postage
