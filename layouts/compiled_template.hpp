#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/digest.hpp"
#include "layouts/boxes.hpp"
#include "layouts/design.hpp"
#include "layouts/field_binding.hpp"
#include "layouts/hanging.hpp"
#include "layouts/hyphenation.hpp"
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
    Glyph space_glyph{};
    Length space;                       // its width at this size
    std::vector<HangingGlyph> hanging;  // none unless some paragraph lets signs hang
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
    std::uint8_t tabs = 0;  // tab characters in the space behind
    bool flows_on = false;  // literal: its space and the next atom's glyphs follow in Passage::glyphs
    Length width;
    Slice glyphs;     // of Passage::glyphs
    Slice text;       // of Passage::text, where glyphs do not tell it
    Slice strands;    // of Passage::woven; none: the atom is literal
    Slice divisions;  // of Passage::divisions
};

/// Running text with its placeholders. Words without placeholders are shaped and their break opportunities found.
struct Passage {
    std::string text;             // all literals, one after the other
    std::vector<Strand> strands;  // the whole passage in order: what the complex road reads
    std::vector<Atom> atoms;
    std::vector<Strand> woven;
    std::vector<Glyph> glyphs;
    std::vector<Box> ready;  // what each literal atom becomes in every letter; glyphs are the passage's
    bool varies = false;     // has placeholders
    bool paged = false;      // among them the page's number, or how many there are
    bool complex = false;    // a literal needs bidi, reordering or dictionary breaks
    Manner manner;
    const Hyphenator* hyphenator = nullptr;  // one of State::hyphenators
    std::string locale;                      // of its words; "": the template's
    std::vector<Division> divisions;         // of literal words; they point into division_glyphs
    std::vector<Glyph> division_glyphs;
    std::string division_texts;
    std::string pointer;  // where it was written, while compiling
};
using PassageId = std::uint32_t;

/// Show the thing only where a field is there (or, `unless`, is not).
struct Condition {
    std::int32_t placeholder = -1;  // -1: always
    bool unless = false;
};

/// A static paragraph as a layer of its own, set in one measure.
struct DrawnText {
    Length measure;
    AssetId layer;
    Length height;
};

struct TabStop {
    Length at;
    Align align = Align::Left;
    std::optional<PassageId> leader;
};

/// A passage set in lines.
struct Paragraph {
    PassageId passage = 0;
    Align align = Align::Start;
    Length leading, indent;            // indent: of all lines, room for the label
    std::vector<std::uint16_t> lists;  // it stands in, outermost first: State::list_rooms
    std::int32_t label = -1;           // passage of a list item's bullet or number
    Length label_room;                 //   which stands in as much room before the text
    bool label_ends = false;           //   at its right end, so that numbers stand below one another
    std::uint8_t widows = 2, orphans = 2;
    bool keeps_next = false, keeps_together = false;
    std::vector<TabStop> tabs;
    std::vector<DrawnText> drawn;  // static: for each measure it may be set in
};

struct Stroke {
    Length thickness;
    Colour colour;
};

struct Cell {
    PassageId passage = 0;
    Align align = Align::Left;
    Length x, width;                     // from the table's left edge, padding taken off
    Overflow overflow = Overflow::Flow;  // Flow: a word too wide is cut; numbers are not
    std::optional<Length> decimal_at;    // Align::Decimal: where the sign stands, from x; none: found for each letter
    std::size_t column = 0;
};

/// A column whose amounts are added up.
struct SummedColumn {
    std::size_t column = 0;
    std::vector<std::uint16_t> amounts;  // placeholder of its cells, for each of the table's rows
    std::uint16_t sum = 0;               // the one that has the running sum, in the same format
};

/// A row that is not one of the data: the sum carried on, or a total.
struct SumRow {
    std::vector<Cell> cells;
    std::optional<Stroke> rule;  // above it
};

struct Table {
    Length width, row_height, leading;
    std::optional<Stroke> row_rule;
    std::vector<Cell> titles;
    std::optional<Stroke> head_rule;
    std::optional<AssetId> head;  // both as a layer, repeated on each page
    Length head_height;
    std::optional<Colour> zebra;
    std::vector<SummedColumn> sums;
    std::optional<SumRow> carried, brought;
    std::vector<SumRow> foot;
    std::vector<std::vector<Cell>> rows;   // numbered columns: each row its own cells
    std::int32_t list = -1;                // or a list field: `rows` has one row, used again and again
    std::vector<std::uint16_t> row_slots;  // placeholders that belong to the row at hand
};

