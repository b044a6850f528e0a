#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>

namespace pli {

/// An amount in whole minor units (cents, rappen, pence).
struct Money {
    std::int64_t minor = 0;
    std::array<char, 3> currency{'E', 'U', 'R'};  // ISO 4217
    constexpr auto operator<=>(const Money&) const = default;
};

}  // namespace pli
