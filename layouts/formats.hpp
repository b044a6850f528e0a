#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "layouts/placeholder.hpp"
#include "layouts/running_sum.hpp"

namespace pli::layouts {

/// Writes values in a letter's language: dates, numbers, money, capitals. Patterns and symbols come from ICU once per
/// locale; digits are then set by hand, which keeps the way of a letter free of allocation. Tests compare with ICU.
/// Input    dates YYYY-MM-DD (a time of day after it is ignored); numbers "-1234.50"; money "1234.50" or "1234.50 EUR",
///          in minor units "123450" or "123450 EUR". A comma before the last one or two digits counts as decimal point.
/// Errors   BadInput: where = the placeholder's path; message names the value and what was expected
/// Threads  one object per thread; nothing depends on the process's locale or time zone
class Formats {
public:
    Formats();
    ~Formats();
    Formats(Formats&&) noexcept;

    /// The letter's language, BCP 47 ("fr-CH"), and the currency of amounts that come without a code (ISO 4217; empty:
    /// that of the locale's country). Cheap if both are those of the letter before.
    /// Errors   BadInput: not a language tag
    Done use_locale(std::string_view locale, std::string_view currency = {});
    /// Appends the value as the placeholder wants it. The value is not empty (an empty one takes the fallback first).
    Done append(const Placeholder& placeholder, std::string_view value, std::string& out);
    /// The value of a placeholder with a number or an amount, rounded as `append` prints it. The currency is a view of
    /// `value`.
    Result<Amount> amount(const Placeholder& placeholder, std::string_view value);
    /// What stands before the decimals.
    std::string_view decimal_sign() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::layouts
