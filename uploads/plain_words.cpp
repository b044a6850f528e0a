#include "uploads/plain_words.hpp"

#include <cstdint>

namespace pli::uploads {
namespace {

constexpr std::size_t longest = 400;

/// Bytes of the well-formed character that `text` begins with; 0: none does.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const std::uint32_t lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    if (length < 2) return length;
    std::uint32_t code = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (byte(i) >> 6 != 2) return 0;
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    return code >= least[length] && code < 0x110000 && !surrogate ? length : 0;
}

/// C0, DEL and C1: a terminal would obey them.
bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    return first < 0x20 || first == 0x7F || (first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0);
}

}  // namespace

std::string plain_words(std::string_view said) {
    std::string plain;
    while (!said.empty()) {
        const std::size_t length = character_length(said);
        const std::string_view character = said.substr(0, length == 0 ? 1 : length);
        if (plain.size() + character.size() > longest) return plain + "…";
        if (length == 0)
            plain += '?';
        else if (!is_control(character))
            plain += character;
        else if (!plain.empty() && plain.back() != ' ')
            plain += ' ';
        said.remove_prefix(character.size());
    }
    while (plain.ends_with(' ')) plain.pop_back();
    return plain;
}

}  // namespace pli::uploads
