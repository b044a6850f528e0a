#include "uploads/reader/character_map.hpp"

#include <algorithm>

#include "content/lexer.hpp"
#include "uploads/reader/glyph_names.hpp"

namespace pli::uploads::reader {
namespace {

using content::Lexer;
using content::Token;
using content::TokenKind;

constexpr std::size_t most_ranges = 100'000;

std::uint32_t number_in(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

std::string bytes_in(const Token& token) {
    std::string bytes;
    content::append_string_bytes(token, bytes);
    return bytes;
}

std::u16string utf16_in(std::string_view bytes) {
    std::u16string text;
    if (bytes.size() == 1) return {static_cast<char16_t>(static_cast<unsigned char>(bytes[0]))};
    for (std::size_t at = 0; at + 1 < bytes.size() && text.size() < 32; at += 2)
        text += static_cast<char16_t>(number_in(bytes.substr(at, 2)));
    return text;
}

std::string utf8_of(const std::u16string& units) {
    std::string text;
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t c = units[i];
        const bool pair =
            c >= 0xD800 && c < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000;
        if (pair) c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
        if (c != 0 && (c < 0xD800 || c >= 0xE000)) append_utf8(text, c);
    }
    return text;
}

bool is(const Token& token, std::string_view word) { return token.kind == TokenKind::Word && token.text == word; }
bool is_string(const Token& token) { return token.kind == TokenKind::HexString || token.kind == TokenKind::String; }

/// The first bytes of a code of two bytes, where an encoding mixes one and two.
struct Mixed {
    std::string_view part;  // of the CMap's name
    std::array<std::array<std::uint8_t, 2>, 2> leads;
};
constexpr std::array<Mixed, 8> mixed_codes{{
    {"RKSJ", {{{0x81, 0x9F}, {0xE0, 0xFC}}}},
    {"GBK", {{{0x81, 0xFE}, {0x81, 0xFE}}}},
    {"GB-EUC", {{{0xA1, 0xFE}, {0xA1, 0xFE}}}},
    {"GBpc", {{{0xA1, 0xFC}, {0xA1, 0xFC}}}},
    {"B5", {{{0x81, 0xFE}, {0x81, 0xFE}}}},
    {"HKscs", {{{0x81, 0xFE}, {0x81, 0xFE}}}},
    {"KSC", {{{0x81, 0xFE}, {0x81, 0xFE}}}},
    {"EUC", {{{0xA1, 0xFE}, {0x8E, 0x8E}}}},
}};

}  // namespace

/// Reads the operators of a CMap; PostScript around them is passed over.
class CharacterMap::Parser {
public:
    Parser(std::string_view stream, CharacterMap& map) : lexer_(stream), map_(map) {}

    void read() {
        Token before;
        for (Token token = lexer_.next(); token.kind != TokenKind::End; token = lexer_.next()) {
            if (is(token, "begincodespacerange")) codespaces();
            if (is(token, "begincidrange")) glyph_ranges();
            if (is(token, "begincidchar")) glyph_chars();
            if (is(token, "beginbfrange")) text_ranges();
            if (is(token, "beginbfchar")) text_chars();
            if (token.kind == TokenKind::Number && before.kind == TokenKind::Name && before.text == "WMode")
                map_.vertical_ = token.number == 1;
            before = token;
        }
    }

private:
    /// The next token, where it is a string; anything else ends the list.
    bool string(std::string& bytes) {
        const Token token = lexer_.next();
        if (!is_string(token)) return false;
        bytes = bytes_in(token);
        return true;
    }
    bool room() const { return map_.glyphs_.size() + map_.texts_.size() < most_ranges; }

