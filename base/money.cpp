#include "base/money.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace pli {
namespace {

constexpr std::size_t decimals = 4, most_whole_digits = 9;
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

tl::unexpected<Error> not_money(std::string_view amount) {
    return failure(Fault::BadInput, "", fmt::format("\"{}\" is not an amount", amount),
                   "write it as \"0.95\", with at most four decimals");
}

}  // namespace

Result<Currency> Currency::parse(std::string_view text) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 3 || !std::all_of(text.begin(), text.end(), capital))
        return failure(Fault::BadInput, "", fmt::format("\"{}\" is not a currency code such as EUR", text));
    return Currency{{text[0], text[1], text[2]}};
}

Result<Money> Money::parse(std::string_view amount, Currency currency) {
    const auto point = std::min(amount.find('.'), amount.size());
    const auto whole = amount.substr(0, point), rest = amount.substr(std::min(point + 1, amount.size()));
    const bool sound = !whole.empty() && whole.size() <= most_whole_digits && rest.size() <= decimals &&
                       (point == amount.size() || !rest.empty()) && std::all_of(whole.begin(), whole.end(), is_digit) &&
                       std::all_of(rest.begin(), rest.end(), is_digit);
    if (!sound) return not_money(amount);
    std::int64_t value = 0;
    for (const char c : whole) value = value * 10 + (c - '0');
    for (std::size_t i = 0; i < decimals; ++i) value = value * 10 + (i < rest.size() ? rest[i] - '0' : 0);
    return Money{value, currency};
}

std::string Money::amount() const {
    const auto size = value < 0 ? -value : value;
    auto text = fmt::format("{}{}.{:04}", value < 0 ? "-" : "", size / 10'000, size % 10'000);
    for (int spare = 0; spare < 2 && text.back() == '0'; ++spare) text.pop_back();
    return text;
}

std::string Money::text() const { return fmt::format("{} {}", amount(), currency.text()); }

Money& Money::operator+=(Money b) {
    if (currency == Currency{}) currency = b.currency;
    assert(b.currency == currency || b.currency == Currency{});
    value += b.value;
    return *this;
}

}  // namespace pli
