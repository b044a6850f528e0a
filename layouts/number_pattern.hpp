#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pli::layouts {

/// A decimal number as digits, read once from text.
struct Decimal {
    bool negative = false;
    std::string_view whole;     // without leading zeros; may be empty
    std::string_view fraction;  // as written
};

/// "-1234.50"; a comma before the last one or two digits is read as the decimal point. Nothing else: no grouping, no
/// exponent, since what "1,234" means differs from country to country.
std::optional<Decimal> parse_decimal(std::string_view text);

/// How a locale writes numbers, or amounts of one currency. Learned once from what ICU writes for a few samples; from
/// then on digits are set without ICU and without allocation.
struct NumberPattern {
    struct Affixes {
        std::string before, after;
    };
    Affixes positive, negative;
    std::string group, point;
    std::size_t primary = 3, secondary = 3;  // digits in the group next to the point, and in the others
    std::size_t shortest_grouped = 4;        // Spanish groups from five digits on: 1234, 12.345
    std::array<std::string, 10> digits;
    int decimals = -1;  // of the currency; -1: as many as the value has

    /// `decimals` < 0: as many as the number has. Surplus decimals are rounded, half away from zero.
    void append(const Decimal& number, int decimals_wanted, std::string& out) const;
};

/// `locale` as ICU knows it; `currency` empty for plain numbers.
NumberPattern learn_pattern(const std::string& locale, std::string_view currency);

}  // namespace pli::layouts
