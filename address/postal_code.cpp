#include "address/postal_code.hpp"

#include "address/parts.hpp"

namespace pli::address {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }
constexpr bool divides(char c) { return c == ' ' || c == '-' || c == '.'; }

bool agrees(char mask, char c) {
    if (mask == '#') return is_digit(c);
    if (mask == '@') return is_letter(c);
    if (mask == '*') return is_digit(c) || is_letter(c);
    return mask == upper(c);
}

/// "1010" where "LV-####" is asked for: the country's letters are known anyway.
void append_missing_letters(std::string_view code, std::string_view& mask, std::string& out) {
    if (code.empty() || !is_digit(code.front())) return;
    while (!mask.empty() && (is_letter(mask.front()) || divides(mask.front()))) {
        out += mask.front();
        mask.remove_prefix(1);
    }
}

bool append_masked(std::string_view code, std::string_view mask, std::string& out) {
    append_missing_letters(code, mask, out);
    for (const char wanted : mask) {
        if (divides(wanted)) {
            out += wanted;
            continue;
        }
        while (!code.empty() && divides(code.front())) code.remove_prefix(1);
        if (code.empty() || !agrees(wanted, code.front())) return false;
        out += upper(code.front());
        code.remove_prefix(1);
    }
    return code.find_first_not_of(" -.") == code.npos;
}

bool has_prefix(std::string_view code, std::string_view prefix, bool digits) {
    if (!starts_with_word(code, prefix) || code.size() == prefix.size()) return false;
    const char next = code[prefix.size()];
    return next == '-' || (digits && (is_digit(next) || next == ' '));
}

}  // namespace

bool append_code(std::string_view code, const std::vector<std::string>& masks, std::string& out) {
    const std::size_t start = out.size();
    for (const auto& mask : masks) {
        if (append_masked(code, mask, out)) return true;
        out.resize(start);
    }
    return false;
}

std::string_view without_prefix(std::string_view code, const Form& form) {
    // "AD500" and "LV-1010" are whole; "JE2 3AB" begins with its country's letters by chance.
    const bool own_letters = !form.codes.empty() && form.codes.front().front() != '#';
    if (own_letters && form.codes.front().starts_with(form.country)) return code;
    std::size_t length = 0;
    for (const auto& prefix : form.prefixes)
        if (has_prefix(code, prefix, true)) length = prefix.size();
    if (length == 0 && has_prefix(code, form.country, !own_letters)) length = form.country.size();
    if (length == 0) return code;
    code.remove_prefix(length);
    const std::size_t first = code.find_first_not_of(" -");
    return first == code.npos ? std::string_view() : code.substr(first);
}

}  // namespace pli::address
