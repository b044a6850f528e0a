#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {

/// One step of drawing a glyph.
struct OutlineStep {
    enum class Kind : std::uint8_t { Move, Line, Curve };
    struct Spot {
        double x = 0, y = 0;
    };
    Kind kind = Kind::Move;
    Spot spots[3]{};  // Curve: two controls and the end; else the first alone
};

/// What a code of a font draws.
/// Units    thousandths of the font's size, y upwards
struct DrawnGlyph {
    std::string name;       // of a simple font's glyph
    std::uint16_t cid = 0;  // of a composite font's
    double width = 0;
    std::vector<OutlineStep> steps{};
};

/// How a bare CFF font lists its glyphs: by name, or by number in a collection of characters.
struct CffOrdering {
    std::string registry, ordering;  // both empty: by name
    int supplement = 0;
    bool by_name() const { return ordering.empty(); }
};

/// A bare CFF font that draws these glyphs, without hints: outlines of any source, stretched or not, become a font that
/// every RIP of the last twenty years reads. Glyph 0 must be ".notdef" (CID 0), and CIDs must rise.
/// Source   Adobe Technical Notes 5176 (CFF, Appendix H for CIDs) and 5177 (Type 2 charstrings)
std::string cff_font(const std::string& name, const std::vector<DrawnGlyph>& glyphs, const CffOrdering& ordering);

}  // namespace pli::uploads::reader
