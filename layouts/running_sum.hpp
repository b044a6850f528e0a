#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::layouts {

/// An amount as it is printed: `units` with so many decimals, and the currency if one was named.
struct Amount {
    std::int64_t units = 0;
    int decimals = 0;
    std::string_view currency;
};

/// Adds amounts up in whole units: nothing is rounded on the way.
/// Errors   BadInput: two currencies in one sum; Overflow: beyond 18 digits
class RunningSum {
public:
    void clear();
    Done add(const Amount& amount);
    /// "1234.50 EUR", as fields bring amounts; `minor`: "123450 EUR".
    void write(bool minor, std::string& out) const;

private:
    std::int64_t units_ = 0;
    int decimals_ = 0;
    bool empty_ = true;
    std::string currency_;
};

/// The sums of the table at hand, one for each column that has one, and their texts.
struct RunningSums {
    std::vector<RunningSum> sums;
    std::vector<std::uint16_t> slots;
    std::vector<std::optional<std::string>> texts;
};

}  // namespace pli::layouts
