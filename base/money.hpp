#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli {

/// An ISO 4217 code, "EUR". Empty: no money at all.
struct Currency {
    std::array<char, 3> code{};
    constexpr auto operator<=>(const Currency&) const = default;
    static Result<Currency> parse(std::string_view text);
    std::string_view text() const { return {code.data(), code[0] == '\0' ? 0u : code.size()}; }
};

/// An amount of one currency in whole hundredths of its minor unit (0.0001 EUR), because posts price bulk mail in
/// fractions of a cent: 0.593 USD. Sums are exact and never pass through a double.
/// Units    hundredths of the minor unit of a currency with two decimals (EUR, CHF, GBP, USD)
/// Errors   parse: BadInput, unless the text is digits with at most four after a point
/// Threads  a value
struct Money {
    std::int64_t value = 0;
    Currency currency{};

    static Result<Money> parse(std::string_view amount, Currency currency);
    /// "0.95", "0.593": two decimals, more where they say something. The same in every locale.
    std::string amount() const;
    std::string text() const;  // "0.95 EUR"

    constexpr auto operator<=>(const Money&) const = default;
    /// Both of one currency; an amount without currency is nothing and takes the other's.
    Money& operator+=(Money b);
    friend Money operator+(Money a, Money b) { return a += b; }
    friend constexpr Money operator*(Money a, std::int64_t k) { return {a.value * k, a.currency}; }
};

}  // namespace pli
