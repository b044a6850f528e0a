#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "layouts/compiled_template.hpp"
#include "layouts/desk.hpp"
#include "layouts/object_reader.hpp"
#include "layouts/rich_text.hpp"

namespace pli::layouts {

/// Everything that is shared while one template is compiled.
struct Compilation {
    const Design& design;
    const Profile& profile;
    Workshop& workshop;
    FindingList& findings;
    CompiledTemplate::State& state;
    Digest digest;                                       // of everything that goes into the template's version
    std::map<std::string, ColourSpec> upload_colours{};  // of text in an upload, by the name they are asked for
};

/// Type: what a block, its style, the template and Pli's defaults say together, and the face for it.
class TypeBook {
public:
    explicit TypeBook(Compilation& shop) : shop_(shop) {}

    TypeSpec type_of(const BlockSpec& block) const;
    TypeSpec named(const std::string& style, const std::string& pointer) const;  // a finding if there is none
    bool has(const std::string& style) const { return shop_.design.styles.count(style) > 0; }
    std::uint16_t style(const TypeSpec& type);
    Colour colour(const std::string& name, const std::string& pointer);
    static Length leading(const TypeSpec& type);

private:
    Result<fonts::ChainId> chain(const TypeSpec& type);
    void compare(const TypeSpec& type, const fonts::FaceQuery& query, fonts::ChainId chain);
    Colour spot(const ColourSpec& spec);

    Compilation& shop_;
};

/// Text with placeholders → passages and paragraphs. Literal words are shaped in `shape`, after all faces are known.
class TextCompiler {
public:
    TextCompiler(Compilation& shop, TypeBook& types) : shop_(shop), types_(types) {}

    std::vector<Paragraph> paragraphs(const TextSpec& text, const TypeSpec& type);
    Paragraph paragraph(const TextSpec& text, const TypeSpec& type);  // the first of them
    PassageId passage(const TextSpec& text, const TypeSpec& type);    // one line
    /// All items, one below the other.
    std::vector<Paragraph> list(const ListSpec& list, const TypeSpec& type, int depth);
    std::int32_t placeholder(const Placeholder& wanted, const std::string& pointer);
    /// A placeholder for the running sum of another, written in the same format.
    std::uint16_t sum_of(const Placeholder& amount);
    /// A text in which one placeholder stands in for another: a cell with the sum in the amount's place.
    struct Swap {
        std::string path;
        std::uint16_t slot;
    };
    PassageId passage_with(const TextSpec& text, const TypeSpec& type, const Swap& swap);
    Condition condition(const BlockSpec& block);

    /// Names a table's rows answer to while its cells are compiled.
    struct RowScope {
        std::string list;                  // a list field's rows, or
        std::string pattern;               // numbered columns,
        int row = 0;                       //   of this row
        std::vector<std::string> members;  // known from the sample; empty: anything goes
        std::vector<std::uint16_t> slots;  // placeholders met that belong to the row
    };
    void enter(RowScope* scope) { scope_ = scope; }
    PassageId data(const TextSpec& text, const TypeSpec& type);  // for machines: codes
    /// Whether {page} and {pages} may be used from here on.
    void allow_page_numbers(bool allow) { paging_ = allow; }

    /// Shapes the literals of all passages.
    void shape(Desk& desk, fonts::Shaper& shaper);

private:
    void check_words(const Passage& passage, const std::string& pointer);
    Manner manner_of(const TypeSpec& type);
    const Hyphenator* hyphenator_for(const TypeSpec& type);
    std::shared_ptr<const Hyphenator> read_hyphenator(const std::string& locale, const std::string& pointer);
    PassageId add_passage(const std::vector<Span>& spans, const TypeSpec& type, const std::string& pointer);
    Paragraph typed(PassageId passage, const TypeSpec& type, const std::string& pointer);
    void add_label(Paragraph& paragraph, const std::string& label, const TypeSpec& type, const std::string& pointer);
    std::uint16_t open_list(Length room);
    bool numbers_page(const Placeholder& wanted, const std::string& pointer);
    void note_page_slot(const std::string& path, std::uint16_t slot);
    bool is_page_slot(std::uint16_t slot) const;
    Paragraph rich_paragraph(const RichBlock& block, const TextSpec& text, const TypeSpec& type);
    TypeSpec block_type(const RichBlock& block, const TypeSpec& type, const std::string& pointer) const;
    TypeSpec span_type(const SpanStyle& span, const TypeSpec& type, const std::string& pointer) const;
    void check_known(const Placeholder& wanted, const std::string& pointer);
    bool in_row(const std::string& path) const;

    Compilation& shop_;
    TypeBook& types_;
    RowScope* scope_ = nullptr;
    bool for_people_ = true;  // the text at hand is read by people
    const Swap* swap_ = nullptr;
    bool paging_ = false;
};

/// Shapes the literal words of one passage and cuts it into atoms.
/// Errors   MissingGlyph
Done shape_passage(Passage& passage, Desk& desk, LineBreaker& breaker);

/// Files of the template as assets, each once.
class AssetCompiler {
public:
    explicit AssetCompiler(Compilation& shop) : shop_(shop) {}

