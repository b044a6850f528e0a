#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace pli::address {

/// A state or province: as posts write it, its name, and how its postal codes begin.
struct Region {
    std::string_view written, name, latin;
    std::vector<std::string_view> codes;
};

/// The regions of a country; empty where none are known.
/// Source   tables/regions.tsv
const std::vector<Region>& regions_of(std::string_view alpha2);

/// "California" → "CA", "Roma" → "RM"; nullptr where the country has no such region.
const Region* region_named(std::string_view alpha2, std::string_view text);

}  // namespace pli::address
