#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/length.hpp"
#include "base/letter.hpp"
#include "fonts/font_set.hpp"
#include "frame/frame.hpp"

namespace pli::layouts {

/// Start is left, or right in a paragraph that reads from right to left.
enum class Align : std::uint8_t { Start, Left, Right, Centre, Justify, Decimal };

/// Where text goes on behind a tab; `at` is counted from the left end of the paragraph.
struct TabSpec {
    Length at;
    Align align = Align::Left;  // Left, Right, Centre, Decimal
    std::string leader;         // fills the way to the text: "."
};

/// What becomes of a text that is larger than its place.
enum class Overflow : std::uint8_t { Flow, Shrink, Reject };

/// Which pages of a letter a fixed block stands on.
enum class PageScope : std::uint8_t { Every, First, FollowOn, Last, NotLast, Several };

/// Normal is what the font does by itself.
enum class Figures : std::uint8_t { Normal, Lining, OldStyle };
enum class FigureWidth : std::uint8_t { Normal, Tabular, Proportional };
enum class Caps : std::uint8_t { Normal, Small, AllSmall };
enum class Ligatures : std::uint8_t { None, Common, Discretionary };

/// What a style asks of its font beyond family, bold and italic.
struct FontWishes {
    std::optional<int> weight, width;     // 1 to 1000; per cent of normal
    std::optional<std::string> instance;  // variable fonts
    std::optional<std::vector<fonts::AxisValue>> axes;
    std::optional<Figures> figures;
    std::optional<FigureWidth> figure_width;
    std::optional<Caps> caps;
    std::optional<Ligatures> ligatures;
    std::optional<bool> kerning;
    std::optional<std::vector<fonts::Feature>> features;
    std::optional<int> tracking;  // 1/1000 em

    /// Takes over what it does not say itself.
    void fill_from(const FontWishes& below);
};

/// How lines are found: one after the other, or all of a paragraph together.
enum class Breaking : std::uint8_t { Greedy, Optimum };
/// Which words the dictionary may divide: none, the author's, those of the letters' values as well.
enum class Hyphenate : std::uint8_t { None, Text, All };

/// What a style or a block says about its type; what it leaves open comes from the style below it.
struct TypeSpec {
    std::optional<std::string> font, colour;
    std::optional<Length> size, leading, gap;
    std::optional<bool> bold, italic, underline;
    std::optional<Align> align;
    std::optional<int> widows, orphans;  // lines that stay together at the head and the foot of a page
    std::optional<bool> keep_next, keep_together;
    std::optional<std::vector<TabSpec>> tabs;
    FontWishes wishes;
    std::optional<Breaking> breaking;
    std::optional<Hyphenate> hyphenate;
    std::optional<int> max_hyphens;
    std::optional<bool> hang;           // of justified text: signs at the edges go into the margin
    std::optional<std::string> locale;  // language of the words, where it is not the template's
    std::string pointer;                // of the object that said so, for findings

