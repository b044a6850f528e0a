#include "uploads/reader/glyph_names.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace pli::uploads_reader {
const std::vector<std::string_view>& glyph_names_text();
}
namespace pli::uploads::reader {

namespace {

/// "name XXXX[ XXXX]" a line, sorted by the bytes of the names.
class GlyphList {
public:
    GlyphList() {
        for (std::string_view rest = uploads_reader::glyph_names_text().front(); !rest.empty();) {
            const auto end = rest.find('\n');
            if (end > 0) lines_.push_back(rest.substr(0, end));
            rest.remove_prefix(std::min(rest.size(), end == rest.npos ? end : end + 1));
        }
    }
    /// The numbers behind the name.
    std::string_view find(std::string_view name) const {
        const auto name_of = [](std::string_view line) { return line.substr(0, line.find(' ')); };
        const auto line = std::ranges::lower_bound(lines_, name, {}, name_of);
        return line != lines_.end() && name_of(*line) == name ? line->substr(name.size() + 1) : std::string_view();
    }

private:
    std::vector<std::string_view> lines_;
};

std::optional<char32_t> hex(std::string_view digits) {
    unsigned value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool whole = problem == std::errc() && end == digits.data() + digits.size();
    if (!whole || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return std::nullopt;
    return value;
}

/// "uni" and groups of four digits, or "u" and four to six.
std::string text_of_numbers(std::string_view name) {
    std::string text;
    if (name.starts_with("uni") && name.size() >= 7 && name.size() % 4 == 3) {
        for (std::size_t at = 3; at < name.size(); at += 4) {
            const auto character = hex(name.substr(at, 4));
            if (!character) return {};
            append_utf8(text, *character);
        }
    } else if (name.starts_with("u") && name.size() >= 5 && name.size() <= 7) {
        if (const auto character = hex(name.substr(1))) append_utf8(text, *character);
    }
    return text;
}

std::string text_of_component(std::string_view name) {
    static const GlyphList list;
    std::string_view numbers = list.find(name);
    if (numbers.empty()) return text_of_numbers(name);
    std::string text;
    while (!numbers.empty()) {
        const auto end = std::min(numbers.find(' '), numbers.size());
        append_utf8(text, hex(numbers.substr(0, end)).value_or(0xFFFD));
        numbers.remove_prefix(std::min(end + 1, numbers.size()));
    }
    return text;
}

}  // namespace

void append_utf8(std::string& text, char32_t c) {
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return;
    if (c < 0x80) return add(c);
    if (c < 0x800) return add(0xC0 | c >> 6), add(0x80 | (c & 63));
    if (c < 0x10000) return add(0xE0 | c >> 12), add(0x80 | (c >> 6 & 63)), add(0x80 | (c & 63));
    add(0xF0 | c >> 18), add(0x80 | (c >> 12 & 63)), add(0x80 | (c >> 6 & 63)), add(0x80 | (c & 63));
}

std::string text_of_glyph_name(std::string_view name) {
    if (name.starts_with('/')) name.remove_prefix(1);
    name = name.substr(0, name.find('.'));
    std::string text;
    while (!name.empty()) {
        const auto end = std::min(name.find('_'), name.size());
        text += text_of_component(name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return text;
}

}  // namespace pli::uploads::reader
