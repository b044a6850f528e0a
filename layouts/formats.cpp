#include "layouts/formats.hpp"

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/region.h>
#include <unicode/timezone.h>
#include <unicode/ucurr.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/day.hpp"
#include "layouts/letter_case.hpp"
#include "layouts/number_pattern.hpp"

namespace pli::layouts {
namespace {

using Kind = Format::Kind;

constexpr std::size_t most_locales = 64;  // a real run has a dozen; a bad file must not fill the memory

struct WrittenDay {
    bool filled = false;
    Day day;
    std::string text;
};
/// Dates of one style. The dates of a mailing are few, so each is written by ICU once.
struct DateWriter {
    std::unique_ptr<icu::DateFormat> format;
    std::array<WrittenDay, 64> written;

    const std::string& write(Day day) {
        WrittenDay& slot = written[static_cast<std::uint32_t>(day.days) % written.size()];
        if (!slot.filled || slot.day != day) {
            icu::UnicodeString text;
            format->format(static_cast<UDate>(day.days) * 86'400'000.0, text);
            slot.text.clear();
            text.toUTF8String(slot.text);
            slot.day = day;
            slot.filled = true;
        }
        return slot.text;
    }
};

struct CurrencyPattern {
    std::string code;
    NumberPattern pattern;
};

/// All that is learned about one locale.
struct LocaleFormats {
    std::string tag;  // as asked for
    std::string icu_name;
    std::string currency;  // of its country; empty where the tag does not settle it
    NumberPattern number;
    std::array<DateWriter, 3> dates;
    std::vector<CurrencyPattern> currencies;

    const NumberPattern& money(std::string_view code) {
        for (const CurrencyPattern& known : currencies) {
            if (known.code == code) return known.pattern;
        }
        return currencies.emplace_back(CurrencyPattern{std::string(code), learn_pattern(icu_name, code)}).pattern;
    }
};

/// The currency of the locale's country. A bare "fr" or "de" means the euro; a bare "en" or "pt" most likely means a
/// country overseas to ICU, which is no ground for printing dollars.
std::string own_currency(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale likely = locale;
    likely.addLikelySubtags(status);
    if (locale.getCountry()[0] == '\0') {
        const icu::Region* europe = icu::Region::getInstance("150", status);
        const icu::Region* home = icu::Region::getInstance(likely.getCountry(), status);
        if (U_FAILURE(status) || !europe->contains(*home)) return {};
    }
    std::array<UChar, 4> code{};
    const int32_t length = ucurr_forLocale(likely.getName(), code.data(), static_cast<int32_t>(code.size()), &status);
    if (U_FAILURE(status) || length != 3) return {};
    return {code.begin(), code.begin() + 3};
}

std::unique_ptr<LocaleFormats> learn_locale(std::string_view tag, const icu::Locale& locale) {
    auto learned = std::make_unique<LocaleFormats>();
    learned->tag = tag;
    learned->icu_name = locale.getName();
    learned->currency = own_currency(locale);
    learned->number = learn_pattern(learned->icu_name, {});
    constexpr std::array styles{icu::DateFormat::kShort, icu::DateFormat::kMedium, icu::DateFormat::kLong};
    for (std::size_t i = 0; i < styles.size(); ++i) {
        auto& format = learned->dates[i].format;
        format.reset(icu::DateFormat::createDateInstance(styles[i], locale));
        if (!format) return nullptr;
        format->setTimeZone(*icu::TimeZone::getGMT());  // a Day is midnight there; the process's zone has no say
    }
    return learned;
}

bool is_code(std::string_view s) {
    return s.size() == 3 && std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(' ');
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(' ') - first + 1);
}

tl::unexpected<Error> unreadable(const Placeholder& placeholder, std::string_view value, std::string_view wanted) {
    return failure(Fault::BadInput, fmt::format("field {}", placeholder.path),
                   fmt::format("'{}' is not {}", value.substr(0, 60), wanted));
}

/// In units of so many decimals, rounded half away from zero as `append` does.
std::optional<Amount> in_units(const Decimal& number, int decimals) {
    Amount amount{0, decimals < 0 ? static_cast<int>(number.fraction.size()) : decimals, {}};
    const auto digit = [&](char c) {
        return !__builtin_mul_overflow(amount.units, std::int64_t{10}, &amount.units) &&
               !__builtin_add_overflow(amount.units, std::int64_t{c - '0'}, &amount.units);
    };
    for (const char c : number.whole)
        if (!digit(c)) return {};
    const auto wanted = static_cast<std::size_t>(amount.decimals);
    for (std::size_t i = 0; i < wanted; ++i)
        if (!digit(i < number.fraction.size() ? number.fraction[i] : '0')) return {};
    if (number.fraction.size() > wanted && number.fraction[wanted] >= '5') ++amount.units;
    if (number.negative) amount.units = -amount.units;
    return amount;
}

struct CodedAmount {
    std::string_view amount, code;
};

/// "1234.50 EUR" apart.
CodedAmount without_code(std::string_view value) {
    const bool coded = value.size() > 3 && is_code(value.substr(value.size() - 3));
    if (!coded) return {value, {}};
    return {trimmed(value.substr(0, value.size() - 3)), value.substr(value.size() - 3)};
}

}  // namespace

