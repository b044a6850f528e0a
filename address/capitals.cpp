#include "address/capitals.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>

namespace pli::address {
namespace {

/// Latin, Greek, Cyrillic: the letters of an address abroad. Two bytes of UTF-8, so a table serves.
constexpr std::uint32_t first = 0x80, end = 0x530;

struct Capital {
    char text[8] = {};
    std::uint8_t size = 0;
    bool word = false;  // a letter or a digit
};
struct Capitals {
    std::array<Capital, end - first> kept, dropped;
    Capitals();
};

bool is_greek(std::uint32_t c) { return c >= 0x370 && c < 0x400; }

icu::UnicodeString without_marks(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* decomposition = icu::Normalizer2::getNFKDInstance(status);
    const auto apart = decomposition->normalize(text, status);
    icu::UnicodeString bare;
    for (int32_t i = 0; i < apart.length(); ++i)
        if (u_charType(apart[i]) != U_NON_SPACING_MARK) bare += apart[i];
    return bare;
}

/// Letters that Unicode does not take apart.
const char* plain_letter(std::uint32_t c) {
    switch (c) {
        case 0xC6:
        case 0xE6: return "AE";
        case 0xD0:
        case 0xF0:
        case 0x110:
        case 0x111: return "D";
        case 0xD8:
        case 0xF8: return "O";
        case 0xDE:
        case 0xFE: return "TH";
        case 0x126:
        case 0x127: return "H";
        case 0x131: return "I";
        case 0x141:
        case 0x142: return "L";
        case 0x152:
        case 0x153: return "OE";
        case 0x2019: return "'";
        default: return nullptr;
    }
}

Capital capital(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    Capital made;
    if (bytes.size() > sizeof made.text) return made;
    made.size = static_cast<std::uint8_t>(bytes.copy(made.text, sizeof made.text));
    made.word = !text.isEmpty() && u_isalnum(text.char32At(0)) != 0;
    return made;
}

Capitals::Capitals() {
    for (std::uint32_t c = first; c < end; ++c) {
        icu::UnicodeString upper(static_cast<UChar32>(c));
        upper.toUpper(icu::Locale::getRoot());
        const char* plain = plain_letter(c);
        kept[c - first] = capital(is_greek(c) ? without_marks(upper) : upper);
        dropped[c - first] = capital(plain != nullptr ? icu::UnicodeString(plain)
                                                      : without_marks(upper).toUpper(icu::Locale::getRoot()));
    }
}

const Capitals& capitals() {
    static const Capitals table;
    return table;
}

std::uint32_t two_bytes(std::string_view text) {
    return (static_cast<std::uint32_t>(text[0] & 0x1F) << 6) | static_cast<std::uint32_t>(text[1] & 0x3F);
}

/// The bytes of the character at the text's start.
std::size_t bytes_of(std::string_view text) {
    std::size_t n = 1;
    while (n < text.size() && (text[n] & 0xC0) == 0x80) ++n;
    return n;
}

const Capital* find(std::string_view character, Accents accents) {
    if (character.size() != 2) return nullptr;
    const std::uint32_t c = two_bytes(character);
    if (c < first || c >= end) return nullptr;
    return accents == Accents::Dropped ? &capitals().dropped[c - first] : &capitals().kept[c - first];
}

void append_ascii(char c, Accents accents, std::string& out) {
    if (c == 'i' && accents == Accents::Turkish)
        out += "İ";
    else
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::size_t ascii_run(std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && (text[n] & 0x80) == 0) ++n;
    return n;
}

void append_ascii_run(std::string_view run, std::string& out) {
    const std::size_t start = out.size();
    out.append(run);
    for (std::size_t i = start; i < out.size(); ++i)
        out[i] = static_cast<char>(out[i] - (out[i] >= 'a' && out[i] <= 'z' ? 32 : 0));
}

/// Beyond the table there are Vietnamese, Georgian and the scripts without capitals.
void append_rare(std::string_view character, Accents accents, std::string& out) {
    icu::UnicodeString upper = icu::UnicodeString::fromUTF8({character.data(), static_cast<int32_t>(character.size())});
    upper.toUpper(icu::Locale::getRoot());
    if (accents == Accents::Dropped) upper = without_marks(upper);
    upper.toUTF8String(out);
}

}  // namespace

void append_capitals(std::string_view text, Accents accents, std::string& out) {
    while (!text.empty()) {
        const std::size_t plain = accents == Accents::Turkish ? 0 : ascii_run(text);
        if (plain > 0) {
            append_ascii_run(text.substr(0, plain), out);
            text.remove_prefix(plain);
            continue;
        }
        const std::size_t size = bytes_of(text);
        const auto character = text.substr(0, size);
        text.remove_prefix(size);
        if (size == 1) {
            append_ascii(character[0], accents, out);
        } else if (const Capital* made = find(character, accents)) {
            out.append(made->text, made->size);
        } else {
            append_rare(character, accents, out);
        }
    }
}

void append_bare_capitals(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    const auto blank = [&] {
        if (out.size() > start && out.back() != ' ') out += ' ';
    };
    while (!text.empty()) {
        const std::size_t size = bytes_of(text);
        const auto character = text.substr(0, size);
        text.remove_prefix(size);
        const char c = character[0];
        if (size == 1) {
            const bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
            if (letter || (c >= '0' && c <= '9'))
                append_ascii(c, Accents::Dropped, out);
            else
                blank();
        } else if (const Capital* made = find(character, Accents::Dropped)) {
            if (made->word)
                out.append(made->text, made->size);
            else if (made->size > 0)
                blank();
        } else if (static_cast<unsigned char>(c) == 0xE2) {  // General Punctuation: dashes and quotes
            blank();
        } else {
            append_rare(character, Accents::Dropped, out);
        }
    }
    if (out.size() > start && out.back() == ' ') out.pop_back();
}

}  // namespace pli::address
