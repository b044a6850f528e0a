#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace pli::address {

/// Whether a postal code and a town belong together, as far as free tables tell: Austria, Switzerland, Germany, France with
/// its overseas, Liechtenstein, Luxembourg.
/// Source   tables/places-*.tsv: GeoNames; La Poste, base officielle des codes postaux (without CEDEX codes)
enum class PlaceFit : std::uint8_t { NoTable, UnknownCode, Elsewhere, Fits };

struct PlaceAnswer {
    PlaceFit fit = PlaceFit::NoTable;
    std::vector<std::string_view> towns;  // of the code
};
/// Spellings, saints, quarters ("Berlin-Mitte") and short names ("Frankfurt") count as the town.
PlaceAnswer look_up(std::string_view country, std::string_view code, std::string_view town);

}  // namespace pli::address
