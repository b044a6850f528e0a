#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pli::preflight {

enum class FontFormat : std::uint8_t { Unknown, TrueType, OpenTypeCff, Cff, Type1 };

/// What a font program says of itself, as far as a PDF has to agree with it.
struct FontProgram {
    FontFormat format = FontFormat::Unknown;
    std::uint32_t glyphs = 0;  // 0: not known (Type 1)
    std::uint32_t units_per_em = 1000;
    std::vector<std::uint16_t> widths;  // by glyph, in units of the em; the last counts for all after it
    std::vector<std::uint16_t> cids;    // of a CID-keyed CFF: the CID of each glyph; empty: CID is glyph
    std::string fault;                  // what is wrong with it; empty: nothing

    double width_of(std::uint32_t glyph) const;  // in thousandths of the em
};

/// Source   ISO/IEC 14496-22 (OpenType: table directory, head, maxp, hhea, hmtx, loca), Adobe TN 5176 (CFF)
FontProgram read_font_program(std::string_view bytes);

}  // namespace pli::preflight
