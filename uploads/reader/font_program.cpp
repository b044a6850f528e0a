#include "uploads/reader/font_program.hpp"

#include <algorithm>
#include <functional>

#include "content/lexer.hpp"
#include "uploads/reader/glyph_names.hpp"

namespace pli::uploads::reader {
namespace {

/// Big-endian numbers; beyond the end everything is 0.
class Table {
public:
    explicit Table(std::string_view bytes) : bytes_(bytes) {}
    std::uint32_t u8(std::size_t at) const { return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0; }
    std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
    std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
    Table from(std::size_t at) const { return Table(bytes_.substr(std::min(at, bytes_.size()))); }
    std::size_t size() const { return bytes_.size(); }

private:
    std::string_view bytes_;
};

Table table_of(const Table& font, std::uint32_t tag) {
    const std::size_t count = std::min(font.u16(4), 64u);
    for (std::size_t i = 0, at = 12; i < count; ++i, at += 16)
        if (font.u32(at) == tag) return font.from(font.u32(at + 8));
    return Table({});
}

using Mapped = std::function<void(std::uint32_t character, std::uint32_t glyph)>;
constexpr std::uint32_t most_mapped = 70'000;

void read_segments(const Table& map, const Mapped& mapped) {
    const std::size_t doubled = map.u16(6) & ~1u;
    std::uint32_t left = most_mapped;
    for (std::size_t at = 0; at < doubled; at += 2) {
        const std::uint32_t last = map.u16(14 + at), first = map.u16(16 + doubled + at);
        const std::uint32_t delta = map.u16(16 + 2 * doubled + at);
        const std::size_t where = 16 + 3 * doubled + at;
        const std::uint32_t offset = map.u16(where);
        for (std::uint32_t c = first; c <= last && c != 0xFFFF && left > 0; ++c, --left) {
            const std::uint32_t listed = offset == 0 ? c : map.u16(where + offset + 2 * std::size_t{c - first});
            if (listed != 0) mapped(c, (listed + delta) & 0xFFFF);
        }
    }
}

void read_groups(const Table& map, const Mapped& mapped) {
    std::uint32_t left = most_mapped;
    const std::size_t count = std::min<std::size_t>(map.u32(12), map.size() / 12);
    for (std::size_t i = 0, at = 16; i < count; ++i, at += 12) {
        const std::uint32_t first = map.u32(at), last = map.u32(at + 4), glyph = map.u32(at + 8);
        for (std::uint32_t c = first; c <= last && c <= 0x10FFFF && left > 0; ++c, --left)
            mapped(c, glyph + (c - first));
    }
}

void read_map(const Table& map, const Mapped& mapped) {
    switch (map.u16(0)) {
        case 0:
            for (std::uint32_t c = 0; c < 256; ++c) mapped(c, map.u8(6 + c));
            return;
        case 4: return read_segments(map, mapped);
        case 6:
            for (std::uint32_t i = 0; i < map.u16(8); ++i) mapped(map.u16(6) + i, map.u16(10 + 2 * std::size_t{i}));
            return;
        case 12: return read_groups(map, mapped);
        default: return;
    }
}

/// 1: characters; 2: codes of the font's own encoding; 0: neither.
int use_of(std::uint32_t platform, std::uint32_t encoding) {
    if (platform == 0 || (platform == 3 && (encoding == 1 || encoding == 10))) return 1;
    return (platform == 3 && encoding == 0) || (platform == 1 && encoding == 0) ? 2 : 0;
}

}  // namespace

FontProgram FontProgram::true_type(std::string_view file) {
    constexpr std::uint32_t cmap_tag = 0x636D6170;
    FontProgram program;
    const Table maps = table_of(Table(file), cmap_tag);
    const std::size_t count = std::min(maps.u16(2), 32u);
    for (std::size_t i = 0, at = 4; i < count; ++i, at += 8) {
        const int use = use_of(maps.u16(at), maps.u16(at + 2));
        read_map(maps.from(maps.u32(at + 4)), [&](std::uint32_t c, std::uint32_t glyph) {
            if (glyph == 0 || glyph > 0xFFFF) return;
            if (use == 2 && (c < 256 || c >> 8 == 0xF0)) program.glyphs_[c & 0xFF] = static_cast<std::uint16_t>(glyph);
            if (use != 1 || (c >= 0xE000 && c < 0xF900)) return;
            if (program.characters_.size() <= glyph) program.characters_.resize(glyph + 1);
            if (program.characters_[glyph] == 0) program.characters_[glyph] = c;
        });
    }
    return program;
}

FontProgram FontProgram::type1(std::string_view file) {
    FontProgram program;
    const auto start = file.find("/Encoding");
    if (start == file.npos) return program;
    content::Lexer lexer(file.substr(start, std::min(file.find("eexec", start), file.size()) - start));
    content::Token code, name;
    for (auto token = lexer.next(); token.kind != content::TokenKind::End; token = lexer.next()) {
        if (token.text == "put" && name.kind == content::TokenKind::Name && code.kind == content::TokenKind::Number &&
            code.number >= 0 && code.number < 256)
            program.names_[static_cast<std::size_t>(code.number)] = name.text;
        if (token.text == "def" && token.kind == content::TokenKind::Word) break;
        code = name;
        name = token;
    }
    return program;
}

std::string FontProgram::text_of_code(std::uint8_t code) const {
    if (!names_[code].empty()) return text_of_glyph_name(names_[code]);
    return text_of_glyph(glyphs_[code]);
}

std::string FontProgram::text_of_glyph(std::uint32_t glyph) const {
    std::string text;
    if (glyph < characters_.size() && characters_[glyph] != 0) append_utf8(text, characters_[glyph]);
    return text;
}

}  // namespace pli::uploads::reader
