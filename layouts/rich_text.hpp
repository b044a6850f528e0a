#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "layouts/placeholder.hpp"
#include "layouts/text_finding.hpp"

namespace pli::layouts {

/// What the markup around a stretch of text asks for. Colour and class are names the template resolves.
struct SpanStyle {
    bool bold = false, italic = false, underline = false;
    std::string colour;  // text of `color:`, "" if none: a colour of the template, "k(60)", "cmyk(…)", "#1a2b3c"
    std::optional<Length> size;        // of `font-size:`, absolute
    std::vector<std::string> classes;  // outermost first: a later one wins
    bool operator==(const SpanStyle&) const = default;
};

/// Text in one style, cut at its placeholders. A forced line break is a "\n" in a literal.
struct Span {
    SpanStyle style;
    std::vector<Piece> pieces;
};

/// One paragraph, heading or list item; lists are flattened, `depth` tells their nesting (1 outermost).
struct RichBlock {
    enum class Kind : std::uint8_t { Paragraph, Heading1, Heading2, Heading3, Bullet, Numbered };
    Kind kind = Kind::Paragraph;
    int depth = 0;
    int number = 0;  // Numbered: what to print before the full stop
    /// An item's second paragraph: set like the item, without bullet or number.
    bool continued = false;
    std::vector<std::string> classes;  // of the block and of what encloses it
    std::vector<Span> spans;
};

struct RichText {
    std::vector<RichBlock> blocks;
    std::vector<TextFinding> findings;  // anything that would otherwise be dropped in silence
};

/// Reads the HTML subset p br b strong i em u a span h1 h2 h3 ul ol li, with class and style (color, font-size,
/// font-weight). White space collapses as in HTML; U+00A0 and U+202F stay. The target of a
/// link is printed after its text unless it is the same: paper cannot be clicked.
/// Source   HTML Living Standard, parsed by gumbo
/// Errors   findings with the byte offset in `html`
/// Threads  pure
RichText parse_rich_text(std::string_view html);

}  // namespace pli::layouts
