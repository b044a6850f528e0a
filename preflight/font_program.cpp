#include "preflight/font_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace pli::preflight {
namespace {

/// Big-endian numbers; past the end everything is nothing.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    std::uint32_t number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) return 0;
        std::uint32_t value = 0;
        for (const char c : bytes_.substr(at, size)) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::uint32_t u8(std::size_t at) const { return number(at, 1); }
    std::uint32_t u16(std::size_t at) const { return number(at, 2); }
    std::uint32_t u32(std::size_t at) const { return number(at, 4); }
    std::size_t size() const { return bytes_.size(); }
    std::string_view part(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || size > bytes_.size() - at) return {};
        return bytes_.substr(at, size);
    }

private:
    std::string_view bytes_;
};

/// An INDEX of a CFF: so many items, the bytes of each, and where it ends.
struct CffIndex {
    std::uint32_t count = 0;
    std::size_t end = 0;
    std::size_t offsets = 0, data = 0;
    std::uint32_t offset_size = 1;
};

std::optional<CffIndex> read_index(const Bytes& cff, std::size_t at) {
    if (at + 2 > cff.size()) return std::nullopt;
    CffIndex index;
    index.count = cff.u16(at);
    index.end = at + 2;
    if (index.count == 0) return index;
    index.offset_size = cff.u8(at + 2);
    if (index.offset_size < 1 || index.offset_size > 4) return std::nullopt;
    index.offsets = at + 3;
    index.data = index.offsets + (index.count + std::size_t{1}) * index.offset_size - 1;
    const std::uint32_t last =
        cff.number(index.offsets + std::size_t{index.count} * index.offset_size, index.offset_size);
    index.end = index.data + last;
    if (last == 0 || index.end > cff.size()) return std::nullopt;
    return index;
}

std::string_view item_of(const Bytes& cff, const CffIndex& index, std::uint32_t item) {
    if (item >= index.count) return {};
    const std::size_t at = index.offsets + std::size_t{item} * index.offset_size;
    const std::uint32_t first = cff.number(at, index.offset_size),
                        last = cff.number(at + index.offset_size, index.offset_size);
    return last < first ? std::string_view{} : cff.part(index.data + first, last - first);
}

/// The operators of a DICT that lead somewhere (TN 5176 §4, tables 9 and 10).
struct CffTop {
    std::size_t charstrings = 0, charset = 0;
    bool cid_keyed = false;
};

std::size_t real_number_end(const Bytes& dict, std::size_t at) {
    while (at < dict.size() && (dict.u8(at) & 0x0F) != 0x0F && (dict.u8(at) >> 4) != 0x0F) ++at;
    return at + 1;
}

CffTop read_top(std::string_view bytes) {
    const Bytes dict(bytes);
    CffTop top;
    std::uint32_t operand = 0;
    for (std::size_t at = 0; at < dict.size();) {
        const std::uint32_t b = dict.u8(at++);
        if (b == 28) {
            operand = dict.u16(at), at += 2;
        } else if (b == 29) {
            operand = dict.u32(at), at += 4;
        } else if (b == 30) {
            at = real_number_end(dict, at);
        } else if (b >= 32 && b <= 246) {
            operand = b - 139;
        } else if (b >= 247 && b <= 250) {
            operand = (b - 247) * 256 + dict.u8(at++) + 108;
        } else if (b == 12) {
            top.cid_keyed = top.cid_keyed || dict.u8(at) == 30;
            ++at;
        } else if (b == 15) {
            top.charset = operand;
        } else if (b == 17) {
            top.charstrings = operand;
        }
    }
    return top;
}

std::vector<std::uint16_t> read_charset(const Bytes& cff, std::size_t at, std::uint32_t glyphs) {
    std::vector<std::uint16_t> cids{0};
    const std::uint32_t format = cff.u8(at++);
    while (cids.size() < glyphs && at < cff.size()) {
        std::uint32_t cid = cff.u16(at), following = 0;
        at += 2;
        if (format == 1) following = cff.u8(at), at += 1;
        if (format == 2) following = cff.u16(at), at += 2;
        for (std::uint32_t i = 0; i <= following && cids.size() < glyphs; ++i)
            cids.push_back(static_cast<std::uint16_t>(cid++));
    }
    return cids;
}

void read_cff(std::string_view bytes, FontProgram& program) {
    const Bytes cff(bytes);
    const auto names = read_index(cff, cff.u8(2));
    const auto tops = names ? read_index(cff, names->end) : std::nullopt;
    if (!tops || tops->count != 1) {
        program.fault = "a CFF without its top dictionary";
        return;
    }
    const CffTop top = read_top(item_of(cff, *tops, 0));
    const auto charstrings = top.charstrings == 0 ? std::nullopt : read_index(cff, top.charstrings);
    if (!charstrings || charstrings->count == 0) {
        program.fault = "a CFF without glyphs";
        return;
    }
    program.glyphs = charstrings->count;
    if (top.cid_keyed && top.charset > 2) program.cids = read_charset(cff, top.charset, program.glyphs);
}

