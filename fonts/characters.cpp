#include "fonts/characters.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace pli::fonts {
namespace {

struct Range {
    char32_t first, last;
};

template <std::size_t n>
bool in_any(const std::array<Range, n>& ranges, char32_t c) {
    const auto after =
        std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t v, Range r) { return v < r.first; });
    return after != ranges.begin() && c <= std::prev(after)->last;
}

constexpr std::array simple_ranges{
    Range{0x0020, 0x007E}, Range{0x00A0, 0x034E}, Range{0x0350, 0x03FF}, Range{0x0400, 0x052F}, Range{0x1D00, 0x1DFF},
    Range{0x1E00, 0x1FFF}, Range{0x2000, 0x200A}, Range{0x2010, 0x2027}, Range{0x202F, 0x205F}, Range{0x2070, 0x20CF},
    Range{0x2100, 0x218B}, Range{0x2C60, 0x2C7F}, Range{0x2DE0, 0x2E5D}, Range{0xA640, 0xA69F}, Range{0xA720, 0xA7FF},
    Range{0xAB30, 0xAB6B}, Range{0xFB00, 0xFB06}};

constexpr std::array invisible_ranges{
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C},  Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},  Range{0x2060, 0x206F}, Range{0x3164, 0x3164},
    Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}, Range{0xE0000, 0xE0FFF}};

constexpr std::array space_ranges{Range{0x0020, 0x0020}, Range{0x00A0, 0x00A0}, Range{0x1680, 0x1680},
                                  Range{0x2000, 0x200A}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F},
                                  Range{0x3000, 0x3000}};

constexpr std::array mark_ranges{Range{0x0300, 0x036F}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},
                                 Range{0x20D0, 0x20FF}, Range{0xFE20, 0xFE2F}};

struct Sequence {
    int length;          // 0: no lead byte
    char32_t lead_bits;  // of the first byte
    char32_t least;      // smaller ones are overlong
};

Sequence sequence_of(std::uint8_t lead) {
    if (lead < 0x80) return {1, lead, 0};
    if (lead >= 0xC2 && lead < 0xE0) return {2, lead & 0x1Fu, 0x80};
    if (lead >= 0xE0 && lead < 0xF0) return {3, lead & 0x0Fu, 0x800};
    if (lead >= 0xF0 && lead < 0xF5) return {4, lead & 0x07u, 0x10000};
    return {0, 0, 0};
}

bool is_scalar(char32_t c) { return c < 0x110000 && (c < 0xD800 || c > 0xDFFF); }

/// Whether all of up to 8 bytes are printable ASCII. Unused bytes of `eight` must be spaces.
bool all_printable(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x80 * ones;
    const std::uint64_t below_space = (eight - 0x20 * ones) & ~eight;
    const std::uint64_t is_delete = (eight ^ 0x7F * ones) - ones;
    return ((eight | below_space | is_delete) & tops) == 0;
}

}  // namespace

std::size_t printable_ascii(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0x2020202020202020;
        std::memcpy(&eight, text.data() + at, std::min<std::size_t>(8, text.size() - at));
        if (!all_printable(eight)) return at;
        at += 8;
    }
    return text.size();
}

char32_t next_char(std::string_view text, std::size_t& at) {
    const std::size_t start = at++;
    const auto [length, lead_bits, least] = sequence_of(static_cast<std::uint8_t>(text[start]));
    if (length == 0 || start + static_cast<std::size_t>(length) > text.size()) return not_utf8;
    char32_t c = lead_bits;
    for (int i = 1; i < length; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[start + static_cast<std::size_t>(i)]);
        if ((byte & 0xC0) != 0x80) return not_utf8;
        c = c << 6 | (byte & 0x3Fu);
    }
    if (c < least || !is_scalar(c)) return not_utf8;
    at = start + static_cast<std::size_t>(length);
    return c;
}

std::size_t find_not_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (next_char(text, at) == not_utf8) return start;
    }
    return std::string_view::npos;
}

void append_utf8(std::string& text, char32_t c) {
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

/// "grinning face"; empty where Unicode gives none.
static std::string unicode_name(char32_t c) {
    std::array<char, 128> name{};
    UErrorCode status = U_ZERO_ERROR;
    const auto length = u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, name.data(), name.size(), &status);
    if (U_FAILURE(status) || length <= 0 || name[0] == '<') return {};
    std::string lower(name.data(), static_cast<std::size_t>(length));
    for (char& letter : lower) letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return lower;
}

std::string describe_char(char32_t c) {
    std::string name = fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
    if (is_control(c)) return name + " (control character)";
    if (!is_scalar(c)) return name + " (no character)";
    if (in_any(space_ranges, c)) return name + " (space)";
    if (is_invisible(c)) return name + " (invisible)";
    name += in_any(mark_ranges, c) ? " (combining mark) \u25CC" : " ";
    append_utf8(name, c);
    const std::string unicode = unicode_name(c);
    return unicode.empty() ? name : fmt::format("{} ({})", name, unicode);
}

std::string quoted(std::string_view text) {
    constexpr std::size_t limit = 40;
    if (text.size() <= limit) return fmt::format("\"{}\"", text);
    std::size_t end = 0;
    for (std::size_t at = 0; at <= limit; next_char(text, at)) end = at;
    return fmt::format("\"{}...\"", text.substr(0, end));
}

bool is_simple_char(char32_t c) { return in_any(simple_ranges, c); }

bool reads_from_the_right(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const UCharDirection direction = u_charDirection(static_cast<UChar32>(next_char(text, at)));
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
        if (direction == U_LEFT_TO_RIGHT) return false;
    }
    return false;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool is_invisible(char32_t c) { return in_any(invisible_ranges, c); }

}  // namespace pli::fonts
