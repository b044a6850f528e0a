#include "layouts/machine_reading.hpp"

#include <toml++/toml.h>

#include <map>
#include <string>

extern "C" {
extern const char pli_machine_reading[], pli_machine_reading_end[];
}

namespace pli::layouts {
namespace {

std::optional<MachineReading::Range> range_of(const toml::table& market, const char* key, Length unit) {
    const auto* range = market[key].as_array();
    if (range == nullptr) return {};
    return MachineReading::Range{unit.scaled(range->at(0).value_or(0.0)), unit.scaled(range->at(1).value_or(0.0))};
}

std::map<std::string, MachineReading, std::less<>> read_markets() {
    std::map<std::string, MachineReading, std::less<>> markets;
    const auto table = toml::parse(std::string_view(pli_machine_reading, pli_machine_reading_end));
    for (const auto& entry : *table["market"].as_array()) {
        const auto& market = *entry.as_table();
        markets[market["country"].value_or("")] = {*range_of(market, "size_pt", Length::pt(1)),
                                                   range_of(market, "capitals", Length::mm(1)),
                                                   range_of(market, "gap", Length::mm(1))};
    }
    return markets;
}

}  // namespace

const MachineReading* machine_reading(std::string_view country) {
    static const auto markets = read_markets();
    const auto found = markets.find(country);
    return found == markets.end() ? nullptr : &found->second;
}

}  // namespace pli::layouts