    void codespaces() {
        for (std::string low, high; string(low) && string(high);) {
            if (low.empty() || low.size() > 4 || high.size() != low.size()) continue;
            const auto length = static_cast<std::uint8_t>(low.size());
            for (unsigned first = static_cast<unsigned char>(low[0]); first <= static_cast<unsigned char>(high[0]);
                 ++first)
                map_.lengths_[first] = length;
            map_.shortest_ = map_.shortest_ == 0 ? length : std::min(map_.shortest_, length);
        }
    }
    void glyph_ranges() {
        for (std::string low, high; string(low) && string(high);)
            if (const Token glyph = lexer_.next(); glyph.kind == TokenKind::Number && room())
                map_.glyphs_.push_back({number_in(low), number_in(high), value_of(glyph)});
    }
    void glyph_chars() {
        for (std::string code; string(code);)
            if (const Token glyph = lexer_.next(); glyph.kind == TokenKind::Number && room())
                map_.glyphs_.push_back({number_in(code), number_in(code), value_of(glyph)});
    }
    void text_chars() {
        for (std::string code, text; string(code) && string(text);) add_text(number_in(code), number_in(code), text);
    }
    void text_ranges() {
        for (std::string low, high; string(low) && string(high);) {
            const Token target = lexer_.next();
            if (is_string(target)) add_text(number_in(low), number_in(high), bytes_in(target));
            if (target.kind == TokenKind::ArrayOpen) text_list(number_in(low));
        }
    }
    void text_list(std::uint32_t code) {
        for (std::string text; string(text); ++code) add_text(code, code, text);
    }
    void add_text(std::uint32_t low, std::uint32_t high, std::string_view text) {
        if (!room() || high < low) return;
        map_.texts_.push_back({low, high, static_cast<std::uint32_t>(map_.targets_.size())});
        map_.targets_.push_back(utf16_in(text));
    }
    static std::uint32_t value_of(const Token& glyph) {
        return static_cast<std::uint32_t>(std::clamp(glyph.number, 0.0, 65535.0));
    }

    Lexer lexer_;
    CharacterMap& map_;
};

CharacterMap CharacterMap::read(std::string_view stream) {
    CharacterMap map;
    Parser(stream, map).read();
    std::ranges::stable_sort(map.glyphs_, {}, &Range::low);
    std::ranges::stable_sort(map.texts_, {}, &Range::low);
    return map;
}

CharacterMap CharacterMap::named(std::string_view name) {
    CharacterMap map;
    if (name.starts_with('/')) name.remove_prefix(1);
    map.vertical_ = name.ends_with("-V") || name == "V";
    map.shortest_ = 2;
    map.identity_ = name.starts_with("Identity");
    map.codes_are_utf16_ = name.find("UCS2") != name.npos || name.find("UTF16") != name.npos;
    for (const Mixed& mixed : mixed_codes) {
        if (map.identity_ || map.codes_are_utf16_ || name.find(mixed.part) == name.npos) continue;
        map.lengths_.fill(1);
        for (const auto& [first, last] : mixed.leads) std::fill(&map.lengths_[first], &map.lengths_[last] + 1, 2);
        map.shortest_ = 1;
        break;
    }
    return map;
}

std::size_t CharacterMap::code_length(std::string_view bytes) const {
    const std::uint8_t told = bytes.empty() ? 0 : lengths_[static_cast<unsigned char>(bytes[0])];
    const std::size_t length = told > 0 ? told : shortest_ > 0 ? shortest_ : 1;
    return std::min(length, bytes.size());
}

const CharacterMap::Range* CharacterMap::find(const std::vector<Range>& ranges, std::uint32_t code) {
    auto after = std::ranges::upper_bound(ranges, code, {}, &Range::low);
    if (after == ranges.begin() || (--after)->high < code) return nullptr;
    return &*after;
}

std::optional<std::uint32_t> CharacterMap::glyph_of(std::uint32_t code) const {
    if (identity_) return code;
    const Range* range = find(glyphs_, code);
    if (range == nullptr) return std::nullopt;
    return range->value + (code - range->low);
}

std::optional<std::string> CharacterMap::text_of(std::uint32_t code) const {
    if (codes_are_utf16_) {
        std::string text;
        if (code > 0xFFFF || code < 0xD800 || (code >= 0xE000 && code <= 0xFFFF)) append_utf8(text, code & 0x1FFFFF);
        return text;
    }
    const Range* range = find(texts_, code);
    if (range == nullptr) return std::nullopt;
    std::u16string units = targets_[range->value];
    if (!units.empty()) units.back() = static_cast<char16_t>(units.back() + (code - range->low));
    return utf8_of(units);
}

}  // namespace pli::uploads::reader