    /// A picture fitted into the box asked for, its proportions kept.
    std::optional<Picture> picture(const PictureSpec& spec, Length room);
    /// The pages of a PDF; empty after a finding.
    std::vector<AssetId> pages(const std::string& file, const std::string& pointer);
    /// The same with their placeholders taken out, page by page.
    using PageLines = std::vector<std::vector<FieldLine>>;
    std::vector<AssetId> fillable_pages(const std::string& file, const std::string& pointer, PageLines& lines);
    Size size_of(AssetId asset) const;

private:
    Result<AssetId> load(const PictureSpec& spec);
    std::vector<AssetId> bring(const std::string& file, const std::string& pointer, PageLines* lines);

    Compilation& shop_;
    std::map<std::string, AssetId> loaded_;
};

/// Tables: columns, heads, rows below.
class TableCompiler {
public:
    TableCompiler(Compilation& shop, TypeBook& types, TextCompiler& texts)
        : shop_(shop), types_(types), texts_(texts) {}

    Table table(const TableSpec& spec, const BlockSpec& block);
    Stroke stroke(const StrokeSpec& spec, const std::string& pointer);

private:
    std::vector<Cell> cells(const TableSpec& spec, const TypeSpec& type);
    std::vector<Cell> titles(const TableSpec& spec, const TypeSpec& type);
    void add_amounts(const TableSpec& spec, Table& table);
    void add_sum_rows(const TableSpec& spec, const TypeSpec& type, Table& table);
    SumRow sum_row(const TableSpec& spec, const TextSpec& label, const TypeSpec& type, const Table& table);
    SumRow foot_row(const TableSpec& spec, const FootSpec& foot, const TypeSpec& type, const Table& table);
    static std::optional<Placeholder> amount_of(const ColumnSpec& column);

    Compilation& shop_;
    TypeBook& types_;
    TextCompiler& texts_;
};

/// Blocks → what is set in the flow or at a fixed place.
class BlockCompiler {
public:
    BlockCompiler(Compilation& shop, TypeBook& types, TextCompiler& texts, AssetCompiler& assets)
        : shop_(shop), types_(types), texts_(texts), assets_(assets), tables_(shop, types, texts) {}

    void flow(const BlockSpec& block, Length measure, std::vector<FlowItem>& out);
    void fixed(const BlockSpec& block, std::vector<FixedItem>& out);
    AddressBlock address(const BlockSpec& block);
    void return_line(const BlockSpec& block, std::vector<FixedItem>& out);

private:
    void flow_text(const BlockSpec& block, FlowItem item, std::vector<FlowItem>& out);
    void flow_group(const GroupSpec& group, const BlockSpec& block, Length measure, std::vector<FlowItem>& out);
    Columns columns(const ColumnsSpec& spec, const BlockSpec& block, Length measure);
    std::optional<FlowContent> content(const BlockSpec& block, const TypeSpec& type, Length measure);
    std::optional<Picture> picture(const PictureSpec& spec, const TypeSpec& type, Length measure);
    Stroke stroke(const RuleSpec& rule, const TypeSpec& type, const std::string& pointer);
    QrMark code(const QrSpec& spec, const TypeSpec& type);
    FixedItem placed(const BlockSpec& block, const TypeSpec& type);
    void fixed_text(const TextSpec& text, const BlockSpec& block, std::vector<FixedItem>& out);

    Compilation& shop_;
    TypeBook& types_;
    TextCompiler& texts_;
    AssetCompiler& assets_;
    TableCompiler tables_;
};

/// A page of an upload, and its lines whose placeholders were taken out: what each letter sets in their place.
/// Errors   become findings: a placeholder that cannot be read; warnings: another font, text that had to stay
struct OpenUpload {
    AssetId page;
    std::size_t number = 1;  // of the page, from 1
    const std::vector<FieldLine>& lines;
};
std::vector<FixedItem> field_lines(Compilation& shop, TextCompiler& texts, const OpenUpload& upload);

/// Gives every list the room its widest label needs. Needs shaped passages.
void fit_lists(Compilation& shop, Desk& desk);

/// How far each fixed text may reach before it meets something or leaves the sheet. Needs shaped passages.
void find_rooms(Compilation& shop, Desk& desk, PageDress& page);

/// Draws what never varies once: each page's static layer, static paragraphs of the flow, heads of tables.
/// Errors   become findings
void draw_static_parts(Compilation& shop, Desk& desk, const std::vector<AssetId>& behind);

/// What the press would print badly, with figures: warnings.
/// The address as the market's sorting machines want it: size, capitals, gap between lines, upright and regular.
void check_machine_reading(Compilation& shop, const AddressBlock& address, const std::string& pointer);
void check_ink(Compilation& shop, const Colour& colour, std::string_view name, const std::string& pointer);
void check_line(Compilation& shop, Length width, const std::string& pointer);
void check_picture(Compilation& shop, const Image& image, Size printed, const PictureSpec& spec);

/// What overlaps the window, the code or a reserved zone: warnings.
void check_places(Compilation& shop);

}  // namespace pli::layouts
