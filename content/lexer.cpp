#include "content/lexer.hpp"

#include <algorithm>
#include <array>

namespace pli::content {
namespace {

enum class Sort : std::uint8_t { Regular, Space, Delimiter };

constexpr auto sorts = [] {
    std::array<Sort, 256> table{};
    for (const std::size_t c : {0, 9, 10, 12, 13, 32}) table[c] = Sort::Space;
    for (const char c : std::string_view("()<>[]{}/%")) table[static_cast<unsigned char>(c)] = Sort::Delimiter;
    return table;
}();
Sort sort_of(char c) { return sorts[static_cast<unsigned char>(c)]; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void append_hex(std::string_view text, std::string& bytes) {
    int high = -1;
    for (const char c : text) {
        const int digit = hex_digit(c);
        if (digit < 0) continue;
        if (high >= 0) bytes += static_cast<char>(high * 16 + digit);
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0) bytes += static_cast<char>(high * 16);
}

/// The octal digits after a backslash; moves `at` to the last of them.
char octal(std::string_view text, std::size_t& at) {
    int value = 0;
    const std::size_t end = std::min(at + 3, text.size());
    std::size_t i = at;
    for (; i < end && text[i] >= '0' && text[i] <= '7'; ++i) value = value * 8 + (text[i] - '0');
    at = i - 1;
    return static_cast<char>(value);
}

void append_escape(std::string_view text, std::size_t& at, std::string& bytes) {
    constexpr std::string_view letters = "nrtbf", meaning = "\n\r\t\b\f";
    const char c = text[at];
    if (const auto known = letters.find(c); known != std::string_view::npos)
        bytes += meaning[known];
    else if (c >= '0' && c <= '7')
        bytes += octal(text, at);
    else if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n')
        ++at;  // a line that goes on
    else if (c != '\r' && c != '\n')
        bytes += c;
}

}  // namespace

std::optional<double> content_number(std::string_view text) {
    std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    double value = 0, unit = 1;
    bool digits = false, point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            value = value * 10 + (c - '0');
            if (point) unit *= 10;
        } else {
            return std::nullopt;
        }
    }
    if (!digits) return std::nullopt;
    return (text[0] == '-' ? -value : value) / unit;
}

void Lexer::skip_space() {
    while (at_ < content_.size()) {
        if (content_[at_] == '%')
            at_ = std::min(content_.find_first_of("\r\n", at_), content_.size());
        else if (sort_of(content_[at_]) == Sort::Space)
            ++at_;
        else
            return;
    }
}

Token Lexer::bracket(TokenKind kind, std::size_t length) {
    const Token token{kind, content_.substr(at_, length)};
    at_ += token.text.size();
    return token;
}

Token Lexer::string() {
    const std::size_t start = ++at_;
    for (int depth = 1; at_ < content_.size(); ++at_) {
        const char c = content_[at_];
        if (c == '\\')
            ++at_;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            return {TokenKind::String, content_.substr(start, at_++ - start)};
    }
    at_ = content_.size();
    return {TokenKind::Bad, content_.substr(start - 1, 20)};
}

Token Lexer::hex_string() {
    const std::size_t start = ++at_;
    for (; at_ < content_.size(); ++at_) {
        const char c = content_[at_];
        if (c == '>') return {TokenKind::HexString, content_.substr(start, at_++ - start)};
        if (hex_digit(c) < 0 && sort_of(c) != Sort::Space) break;
    }
    return {TokenKind::Bad, content_.substr(start - 1, std::min<std::size_t>(at_ - start + 1, 20))};
}

Token Lexer::number_or_word() {
    const std::size_t start = at_;
    while (at_ < content_.size() && sort_of(content_[at_]) == Sort::Regular) ++at_;
    const std::string_view text = content_.substr(start, at_ - start);
    const bool starts_a_number =
        (text[0] >= '0' && text[0] <= '9') || text[0] == '.' || text[0] == '-' || text[0] == '+';
    if (!starts_a_number) return {TokenKind::Word, text};
    const auto number = content_number(text);
    return number ? Token{TokenKind::Number, text, *number} : Token{TokenKind::Bad, text};
}

Token Lexer::next() {
    skip_space();
    if (at_ >= content_.size()) return {};
    const bool doubled = at_ + 1 < content_.size() && content_[at_ + 1] == content_[at_];
    switch (content_[at_]) {
        case '/': {
            const std::size_t start = ++at_;
            while (at_ < content_.size() && sort_of(content_[at_]) == Sort::Regular) ++at_;
            return {TokenKind::Name, content_.substr(start, at_ - start)};
        }
        case '(': return string();
        case '<': return doubled ? bracket(TokenKind::DictOpen, 2) : hex_string();
        case '>': return doubled ? bracket(TokenKind::DictClose, 2) : bracket(TokenKind::Bad, 1);
        case '[': return bracket(TokenKind::ArrayOpen, 1);
        case ']': return bracket(TokenKind::ArrayClose, 1);
        case ')':
        case '{':
        case '}': return bracket(TokenKind::Bad, 1);
        default: return number_or_word();
    }
}

bool Lexer::ends_image(std::size_t at) const {
    if (content_.substr(at, 2) != "EI") return false;
    const std::string_view after = content_.substr(at + 2, 12);
    if (!after.empty() && sort_of(after.front()) == Sort::Regular) return false;
    return std::all_of(after.begin(), after.end(), [](char c) {
        return sort_of(c) == Sort::Space
                   ? c != 0
                   : static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
    });
}

std::optional<std::string_view> Lexer::inline_image(std::optional<std::size_t> length) {
    const std::size_t start = std::min(at_ + 1, content_.size());  // one white-space character after ID
    if (length) {
        if (*length > content_.size() - start) return std::nullopt;
        std::size_t end = start + *length;
        while (end < content_.size() && sort_of(content_[end]) == Sort::Space) ++end;
        if (!ends_image(end)) return std::nullopt;
        at_ = end + 2;
        return content_.substr(start, *length);
    }
    for (std::size_t end = content_.find("EI", start); end != std::string_view::npos;
         end = content_.find("EI", end + 1)) {
        if (end > start && sort_of(content_[end - 1]) != Sort::Space) continue;
        if (!ends_image(end)) continue;
        at_ = end + 2;
        return content_.substr(start, std::max(end, start + 1) - 1 - start);
    }
    return std::nullopt;
}

void append_string_bytes(const Token& token, std::string& bytes) {
    if (token.kind == TokenKind::HexString) return append_hex(token.text, bytes);
    if (token.text.find('\\') == std::string_view::npos) {
        bytes += token.text;
        return;
    }
    for (std::size_t i = 0; i < token.text.size(); ++i) {
        if (token.text[i] != '\\')
            bytes += token.text[i];
        else if (++i < token.text.size())
            append_escape(token.text, i, bytes);
    }
}

std::string decoded_name(std::string_view name) {
    std::string text;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool escaped =
            name[i] == '#' && i + 2 < name.size() && hex_digit(name[i + 1]) >= 0 && hex_digit(name[i + 2]) >= 0;
        text += escaped ? static_cast<char>(hex_digit(name[i + 1]) * 16 + hex_digit(name[i + 2])) : name[i];
        if (escaped) i += 2;
    }
    return text;
}

}  // namespace pli::content