struct Table {
    std::size_t at = 0, size = 0;
};

std::optional<Table> table_of(const Bytes& font, std::string_view tag) {
    const std::uint32_t count = font.u16(4);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t at = 12 + std::size_t{i} * 16;
        if (font.part(at, 4) == tag) return Table{font.u32(at + 8), font.u32(at + 12)};
    }
    return std::nullopt;
}

std::string fault_of_directory(const Bytes& font) {
    const std::uint32_t count = font.u16(4);
    if (count == 0 || 12 + std::size_t{count} * 16 > font.size()) return "a table directory that is cut off";
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t at = 12 + std::size_t{i} * 16;
        if (std::uint64_t{font.u32(at + 8)} + font.u32(at + 12) > font.size())
            return fmt::format("the table {} lies outside the font", font.part(at, 4));
    }
    return {};
}

void read_widths(const Bytes& font, FontProgram& program) {
    const auto head = table_of(font, "head"), hhea = table_of(font, "hhea"), hmtx = table_of(font, "hmtx");
    if (!head || !hhea || !hmtx || head->size < 54 || hhea->size < 36) {
        program.fault = "no table head, hhea or hmtx";
        return;
    }
    program.units_per_em = font.u16(head->at + 18);
    const std::uint32_t count = font.u16(hhea->at + 34);
    if (program.units_per_em == 0 || count == 0 || std::size_t{count} * 4 > hmtx->size) {
        program.fault = "widths that are cut off";
        return;
    }
    program.widths.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
        program.widths.push_back(static_cast<std::uint16_t>(font.u16(hmtx->at + std::size_t{i} * 4)));
}

void check_outlines(const Bytes& font, FontProgram& program) {
    const auto loca = table_of(font, "loca"), glyf = table_of(font, "glyf"), head = table_of(font, "head");
    const std::size_t entry = font.u16(head->at + 50) == 0 ? 2 : 4;
    if (!loca || !glyf || loca->size < (program.glyphs + std::size_t{1}) * entry)
        program.fault = "no outlines (glyf, loca)";
}

void read_sfnt(std::string_view bytes, FontProgram& program) {
    const Bytes font(bytes);
    program.fault = fault_of_directory(font);
    if (!program.fault.empty()) return;
    if (program.format == FontFormat::OpenTypeCff) {
        const auto cff = table_of(font, "CFF ");
        if (!cff) program.fault = "no table CFF";
        if (cff) read_cff(font.part(cff->at, cff->size), program);
        // The metrics tables may be missing in an OpenType program within a PDF (ISO 32000-1 table 126).
        if (program.fault.empty() && table_of(font, "hmtx")) read_widths(font, program);
        return;
    }
    const auto maxp = table_of(font, "maxp");
    program.glyphs = maxp && maxp->size >= 6 ? font.u16(maxp->at + 4) : 0;
    if (program.glyphs == 0) {
        program.fault = "no glyphs (maxp)";
        return;
    }
    read_widths(font, program);
    if (program.fault.empty()) check_outlines(font, program);
}

FontFormat format_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    const auto start = bytes.substr(0, 4);
    if (start == "\0\1\0\0"sv || start == "true"sv) return FontFormat::TrueType;
    if (start == "OTTO"sv) return FontFormat::OpenTypeCff;
    if (bytes.starts_with("%!") || bytes.starts_with("\x80\x01")) return FontFormat::Type1;
    const bool cff = bytes.size() > 4 && bytes[0] == 1 && bytes[2] >= 4 && bytes[3] >= 1 && bytes[3] <= 4;
    return cff ? FontFormat::Cff : FontFormat::Unknown;
}

}  // namespace

double FontProgram::width_of(std::uint32_t glyph) const {
    return widths.empty() ? 0 : widths[std::min<std::size_t>(glyph, widths.size() - 1)] * 1000.0 / units_per_em;
}

FontProgram read_font_program(std::string_view bytes) {
    FontProgram program;
    program.format = format_of(bytes);
    switch (program.format) {
        case FontFormat::TrueType:
        case FontFormat::OpenTypeCff: read_sfnt(bytes, program); break;
        case FontFormat::Cff: read_cff(bytes, program); break;
        case FontFormat::Type1:
            if (bytes.find("eexec") == std::string_view::npos) program.fault = "a Type 1 program without eexec";
            break;
        case FontFormat::Unknown: program.fault = fmt::format("{} bytes of no known font format", bytes.size()); break;
    }
    return program;
}

}  // namespace pli::preflight
