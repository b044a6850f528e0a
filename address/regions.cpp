#include "address/regions.hpp"

#include <array>

#include "address/parts.hpp"
#include "address/tables.hpp"

namespace pli::address {

namespace {

using Regions = std::array<std::vector<Region>, country_places>;

Regions read_regions() {
    Regions regions;
    for (const auto row : rows(regions_tsv())) {
        auto cells = split(row, '\t');
        cells.resize(5);
        Region region{cells[1], cells[2], cells[3], {}};
        for (const auto code : split(cells[4], ' '))
            if (!code.empty()) region.codes.push_back(code);
        regions[place_of(cells[0])].push_back(std::move(region));
    }
    return regions;
}

}  // namespace

const std::vector<Region>& regions_of(std::string_view alpha2) {
    static const Regions regions = read_regions();
    static const std::vector<Region> none;
    return is_alpha2(alpha2) ? regions[place_of(alpha2)] : none;
}

const Region* region_named(std::string_view alpha2, std::string_view text) {
    const auto& regions = regions_of(alpha2);
    if (text.size() == 2)
        for (const Region& region : regions)
            if (same_text(region.written, text)) return &region;
    for (const Region& region : regions)
        for (const auto name : {region.written, region.name, region.latin})
            if (!name.empty() && same_text(name, text)) return &region;
    return nullptr;
}

}  // namespace pli::address
