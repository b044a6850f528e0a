#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/outside/outside.hpp"

namespace pli::fonts {

inline constexpr const char* noto_file = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
inline constexpr const char* cff_file = "/usr/share/fonts/opentype/urw-base35/NimbusSans-Regular.otf";
inline constexpr const char* variable_file = "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf";
inline constexpr const char* collection_file = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// A font file whose numbers can be changed: what a damaged or a restricted font looks like.
/// Source   OpenType 1.9, table directory
class PatchedFont {
public:
    explicit PatchedFont(std::string bytes) : bytes_(std::move(bytes)) {}
    std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
    std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
    PatchedFont& set_u16(std::size_t at, unsigned value) {
        bytes_[at] = static_cast<char>(value >> 8);
        bytes_[at + 1] = static_cast<char>(value & 0xFF);
        return *this;
    }
    std::size_t entry(const std::string& table) const { return bytes_.find(table); }
    std::size_t table(const std::string& name) const { return u32(entry(name) + 8); }
    /// The directory stays in the order of the names, or no table would be found.
    PatchedFont& rename(const std::string& table, const std::string& name) {
        bytes_.replace(entry(table), 4, name);
        std::vector<std::string> entries;
        for (std::size_t i = 0; i < u16(4); ++i) entries.push_back(bytes_.substr(12 + 16 * i, 16));
        std::sort(entries.begin(), entries.end());
        for (std::size_t i = 0; i < entries.size(); ++i) bytes_.replace(12 + 16 * i, 16, entries[i]);
        return *this;
    }
    PatchedFont& shorten(const std::string& table, unsigned bytes) {
        set_u16(entry(table) + 12, bytes >> 16);
        return set_u16(entry(table) + 14, bytes & 0xFFFF);
    }
    PatchedFont& set_rights(unsigned type) { return set_u16(table("OS/2") + 8, type); }
    std::size_t glyph(unsigned id) const {
        const bool long_offsets = u16(table("head") + 50) != 0;
        return table("glyf") + (long_offsets ? u32(table("loca") + 4 * id) : 2 * u16(table("loca") + 2 * id));
    }
    const std::string& bytes() const { return bytes_; }
    std::string& bytes() { return bytes_; }

private:
    std::uint32_t u8(std::size_t at) const { return static_cast<std::uint8_t>(bytes_[at]); }
    std::string bytes_;
};

}  // namespace pli::fonts