    /// This one where it says something, else `below`.
    TypeSpec over(const TypeSpec& below) const;
};

/// Where a fixed block stands. A text has either `y` (top of its box) or `baseline`.
struct Placement {
    std::optional<Length> x, right_x, centre_x, y, baseline, width, height;
};

struct TextSpec {
    std::string text;
    bool html = false;
    std::string pointer;  // of the string
};

/// What numbers or marks the items of a list: "1.", "(a)", "I.", "–".
struct MarkerSpec {
    std::string text;
    std::string pointer;
};

struct ListSpec;
struct ListItemSpec {
    TextSpec text;
    std::vector<ListSpec> lists;  // below it, one at most
};

struct ListSpec {
    std::vector<ListItemSpec> items;
    std::optional<MarkerSpec> marker;
    bool ordered = false;
    int start = 1;
    std::optional<Length> indent;
};

struct StrokeSpec {
    Length thickness;
    std::optional<std::string> colour;
};

struct ColumnSpec {
    Length width;
    Align align = Align::Left;
    std::optional<TextSpec> title;
    TextSpec cell;
    bool sums = false;                 // its amounts are added up
    std::optional<Length> decimal_at;  // from the column's left edge; else as far right as its widest tail allows
};

/// A row below the last one: a label and what stands in the columns that are summed.
struct FootSpec {
    std::string pointer;
    TextSpec label;
    std::optional<TextSpec> text;  // else the sum
    std::optional<bool> bold;
    std::optional<StrokeSpec> rule;  // above it
};

struct TableSpec {
    std::string list;     // rows from a list field
    std::string pattern;  // or from numbered columns: "i{row}_{field}"
    int count = 0;        //   as many of them
    std::string rows_pointer;
    std::vector<ColumnSpec> columns;
    std::optional<Length> row_height;
    Length pad;
    std::optional<StrokeSpec> head_rule, row_rule;
    std::optional<std::string> zebra;          // colour behind every second row
    std::optional<TextSpec> carried, brought;  // labels of the running sum at a page's foot and head
    std::vector<FootSpec> foot;
};

struct PictureSpec {
    std::string file, pointer;
    std::optional<Length> width, height;
    std::optional<TextSpec> caption;
};

struct QrSpec {
    TextSpec data;
    Length size;
    Correction correction = Correction::M;
    std::optional<TextSpec> caption;
};

struct RuleSpec {
    StrokeSpec stroke;
    std::optional<Length> length;
};

struct SpacerSpec {
    Length height;
};

struct BlockSpec;

/// Blocks that a page break never parts, as long as a page holds them.
struct GroupSpec {
    std::vector<BlockSpec> blocks;
};

/// Blocks side by side: a picture beside text.
struct ColumnsSpec {
    struct One {
        std::optional<Length> width;  // else a share of what the others leave
        std::vector<BlockSpec> blocks;
    };
    std::vector<One> columns;
    Length between;
};

struct AddressSpec {
    std::vector<TextSpec> lines;  // empty: written from the recipient, by the rules of the country
    std::optional<Length> x, first_baseline, leading, size;
    std::string pointer;
};

struct ReturnLineSpec {
    TextSpec text;
};

/// One block of a template, as written.
struct BlockSpec {
    std::string pointer;
    std::string condition;  // name of a field; empty: always
    bool unless = false;    // shown where the field is missing, instead of where it is there
    TypeSpec type;
    std::string style;  // name in `styles`
    std::optional<Placement> at;
    int page = 0;  // stamps: on this page alone, counted from 1; 0: the first
    PageScope pages = PageScope::Every;
    std::optional<Overflow> overflow;
    std::optional<double> shrink_to;
    std::variant<TextSpec, TableSpec, PictureSpec, QrSpec, RuleSpec, SpacerSpec, AddressSpec, ReturnLineSpec, ListSpec,
                 GroupSpec, ColumnsSpec>
        content;
};

/// What is printed on the back of a sheet instead of the letter's text.
struct BackSpec {
    std::string pointer;
    std::string file;  // a PDF, its first page
    std::vector<BlockSpec> fixed, body;
    std::optional<Placement> body_box;
    bool every_sheet = false;  // else on the first sheet alone
};

struct ColourSpec {
    Colour ink;        // Space::Spot: `parts` hold the tint
    std::string spot;  // its name
    Colour alternate;
};

enum class TemplateKind : std::uint8_t { Document, Pdf };

/// A template as its author wrote it: read and typed, nothing resolved. docs/templates.md tells what it means.
/// Units    Length from the sheet's top left corner; the file has millimetres for places, points for type
/// Threads  a value
struct Design {
    TemplateKind kind = TemplateKind::Document;
    std::string profile, locale = "en", paper = "A4-80";
    Sides sides = Sides::Simplex;
    bool sheet_code = true, marks = true;
    std::uint8_t inserts = 0;  // bit 0: feeder 1
    int max_pages = 20;
    std::optional<int> max_sheets;
    Overflow overflow = Overflow::Flow;  // of the body
    double shrink_to = 0.85;
    bool leaves_backs = false;  // the text goes on on fronts alone
    std::optional<BackSpec> back;
    std::vector<std::string> fields;  // declared names, those of the sample included
    bool declares_fields = false;
    std::map<std::string, ColourSpec> colours;
    TypeSpec base;
    std::map<std::string, TypeSpec> styles;
    std::string letterhead;            // document: drawn behind the text
    std::string file;                  // kind pdf: the pages
    std::vector<std::string> repairs;  // of the PDFs above
    bool fills_placeholders = true;    // {first_name} in those PDFs is filled in; else it is printed as it stands
    std::optional<BlockSpec> address, return_line;
    std::vector<BlockSpec> fixed, body, footer, next, stamps;
    std::optional<Placement> body_box, next_box;
};

}  // namespace pli::layouts
