#pragma once
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/digest.hpp"
#include "layouts/boxes.hpp"
#include "layouts/design.hpp"
#include "layouts/field_binding.hpp"
#include "layouts/placeholder.hpp"
#include "layouts/profile.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

/// A type style resolved: what a box's `style` numbers.
struct TypeStyle {
    fonts::ChainId chain;
    Length size;
    Colour colour;
    bool underline = false;
    Length tracking;  // behind each letter: the last of a line stands that much too far from the edge
    FaceId face;      // the chain's first: it draws the spaces
    Glyph space_glyph;
    Length space;  // its width at this size
};

/// Literal text or a placeholder, in one style.
struct Strand {
    std::uint16_t style = 0;
    std::int32_t placeholder = -1;  // into State::placeholders; -1: literal
    Slice text;                     // of Passage::text
};

/// A word of a passage: shaped when the template was compiled, or woven from strands for each letter.
struct Atom {
    std::uint16_t style = 0;
    After after = After::Glued;
    FaceId face;
    bool flows_on = false;  // literal: its space and the next atom's glyphs follow in Passage::glyphs
    Length width;
    Slice glyphs;   // of Passage::glyphs
    Slice text;     // of Passage::text, where glyphs do not tell it
    Slice strands;  // of Passage::woven; none: the atom is literal
};

/// Running text with its placeholders. Words without placeholders are shaped and their break opportunities found.
struct Passage {
    std::string text;             // all literals, one after the other
    std::vector<Strand> strands;  // the whole passage in order: what the complex road reads
    std::vector<Atom> atoms;
    std::vector<Strand> woven;
    std::vector<Glyph> glyphs;
    bool varies = false;   // has placeholders
    bool complex = false;  // a literal needs bidi, reordering or dictionary breaks
    std::string pointer;   // where it was written, while compiling
};
using PassageId = std::uint32_t;

/// Show the thing only where a field is there (or, `unless`, is not).
struct Condition {
    std::int32_t placeholder = -1;  // -1: always
    bool unless = false;
};

/// A passage set in lines.
struct Paragraph {
    PassageId passage = 0;
    Align align = Align::Start;
    Length leading, indent;        // indent: of all lines, room for the label
    std::int32_t label = -1;       // passage of a list item's bullet or number
    bool keeps_next = false;       // a heading stays with the text below it
    std::optional<AssetId> drawn;  // static: the whole paragraph as a layer of its own
    Length height;                 //   and how tall that is
};

struct Stroke {
    Length thickness;
    Colour colour;
};

struct Cell {
    PassageId passage = 0;
    Align align = Align::Left;
    Length x, width;  // from the table's left edge, padding taken off
};

struct Table {
    Length width, row_height, leading;
    std::optional<Stroke> row_rule;
    std::vector<Cell> titles;
    std::optional<Stroke> head_rule;
    std::optional<AssetId> head;  // both as a layer, repeated on each page
    Length head_height;
    std::vector<std::vector<Cell>> rows;   // numbered columns: each row its own cells
    std::int32_t list = -1;                // or a list field: `rows` has one row, used again and again
    std::vector<std::uint16_t> row_slots;  // placeholders that belong to the row at hand
};

struct Picture {
    AssetId asset;
    Size size;
};

struct QrMark {
    PassageId data = 0;
    Length size;
    Correction correction = Correction::M;
    std::optional<Paragraph> caption;
};

struct RuleMark {
    Stroke stroke;
    Length length;
    bool upright = false;
};

struct Spacer {
    Length height;
};

using FlowContent = std::variant<Paragraph, Table, Picture, QrMark, RuleMark, Spacer>;

struct FlowItem {
    Condition when;
    Length gap;  // below it
    FlowContent content;
};

/// Paragraphs one below the other.
struct TextStack {
    std::vector<Paragraph> paragraphs;
    Length gap;
};

/// Stands at a place of its own. `measure` is the width of a text; lines without one are as long as they are.
struct FixedItem {
    Condition when;
    Point origin;  // of a text: x of its alignment, y of its first baseline
    std::optional<Length> measure, height;
    std::variant<TextStack, Picture, QrMark, RuleMark> content;
};

struct AddressBlock {
    std::vector<PassageId> lines;  // empty: written from the recipient
    std::uint16_t style = 0;
    Point origin;  // first baseline
    Length leading, width, bottom;
    int max_lines = 6, max_lines_abroad = 6;
};

/// What stands on a page beside the flow.
struct PageDress {
    Size size;
    std::optional<AssetId> layer;  // all that never varies
    std::vector<FixedItem> varying;
    std::optional<AddressBlock> address;
    Rect body;
};

struct CompiledTemplate::State {
    std::string name, version, locale, country;
    Production production;
    std::vector<Placeholder> placeholders;
    std::vector<bool> row_scoped;  // by placeholder: its value comes from a table's row first
    std::vector<TypeStyle> styles;
    std::vector<Passage> passages;
    std::vector<PageDress> pages;  // document: first and follow-on; pdf: one each
    std::vector<FlowItem> body;
    int max_pages = 20;
    bool flows = false;  // document
};

}  // namespace pli::layouts
