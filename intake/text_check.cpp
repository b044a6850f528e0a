#include "intake/text_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "intake/utf8.hpp"

namespace pli::intake {
namespace {

/// Eight bytes at once: each a printable ASCII character.
bool all_plain(const char* bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, 8);
    const auto below_space = word - ones * 0x20, from_delete = word + ones;  // 0x7F + 1 reaches the high bit
    return ((word | below_space | from_delete) & highs) == 0;
}

TextFault fault_of(UChar32 c) {
    if (c < 0) return TextFault::NotUtf8;
    if (c == 0) return TextFault::Nul;
    if (c == 0xFFFD) return TextFault::Replaced;
    const bool white = c == '\t' || c == '\n' || c == '\r';
    if ((c < 0x20 && !white) || (c >= 0x7F && c < 0xA0)) return TextFault::Control;
    return TextFault::None;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr std::string_view no_break_space = "\u00A0";

}  // namespace

TextFault fault_in(std::string_view text) {
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        if (length - i >= 8 && all_plain(text.data() + i)) {
            i += 8;
            continue;
        }
        const auto c = next_character(text, i);
        if (const auto fault = fault_of(c); fault != TextFault::None) return fault;
    }
    return TextFault::None;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty()) {
        if (is_blank(text.front()))
            text.remove_prefix(1);
        else if (is_blank(text.back()))
            text.remove_suffix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(no_break_space.size());
        else if (text.ends_with(no_break_space))
            text.remove_suffix(no_break_space.size());
        else
            break;
    }
    return text;
}

std::string shown(std::string_view text) {
    std::string result;
    const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 1000));
    for (std::int32_t i = 0, characters = 0; i < length; ++characters) {
        if (characters == 40) return result + "…";
        const auto start = i;
        const auto c = next_character(text, i);
        if (c >= 0x20 && fault_of(c) == TextFault::None)
            result.append(text, static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
        else
            for (auto at = start; at < i; ++at) result += fmt::format("\\x{:02X}", static_cast<std::uint8_t>(text[at]));
    }
    return result;
}

}  // namespace pli::intake