struct Formats::State {
    std::vector<std::unique_ptr<LocaleFormats>> locales;
    LocaleFormats* current = nullptr;
    std::string currency;

    Done append_date(const Placeholder& placeholder, std::string_view value, std::string& out) {
        const bool has_time = value.size() > 10 && (value[10] == 'T' || value[10] == ' ');
        const auto day = Day::parse(has_time ? value.substr(0, 10) : value);
        if (!day) return unreadable(placeholder, value, "a date as 2026-11-22");
        out += current->dates[static_cast<std::size_t>(placeholder.format.date)].write(*day);
        return {};
    }

    Done append_number(const Placeholder& placeholder, std::string_view value, std::string& out) {
        const auto number = parse_decimal(value);
        if (!number) return unreadable(placeholder, value, "a number as 1234.50");
        current->number.append(*number, placeholder.format.decimals, out);
        return {};
    }

    Done append_money(const Placeholder& placeholder, std::string_view value, std::string& out) {
        const bool minor = placeholder.format.kind == Kind::MoneyMinor;
        const auto [amount, own_code] = without_code(value);
        const std::string_view code = own_code.empty() ? std::string_view(default_currency()) : own_code;
        if (code.empty()) {
            return failure(Fault::BadInput, fmt::format("field {}", placeholder.path),
                           fmt::format("'{}' has no currency, and the locale {} names no country", value, current->tag),
                           "write it as '1234.50 EUR', or name the currency in the template");
        }
        auto number = parse_decimal(amount);
        if (!number || (minor && !number->fraction.empty())) {
            return unreadable(
                placeholder, value,
                minor ? "an amount in minor units as 123450 or '123450 EUR'" : "an amount as 1234.50 or '1234.50 EUR'");
        }
        const NumberPattern& pattern = current->money(code);
        if (minor) return append_minor(pattern, *number, out);
        pattern.append(*number, pattern.decimals, out);
        return {};
    }

    static Done append_minor(const NumberPattern& pattern, Decimal number, std::string& out) {
        const std::size_t decimals = static_cast<std::size_t>(std::max(pattern.decimals, 0));
        std::array<char, 64> padded{};  // parse_decimal lets 30 digits pass, currencies have at most 4 decimals
        const std::size_t zeros = decimals - std::min(decimals, number.whole.size());
        std::fill_n(padded.begin(), zeros, '0');
        std::copy(number.whole.begin(), number.whole.end(), padded.begin() + static_cast<std::ptrdiff_t>(zeros));
        const std::string_view digits(padded.data(), zeros + number.whole.size());
        number.whole = digits.substr(0, digits.size() - decimals);
        number.fraction = digits.substr(digits.size() - decimals);
        pattern.append(number, pattern.decimals, out);
        return {};
    }

