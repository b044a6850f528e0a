#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/shaper.hpp"
#include "frame/frame.hpp"

namespace pli::layouts {

class WordDivider;
struct TypeStyle;

/// What may happen to a line behind a box; a stronger one wins where two meet. A tie is a space that no line breaks at.
enum class After : std::uint8_t { Glued, Tie, Opportunity, Space, Newline };
constexpr bool has_space(After after) { return after == After::Space || after == After::Tie; }

/// A place where a box may be divided: what then ends the line, hyphen included, and what begins the next.
struct Division {
    const Glyph* head = nullptr;  // as long-lived as the box's own glyphs
    const Glyph* tail = nullptr;
    std::uint32_t head_count = 0, tail_count = 0;
    Length head_width, tail_width;
    Slice head_text, tail_text;  // of Prose::texts: the word as written, where the glyphs alone do not give it back
    bool asked = false;          // by the author, with a soft hyphen
};

/// The smallest thing a line is made of: glyphs no break divides but at a division, and the space behind them.
struct Box {
    const Glyph* glyphs = nullptr;  // of a compiled passage, or of the shaper until its next trim()
    std::uint32_t count = 0;
    FaceId face;
    std::uint16_t style = 0;
    After after = After::Glued;
    std::uint8_t level = 0, space_level = 0;  // bidi embedding; odd reads from right to left
    std::uint8_t tabs = 0;                    // tab characters in the space behind
    bool flows_on = false;  // in memory the space and the next box's glyphs follow: a line of them is one copy
    std::uint8_t division_count = 0;
    std::uint16_t first_division = 0;  // of Prose::divisions
    Length width;
    Length space;  // After::Space and After::Tie only
    Slice text;    // of Prose::texts, where the glyphs alone do not give the text back
};

/// A Box::division_count: the head of a box that was divided, which is number `first_division` of Prose::divided.
inline constexpr std::uint8_t divided_head = 255;

/// Boxes [first, first + count) on one line. `width` leaves out the space behind the last.
struct SetLine {
    std::uint32_t first = 0, count = 0;
    Length width;
    bool ends_paragraph = false;
    Length indent{};  // beyond the paragraph's: it goes on below the text behind a tab
};

/// How the lines of a passage are broken. As it stands: one after the other, each as full as it can be, no word
/// divided.
struct Manner {
    bool optimum = false;           // all lines weighed together
    bool justified = false;         // spaces give way; else the right edge does
    bool hyphenated = false;        // words are divided by the language's dictionary
    bool divides_fields = false;    // those of the letter's values too
    bool hanging = false;           // hyphens and stops at the edges go a little into the margin
    std::uint8_t most_hyphens = 2;  // at the ends of lines one below the other
    bool operator==(const Manner&) const = default;
};

/// A place where a line may end: behind a box, or at one of its divisions.
struct LineEnd {
    std::uint32_t box = 0;
    std::int32_t division = -1;  // of Prose::divisions; -1: behind the whole box
};

/// What the optimum-fit breaker knows of a place where a line may end. Lengths in nanometres from the first box on.
struct FitPlace {
    LineEnd end;
    std::int64_t to = 0, from = 0;                // a line ends here; the next one begins
    std::int64_t spaces_to = 0, spaces_from = 0;  // the spaces' part of it
    std::int32_t penalty = 0;
    bool hyphen = false;
};

/// The best way to a place for one fitness of its last line.
struct FitNode {
    std::uint32_t place = 0;
    std::int32_t before = -1;  // the node this way comes from
    std::int64_t demerits = 0;
    std::uint8_t fitness = 1;
    std::uint8_t hyphens = 0;  // line ends one below the other that have one
};

/// Trays of the breakers, kept for their memory.
struct Fitting {
    std::vector<FitPlace> places;
    std::vector<FitNode> nodes;
    std::vector<std::uint32_t> active;
    std::vector<LineEnd> ends;
    std::vector<Box> boxes;
};

/// One paragraph of one letter on its way to paper; reused, so that the way allocates nothing.
struct Prose {
    std::vector<Box> boxes;
    std::vector<SetLine> lines;
    std::string texts;
    std::vector<fonts::ShapedRun> shaped;  // owns the glyphs of boxes that took the complex road
    bool reorder = false;                  // some box reads from right to left
    bool right_to_left = false;            // the paragraph as a whole does
    Manner manner;
    std::vector<Division> divisions;
    /// Words of values that the dictionary has not been asked about: it is only where the paragraph needs it.
    struct Undivided {
        std::uint32_t box;
        Slice word;  // of texts
    };
    std::vector<Undivided> undivided;
    std::vector<Box> divided;                        // as they were before break_lines made two of them
    WordDivider* divider = nullptr;                  // who asks it
    const std::vector<TypeStyle>* styles = nullptr;  // of a manner that lets signs hang
    Fitting fitting;

    void clear() {
        boxes.clear();
        lines.clear();
        texts.clear();
        shaped.clear();
        divisions.clear();
        undivided.clear();
        divided.clear();
        reorder = right_to_left = false;
        manner = {};
        divider = nullptr;
        styles = nullptr;
    }
};

/// Fills prose.lines in the passage's own manner. A box wider than the measure is cut where it must be: at its
/// divisions, else between glyphs that stand on their own. Boxes that are divided become two.
void break_lines(Prose& prose, Length measure);

/// The spaces of a line that give way when it is justified, as wide as they are by nature.
Length spaces_of(const Prose& prose, const SetLine& line);

/// Where the lines of a paragraph end that is not simply filled word by word. Greedy: each as full as it can be, a word
/// divided only where its line would end much too early. Optimum: lines of which the paragraph as a whole looks best:
/// spaces as even as can be, or a right edge as even as can be; few hyphens, none below another if it can be helped, no
/// hyphen before the last line.
/// Source   Knuth and Plass, Breaking Paragraphs into Lines, 1981; badness, demerits and passes as TeX has them
void find_line_ends(Prose& prose, Length measure, std::vector<LineEnd>& ends);

/// How far a space of a justified line may grow or give way before the line looks wrong.
constexpr Length stretch_of_space(Length space) { return space / 2; }
constexpr Length shrink_of_space(Length space) { return space / 3; }

}  // namespace pli::layouts
