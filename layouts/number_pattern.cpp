#include "layouts/number_pattern.hpp"

#include <unicode/currunit.h>
#include <unicode/numberformatter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

namespace pli::layouts {
namespace {

bool all_digits(std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t find_point(std::string_view text) {
    const std::size_t point = text.find_first_of(".,");
    if (point == text.npos || text[point] == '.') return point;
    const std::size_t after = text.size() - point - 1;
    return after == 1 || after == 2 ? point : text.npos;
}

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

/// What ICU wrote, apart: text before the first digit, runs of digits, what stands between them, text after the last.
struct Anatomy {
    std::string before, after;
    std::vector<std::size_t> runs;
    std::vector<std::string> between;
};

Anatomy anatomy(const icu::UnicodeString& text) {
    Anatomy parts;
    icu::UnicodeString other;
    bool in_digits = false;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const bool digit = u_charDigitValue(text.char32At(i)) >= 0;
        if (digit && !in_digits) {
            std::string utf8;
            other.toUTF8String(utf8);
            (parts.runs.empty() ? parts.before : parts.between.emplace_back()) = utf8;
            parts.runs.push_back(0);
            other.remove();
        }
        if (digit) ++parts.runs.back();
        if (!digit) other.append(text.char32At(i));
        in_digits = digit;
    }
    other.toUTF8String(parts.after);
    return parts;
}

icu::UnicodeString written(const icu::number::LocalizedNumberFormatter& formatter, std::string_view number) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(number.data(), static_cast<int32_t>(number.size()));
    return formatter.formatDecimal(piece, status).toString(status);
}

icu::number::LocalizedNumberFormatter formatter_for(const std::string& locale, std::string_view currency) {
    const auto plain = icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()));
    if (currency.empty()) return plain.precision(icu::number::Precision::unlimited());
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString code = utf16(currency);
    return plain.unit(icu::CurrencyUnit(code.getTerminatedBuffer(), status))
        .precision(icu::number::Precision::currency(UCURR_USAGE_STANDARD));
}

/// 1234567.25 tells group, point and sizes; a currency without decimals leaves the point out.
void learn_digits(NumberPattern& pattern, const Anatomy& sample, bool has_point) {
    const std::size_t groups = sample.runs.size() - (has_point ? 1 : 0);
    if (has_point) pattern.point = sample.between.back();
    pattern.shortest_grouped = groups > 1 ? 4 : 100;
    if (groups < 2) return;
    pattern.group = sample.between.front();
    pattern.primary = sample.runs[groups - 1];
    pattern.secondary = groups > 2 ? sample.runs[groups - 2] : pattern.primary;
}

/// The whole digits rounded up by one, for a fraction of .995 and its like.
void carry(std::string& digits) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return;
        }
        *digit = '0';
    }
    digits.insert(digits.begin(), '1');
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal number;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        number.negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const std::size_t point = find_point(text);
    number.whole = text.substr(0, point);
    if (point != text.npos) number.fraction = text.substr(point + 1);
    if (number.whole.empty() || number.whole.size() > 30 || number.fraction.size() > 30) return std::nullopt;
    if (!all_digits(number.whole) || !all_digits(number.fraction)) return std::nullopt;
    if (point != text.npos && number.fraction.empty()) return std::nullopt;
    number.whole.remove_prefix(std::min(number.whole.find_first_not_of('0'), number.whole.size()));
    return number;
}

void NumberPattern::append(const Decimal& number, int decimals_wanted, std::string& out) const {
    const std::size_t wanted = decimals_wanted < 0 ? number.fraction.size() : static_cast<std::size_t>(decimals_wanted);
    std::string all(number.whole);  // at most 61 digits: mostly within the string's own room
    all += number.fraction.substr(0, wanted);
    all.append(wanted - std::min(wanted, number.fraction.size()), '0');
    if (number.fraction.size() > wanted && number.fraction[wanted] >= '5') carry(all);
    if (all.size() <= wanted) all.insert(0, wanted + 1 - all.size(), '0');  // a whole part of 0 is written

    const bool zero = all.find_first_not_of('0') == all.npos;  // -0.00 loses its sign
    const Affixes& affixes = number.negative && !zero ? negative : positive;
    const std::size_t whole = all.size() - wanted;
    out += affixes.before;
    for (std::size_t i = 0; i < whole; ++i) {
        const std::size_t left = whole - i;
        if (i > 0 && whole >= shortest_grouped && left >= primary && (left - primary) % secondary == 0) out += group;
        out += digits[static_cast<std::size_t>(all[i] - '0')];
    }
    if (wanted > 0) out += point;
    for (std::size_t i = whole; i < all.size(); ++i) out += digits[static_cast<std::size_t>(all[i] - '0')];
    out += affixes.after;
}

NumberPattern learn_pattern(const std::string& locale, std::string_view currency) {
    const auto formatter = formatter_for(locale, currency);
    NumberPattern pattern;
    if (!currency.empty()) {
        UErrorCode status = U_ZERO_ERROR;
        pattern.decimals = ucurr_getDefaultFractionDigits(utf16(currency).getTerminatedBuffer(), &status);
    }
    const Anatomy large = anatomy(written(formatter, "1234567.25"));
    const Anatomy below = anatomy(written(formatter, "-1234567.25"));
    pattern.positive = {large.before, large.after};
    pattern.negative = {below.before, below.after};
    learn_digits(pattern, large, pattern.decimals != 0);
    if (anatomy(written(formatter, "1234")).runs.size() == anatomy(written(formatter, "234")).runs.size()) {
        pattern.shortest_grouped = std::max<std::size_t>(pattern.shortest_grouped, 5);
    }
    const auto bare = icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()));
    for (std::size_t i = 0; i < pattern.digits.size(); ++i) {
        const char digit = static_cast<char>('0' + i);
        written(bare, {&digit, 1}).toUTF8String(pattern.digits[i]);
    }
    return pattern;
}

}  // namespace pli::layouts
