#include "layouts/running_sum.hpp"

#include <fmt/format.h>

namespace pli::layouts {
namespace {

Done too_large() { return failure(Fault::Overflow, "sum", "the sum has more digits than can be added exactly (18)"); }

/// Moves the point; false if the digits do not suffice.
bool widen(std::int64_t& units, int by) {
    for (; by > 0; --by)
        if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) return false;
    return true;
}

}  // namespace

void RunningSum::clear() {
    units_ = 0;
    decimals_ = 0;
    empty_ = true;
    currency_.clear();
}

Done RunningSum::add(const Amount& amount) {
    if (!empty_ && currency_ != amount.currency)
        return failure(Fault::BadInput, "sum",
                       fmt::format("the rows are in {} and {}", currency_.empty() ? "the locale's currency" : currency_,
                                   amount.currency.empty() ? "the locale's currency" : amount.currency),
                       "a sum needs one currency");
    if (empty_) currency_ = amount.currency;
    empty_ = false;
    std::int64_t units = amount.units;
    if (!widen(units, decimals_ - amount.decimals) || !widen(units_, amount.decimals - decimals_)) return too_large();
    decimals_ = std::max(decimals_, amount.decimals);
    if (__builtin_add_overflow(units_, units, &units_)) return too_large();
    return {};
}

void RunningSum::write(bool minor, std::string& out) const {
    out.clear();
    const bool negative = units_ < 0;
    // The smallest number has no positive counterpart; unsigned arithmetic has.
    const auto magnitude =
        negative ? std::uint64_t{0} - static_cast<std::uint64_t>(units_) : static_cast<std::uint64_t>(units_);
    std::string digits = fmt::format("{:0{}}", magnitude, minor ? 1 : decimals_ + 1);
    if (!minor && decimals_ > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals_), 1, '.');
    if (negative) out += '-';
    out += digits;
    if (!currency_.empty()) out += fmt::format(" {}", currency_);
}

}  // namespace pli::layouts
