#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "fonts/shaper.hpp"
#include "frame/frame.hpp"

namespace pli::layouts {

/// What may happen to a line behind a box; a stronger one wins where two meet.
enum class After : std::uint8_t { Glued, Opportunity, Space, Newline };

/// The smallest thing a line is made of: glyphs no break divides, and the space behind them.
struct Box {
    const Glyph* glyphs = nullptr;  // of a compiled passage, or of the shaper until its next trim()
    std::uint32_t count = 0;
    FaceId face;
    std::uint16_t style = 0;
    After after = After::Glued;
    std::uint8_t level = 0, space_level = 0;  // bidi embedding; odd reads from right to left
    std::uint8_t tabs = 0;                    // tab characters in the space behind
    bool flows_on = false;  // in memory the space and the next box's glyphs follow: a line of them is one copy
    Length width;
    Length space;  // After::Space only
    Slice text;    // of Prose::texts, where the glyphs alone do not give the text back
};

/// Boxes [first, first + count) on one line. `width` leaves out the space behind the last.
struct SetLine {
    std::uint32_t first = 0, count = 0;
    Length width;
    bool ends_paragraph = false;
    Length indent{};  // beyond the paragraph's: it goes on below the text behind a tab
};

/// One paragraph of one letter on its way to paper; reused, so that the way allocates nothing.
struct Prose {
    std::vector<Box> boxes;
    std::vector<SetLine> lines;
    std::string texts;
    std::vector<fonts::ShapedRun> shaped;  // owns the glyphs of boxes that took the complex road
    bool reorder = false;                  // some box reads from right to left
    bool right_to_left = false;            // the paragraph as a whole does

    void clear() {
        boxes.clear();
        lines.clear();
        texts.clear();
        shaped.clear();
        reorder = right_to_left = false;
    }
};

/// Fills prose.lines, each as full as it can be. The seam for an optimum-fit breaker: it needs no more than this.
/// A box wider than the measure is cut where it must be, between glyphs that stand on their own.
void break_lines(Prose& prose, Length measure);

}  // namespace pli::layouts