    /// The decimals a value is printed with; -1: all it has.
    Result<int> decimals_of(const Placeholder& placeholder, std::string_view value, std::string_view code) {
        if (placeholder.format.kind == Kind::Number) return placeholder.format.decimals;
        if (!code.empty()) return current->money(code).decimals;
        return failure(Fault::BadInput, fmt::format("field {}", placeholder.path),
                       fmt::format("'{}' has no currency, and the locale {} names no country", value, current->tag));
    }

    const std::string& default_currency() const { return currency.empty() ? current->currency : currency; }
};

Formats::Formats() : state_(std::make_unique<State>()) {}
Formats::~Formats() = default;
Formats::Formats(Formats&&) noexcept = default;

Done Formats::use_locale(std::string_view locale, std::string_view currency) {
    if (state_->currency != currency) {
        if (!currency.empty() && !is_code(currency)) {
            return failure(Fault::BadInput, "currency", fmt::format("'{}' is not a currency as EUR", currency));
        }
        state_->currency = currency;
    }
    if (state_->current && state_->current->tag == locale) return {};
    for (const auto& known : state_->locales) {
        if (known->tag != locale) continue;
        state_->current = known.get();
        return {};
    }
    UErrorCode status = U_ZERO_ERROR;
    const auto parsed = icu::Locale::forLanguageTag({locale.data(), static_cast<int32_t>(locale.size())}, status);
    auto learned = U_FAILURE(status) || parsed.getLanguage()[0] == '\0' ? nullptr : learn_locale(locale, parsed);
    if (!learned) {
        return failure(Fault::BadInput, "locale", fmt::format("'{}' is not a language tag", locale),
                       "write it as fr, de-CH or en-GB");
    }
    if (state_->locales.size() == most_locales) state_->locales.clear();
    state_->current = state_->locales.emplace_back(std::move(learned)).get();
    return {};
}

Done Formats::append(const Placeholder& placeholder, std::string_view value, std::string& out) {
    if (placeholder.format.kind == Kind::Text) {
        out += value;
        return {};
    }
    if (!state_->current) TRY(use_locale("en"));
    switch (placeholder.format.kind) {
        case Kind::Upper: append_upper(value, state_->current->icu_name, out); break;
        case Kind::Lower: append_lower(value, state_->current->icu_name, out); break;
        case Kind::Title: append_title(value, state_->current->icu_name, out); break;
        case Kind::Date: return state_->append_date(placeholder, value, out);
        case Kind::Number: return state_->append_number(placeholder, value, out);
        case Kind::Money:
        case Kind::MoneyMinor: return state_->append_money(placeholder, value, out);
        case Kind::Text: break;
    }
    return {};
}

Result<Amount> Formats::amount(const Placeholder& placeholder, std::string_view value) {
    if (!state_->current) TRY(use_locale("en"));
    const bool minor = placeholder.format.kind == Kind::MoneyMinor;
    const auto [digits, code] = without_code(value);
    const auto number = parse_decimal(digits);
    const bool coded_number = placeholder.format.kind == Kind::Number && !code.empty();
    if (!number || coded_number || (minor && !number->fraction.empty()))
        return unreadable(placeholder, value, "a number that can be added up");
    const auto currency = code.empty() ? std::string_view(state_->default_currency()) : code;
    const int decimals = minor ? 0 : TRY(state_->decimals_of(placeholder, value, currency));
    auto amount = in_units(*number, decimals);
    if (!amount) return unreadable(placeholder, value, "a number of at most 18 digits");
    amount->currency = code;
    return *amount;
}

std::string_view Formats::decimal_sign() const {
    const bool known = state_->current && !state_->current->number.point.empty();
    return known ? std::string_view(state_->current->number.point) : ".";
}

}  // namespace pli::layouts
