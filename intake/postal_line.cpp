#include "intake/postal_line.hpp"

#include <algorithm>

#include "intake/text_check.hpp"

namespace pli::intake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view word) { return !word.empty() && std::all_of(word.begin(), word.end(), is_digit); }

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }
std::string_view last_word(std::string_view text) {
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
}
std::string_view after_word(std::string_view text, std::string_view word) { return trimmed(text.substr(word.size())); }

/// "D-", "CH-", "LV-": the old country prefix, still written by many; the country has a column of its own.
std::string_view without_country_prefix(std::string_view word) {
    const auto dash = word.find('-');
    const bool letters = dash != std::string_view::npos && dash >= 1 && dash <= 3 &&
                         std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(dash), is_capital);
    return letters && dash + 1 < word.size() && is_digit(word[dash + 1]) ? word.substr(dash + 1) : word;
}

bool is_code(std::string_view word) {
    return word.size() >= 3 && is_digit(word.front()) &&
           std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '-' || is_capital(c); });
}

/// The second word of codes written in two: "120 00" and "114 55" (CZ, SK, SE, GR), "1012 AB" (NL).
bool continues_code(std::string_view code, std::string_view word) {
    if (!all_digits(code)) return false;
    if (code.size() == 3) return word.size() == 2 && all_digits(word);
    return code.size() == 4 && word.size() == 2 && is_capital(word[0]) && is_capital(word[1]);
}

PostalLine code_first(std::string_view line, std::string_view code) {
    const auto begin = code.data();
    auto rest = trimmed(line.substr(static_cast<std::size_t>(code.data() - line.data()) + code.size()));
    if (const auto second = first_word(rest); continues_code(code, second) && second.size() < rest.size()) {
        code = {begin, static_cast<std::size_t>(second.data() + second.size() - begin)};
        rest = after_word(rest, second);
    }
    return {code, rest, {}};
}

/// British and Canadian codes: two short words of capitals and digits, the second beginning with a digit.
bool is_outward_inward(std::string_view first, std::string_view second) {
    const auto fits = [](char c) { return is_digit(c) || is_capital(c); };
    return first.size() >= 2 && first.size() <= 4 && second.size() == 3 && is_capital(first.front()) &&
           is_digit(second.front()) && std::all_of(first.begin(), first.end(), fits) &&
           std::all_of(second.begin(), second.end(), fits) && std::any_of(first.begin(), first.end(), is_digit);
}

std::string_view before_word(std::string_view text, std::string_view word) {
    auto rest = trimmed(text.substr(0, text.size() - word.size()));
    if (rest.ends_with(',')) rest.remove_suffix(1);
    return trimmed(rest);
}

PostalLine code_last(std::string_view line) {
    const auto last = last_word(line);
    const auto rest = before_word(line, last);
    const auto previous = last_word(rest);
    if (is_outward_inward(previous, last)) {
        const std::string_view code(previous.data(),
                                    static_cast<std::size_t>(last.data() + last.size() - previous.data()));
        return {code, before_word(rest, previous), {}};
    }
    if (!is_code(last) || last.size() < 4 || rest.empty()) return {{}, line, {}};
    const bool state = previous.size() == 2 && std::all_of(previous.begin(), previous.end(), is_capital);
    return state ? PostalLine{last, before_word(rest, previous), previous} : PostalLine{last, rest, {}};
}

}  // namespace

PostalLine split_postal_line(std::string_view line) {
    line = trimmed(line);
    const auto code = without_country_prefix(first_word(line));
    return is_code(code) ? code_first(line, code) : code_last(line);
}

}  // namespace pli::intake
