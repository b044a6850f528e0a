#pragma once
#include <optional>
#include <string_view>

#include "base/length.hpp"

namespace pli::layouts {

/// The type that a market's sorting machines read, upright and regular. A template that sets its address otherwise is
/// warned of it.
/// Source   machine_reading.toml
struct MachineReading {
    struct Range {
        Length from, to;
    };
    Range size;
    std::optional<Range> capitals;  // their height
    std::optional<Range> gap;       // free between the foot of a line's letters and the next line's capitals
};

/// nullptr: nothing is known of the market.
const MachineReading* machine_reading(std::string_view country);

}  // namespace pli::layouts