struct Picture {
    AssetId asset;
    Size size;
    Align align = Align::Left;
    std::optional<Paragraph> caption{};
};

struct QrMark {
    PassageId data = 0;
    Length size;
    Correction correction = Correction::M;
    std::optional<Paragraph> caption;
    Align align = Align::Left;
};

struct RuleMark {
    Stroke stroke;
    Length length;
    bool upright = false;
};

struct Spacer {
    Length height;
};

struct FlowItem;
struct FlowColumn {
    Length x, width;
    std::vector<FlowItem> items;
};
/// Stand side by side and are never parted by a page break.
struct Columns {
    std::vector<FlowColumn> columns;
};

using FlowContent = std::variant<Paragraph, Table, Picture, QrMark, RuleMark, Spacer, Columns>;

struct FlowItem {
    Condition when, within;  // its own, and that of the group it stands in
    Length gap;              // below it
    FlowContent content;
    bool keeps_next = false, keeps_together = false;
    std::uint32_t group_end = 0;  // of the first item of a group kept together: the one behind its last
    std::string pointer;
};

/// Paragraphs one below the other.
struct TextStack {
    std::vector<Paragraph> paragraphs;
    Length gap;
};

/// A part of a line of an upload: a value, or text that moves with it.
struct SetPart {
    std::optional<PassageId> value;
    AssetId shown{};     // text: drawn over the whole page, it stands where it stood in the upload
    Length left, right;  // where it stood
};

/// A line of an upload whose placeholders are set for each letter.
struct UploadLine {
    Align align = Align::Left;  // Left, Centre, Right
    Length baseline, room_left, room_right;
    Size page;
    std::vector<SetPart> parts;
};

/// Stands at a place of its own. `measure` is the width of a text; lines without one are as long as they are.
struct FixedItem {
    Condition when;
    Point origin;  // of a text: x of its alignment, y of its first baseline
    std::optional<Length> measure, height;
    std::variant<TextStack, Picture, QrMark, RuleMark, UploadLine> content;
    PageScope pages = PageScope::Every;
    Overflow overflow = Overflow::Reject;
    int shrink_to = 1000;          // thousandths of the type's size
    Rect room;                     // a text: how far it may reach before it meets something or leaves the sheet
    std::optional<AssetId> drawn;  // static but conditional: a layer of its own
    std::string pointer;
};

struct AddressBlock {
    std::vector<PassageId> lines;  // empty: written from the recipient
    std::uint16_t style = 0;
    Point origin;  // first baseline
    Length leading, width, bottom;
    int max_lines = 6, max_lines_abroad = 6;
    Length smallest_read;  // type that the market's sorting machines read; 0: not known
};

/// What stands on a page beside the flow.
struct PageDress {
    Size size;
    std::optional<AssetId> layer;  // all that never varies
    std::vector<FixedItem> varying;
    std::vector<FixedItem> late;  // know the number of pages: drawn when the whole letter is set
    std::optional<AddressBlock> address;
    Rect body;
};

/// What the backs of sheets are used for.
struct Backs {
    bool left = false;               // no text goes there
    std::optional<PageDress> dress;  // what does
    std::vector<FlowItem> body;      //   set once, into its layer
    std::optional<AssetId> behind;
    bool every_sheet = false;
};

/// How far a letter may grow.
struct Limits {
    int pages = 20;
    std::optional<int> sheets;
    Overflow overflow = Overflow::Flow;
    int shrink_to = 850;  // thousandths of the type's size
};

struct CompiledTemplate::State {
    std::string name, version, locale, country;
    Production production;
    std::vector<Placeholder> placeholders;
    std::vector<bool> row_scoped;  // by placeholder: its value comes from a table's row first
    std::vector<TypeStyle> styles;
    std::vector<Passage> passages;
    std::map<std::string, std::shared_ptr<const Hyphenator>> hyphenators;  // by locale; null: there is no dictionary
    std::vector<Length> list_rooms;  // how far each list stands in from the one around it
    std::vector<PageDress> pages;    // document: first and follow-on; pdf: one each
    std::vector<FlowItem> body;
    std::vector<std::uint16_t> page_slots, pages_slots;  // placeholders that are the page's number, and their count
    std::vector<std::uint16_t> sum_slots;                // and those that are sums of tables
    Limits limits;
    Backs backs;
    bool flows = false;  // document
};

}  // namespace pli::layouts
