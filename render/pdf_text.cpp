#include "render/pdf_text.hpp"

#include <cstdint>

namespace pli::render {

namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";
constexpr char32_t replacement = 0xFFFD;

void append_hex_byte(std::string& out, unsigned byte) {
    out += hex_digits[byte >> 4 & 0xF];
    out += hex_digits[byte & 0xF];
}
void append_unit(std::string& out, unsigned unit) {
    append_hex_byte(out, unit >> 8);
    append_hex_byte(out, unit & 0xFF);
}

/// Takes one character off the front.
char32_t next_character(std::string_view& utf8) {
    const auto lead = static_cast<std::uint8_t>(utf8.front());
    utf8.remove_prefix(1);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (more == 0 || lead >= 0xF8) return replacement;
    char32_t character = lead & (0x3FU >> more);
    for (int i = 0; i < more; ++i) {
        if (utf8.empty() || (static_cast<std::uint8_t>(utf8.front()) & 0xC0) != 0x80) return replacement;
        character = character << 6 | (static_cast<std::uint8_t>(utf8.front()) & 0x3F);
        utf8.remove_prefix(1);
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    return surrogate || character > 0x10FFFF ? replacement : character;
}

bool is_plain(std::string_view text) {
    for (const char c : text) {
        if (c < ' ' || c > '~') return false;
    }
    return true;
}

}  // namespace

std::string ascii_hex(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) append_hex_byte(out, static_cast<std::uint8_t>(c));
    return out;
}

void append_utf16_hex(std::string& out, char32_t character) {
    if (character < 0x10000) return append_unit(out, character);
    append_unit(out, 0xD800 + ((character - 0x10000) >> 10));
    append_unit(out, 0xDC00 + ((character - 0x10000) & 0x3FF));
}

void append_utf16_hex(std::string& out, std::string_view utf8) {
    while (!utf8.empty()) append_utf16_hex(out, next_character(utf8));
}

std::string text_string(std::string_view utf8) {
    if (!is_plain(utf8)) {
        std::string out = "<FEFF";
        append_utf16_hex(out, utf8);
        return out + ">";
    }
    std::string out = "(";
    for (const char c : utf8) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out + ")";
}

std::string name_object(std::string_view bytes) {
    std::string out = "/";
    for (const char c : bytes) {
        const bool regular = c > ' ' && c <= '~' && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos;
        if (regular) {
            out += c;
        } else if (c != '\0') {  // a name cannot hold it in any spelling
            out += '#';
            append_hex_byte(out, static_cast<std::uint8_t>(c));
        }
    }
    return out;
}

}  // namespace pli::render
