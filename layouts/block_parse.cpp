#include <fmt/format.h>

#include <array>

#include "layouts/template_parse.hpp"
#include "layouts/type_features.hpp"

namespace pli::layouts {
namespace {

constexpr std::array kinds{"text",   "html",    "table",       "image", "qr",    "rule",
                           "spacer", "address", "return_line", "list",  "group", "columns"};

TextSpec read_text(ObjectReader& reader, std::string_view key) {
    return {reader.text(key).value_or(""), key == "html", reader.pointer(key)};
}

/// Thickness in points; the colour is a key beside it.
StrokeSpec read_stroke(ObjectReader& reader, std::string_view key) {
    StrokeSpec stroke{reader.pt(key).value_or(0_pt), reader.text(fmt::format("{}_colour", key))};
    if (stroke.thickness <= 0_pt)
        reader.findings().error("rule-width", reader.pointer(key), "a rule needs a thickness");
    return stroke;
}

ColumnSpec read_column(FindingList& findings, const std::string& pointer) {
    ObjectReader reader(findings, pointer);
    ColumnSpec column;
    column.width = reader.mm("w").value_or(0_mm);
    if (column.width <= 0_mm) reader.missing("w", "the column's width in mm");
    const auto align = reader.choice("align", {"left", "right", "centre", "decimal"});
    column.align = std::array{Align::Left, Align::Right, Align::Centre, Align::Decimal}[align.value_or(0)];
    column.decimal_at = reader.mm("decimal_at");
    column.sums = reader.flag("sum").value_or(false);
    if (reader.has("title")) column.title = read_text(reader, "title");
    column.cell = read_text(reader, "text");
    if (!reader.has("text")) reader.missing("text", "what stands in the column's cells, such as \"{sku}\"");
    reader.finish();
    return column;
}

/// "rows": "items", or {"columns": "i{row}_{field}", "count": 5}.
void read_rows(ObjectReader& reader, TableSpec& table) {
    table.rows_pointer = reader.pointer("rows");
    if (!reader.has("rows")) return reader.missing("rows", "the name of a list field");
    if (!reader.value().at("rows").is_object()) {
        table.list = reader.text("rows").value_or("");
        return;
    }
    auto rows = reader.object("rows");
    table.pattern = rows->text("columns").value_or("");
    table.count = rows->whole("count", 1, 1000).value_or(1);
    const bool complete =
        table.pattern.find("{row}") != std::string::npos && table.pattern.find("{field}") != std::string::npos;
    if (!complete) rows->missing("columns", R"(the names of the numbered columns, such as "i{row}_{field}")");
    rows->finish();
}

/// Rows below the table: {"label": "Total", "sum": true} or {"label": "VAT", "text": "{vat:money}"}.
FootSpec read_foot(FindingList& findings, const std::string& pointer) {
    ObjectReader reader(findings, pointer);
    FootSpec foot;
    foot.pointer = pointer;
    foot.label = read_text(reader, "label");
    if (reader.has("text")) foot.text = read_text(reader, "text");
    const bool sum = reader.flag("sum").value_or(false);
    if (sum == foot.text.has_value())
        findings.error("foot-row", pointer, R"(a row below the table has "text", or "sum": true)");
    foot.bold = reader.flag("bold");
    if (reader.has("rule")) foot.rule = read_stroke(reader, "rule");
    reader.finish();
    return foot;
}

/// "carry": {"forward": "Carried forward", "brought": "Brought forward"}
void read_carry(ObjectReader& reader, TableSpec& table) {
    auto carry = reader.object("carry");
    if (!carry) return;
    table.carried = read_text(*carry, "forward");
    table.brought = read_text(*carry, "brought");
    if (!carry->has("forward")) carry->missing("forward", "the label of the sum at a page's foot");
    if (!carry->has("brought")) carry->missing("brought", "the label of the sum at the next page's head");
    carry->finish();
}

TableSpec read_table(ObjectReader reader) {
    TableSpec table;
    read_rows(reader, table);
    for (const auto& column : reader.list("columns")) table.columns.push_back(read_column(reader.findings(), column));
    if (table.columns.empty()) reader.missing("columns", "at least one column");
    table.row_height = reader.mm("row_height");
    table.pad = reader.mm("pad").value_or(1_mm);
    if (reader.has("head_rule")) table.head_rule = read_stroke(reader, "head_rule");
    if (reader.has("row_rule")) table.row_rule = read_stroke(reader, "row_rule");
    table.zebra = reader.text("zebra");
    read_carry(reader, table);
    for (const auto& row : reader.list("foot")) table.foot.push_back(read_foot(reader.findings(), row));
    reader.finish();
    return table;
}

QrSpec read_qr(ObjectReader& reader) {
    QrSpec qr{read_text(reader, "qr"), reader.mm("size").value_or(25_mm), Correction::M, {}};
    qr.correction = static_cast<Correction>(reader.choice("correction", {"L", "M", "Q", "H"}).value_or(1));
    if (reader.has("caption")) qr.caption = read_text(reader, "caption");
    if (qr.size <= 0_mm) reader.findings().error("size", reader.pointer("size"), "a code needs a size above 0 mm");
    return qr;
}

AddressSpec read_address_object(ObjectReader& reader) {
    AddressSpec address;
    address.pointer = reader.pointer();
    for (const auto& pointer : reader.list("lines")) {
        const auto& line = reader.findings().source().value().at(nlohmann::json::json_pointer(pointer));
        if (line.is_string()) address.lines.push_back({line.get<std::string>(), false, pointer});
        if (!line.is_string()) reader.findings().error("wrong-kind", pointer, "an address line must be text in quotes");
    }
    address.x = reader.mm("x");
    address.first_baseline = reader.mm("first_baseline");
    address.leading = reader.mm("leading_mm");
    address.size = reader.pt("size");
    return address;
}

/// The one key that says what the block is.
std::string_view kind_of(ObjectReader& reader) {
    std::string_view found;
    for (const std::string_view kind : kinds) {
        if (!reader.has(kind)) continue;
        if (!found.empty())
            reader.findings().error("block-kind", reader.pointer(kind),
                                    fmt::format("a block is either \"{}\" or \"{}\"", found, kind));
        found = kind;
    }
    if (found.empty())
        reader.findings().error("block-kind", reader.pointer(), "this block has no content",
                                "give one of text, html, list, table, image, qr, rule, spacer, group, columns");
    return found;
}

PictureSpec read_picture(ObjectReader& reader) {
    PictureSpec picture{reader.text("image").value_or(""), reader.pointer("image"), reader.mm("w"), reader.mm("h"), {}};
    if (reader.has("caption")) picture.caption = read_text(reader, "caption");
    return picture;
}

ColumnsSpec read_columns(ObjectReader& reader) {
    ColumnsSpec columns;
    columns.between = reader.mm("between").value_or(5_mm);
    for (const auto& pointer : reader.list("columns")) {
        ObjectReader column(reader.findings(), pointer);
        columns.columns.push_back({column.mm("w"), read_blocks(column, "body")});
        if (!column.has("body")) column.missing("body", "the blocks that stand below one another in the column");
        column.finish();
    }
    return columns;
}

void read_content(ObjectReader& reader, BlockSpec& block, std::string_view kind) {
    if (kind == "text" || kind == "html") block.content = read_text(reader, kind);
    if (kind == "table") {
        if (auto table = reader.object("table")) block.content = read_table(*table);
    }
    if (kind == "image") block.content = read_picture(reader);
    if (kind == "list") block.content = read_list(reader);
    if (kind == "group") block.content = GroupSpec{read_blocks(reader, "group")};
    if (kind == "columns") block.content = read_columns(reader);
    if (kind == "qr") block.content = read_qr(reader);
    if (kind == "rule") block.content = RuleSpec{{read_stroke(reader, "rule").thickness, {}}, reader.mm("w")};
    if (kind == "spacer") block.content = SpacerSpec{reader.mm("spacer").value_or(0_mm)};
    if (kind == "address") block = read_address(reader, "address");
    if (kind == "return_line") block.content = ReturnLineSpec{read_text(reader, "return_line")};
}

void read_condition(ObjectReader& reader, BlockSpec& block) {
    const auto when = reader.text("if");
    const auto unless = reader.text("unless");
    if (when && unless)
        reader.findings().error("condition", reader.pointer("unless"), "a block has \"if\" or \"unless\", not both");
    block.condition = when.value_or(unless.value_or(""));
    block.unless = unless.has_value();
}

/// true, false or "all".
std::optional<Hyphenate> read_hyphenate(ObjectReader& reader) {
    if (!reader.has("hyphenate")) return {};
    if (reader.value().at("hyphenate").is_string())
        return reader.choice("hyphenate", {"all"}) ? std::optional(Hyphenate::All) : std::nullopt;
    const auto wanted = reader.flag("hyphenate");
    if (!wanted) return {};
    return *wanted ? Hyphenate::Text : Hyphenate::None;
}

}  // namespace

std::vector<TabSpec> read_tabs(ObjectReader& reader) {
    std::vector<TabSpec> tabs;
    for (const auto& pointer : reader.list("tabs")) {
        ObjectReader stop(reader.findings(), pointer);
        TabSpec tab;
        tab.at = stop.mm("at").value_or(0_mm);
        if (tab.at <= 0_mm) stop.missing("at", "its distance from the left end of the text in mm");
        const auto align = stop.choice("align", {"left", "right", "centre", "decimal"});
        tab.align = std::array{Align::Left, Align::Right, Align::Centre, Align::Decimal}[align.value_or(0)];
        tab.leader = stop.text("leader").value_or("");
        stop.finish();
        const bool before = !tabs.empty() && tab.at <= tabs.back().at;
        if (before) reader.findings().error("tabs", pointer, "tab stops go from left to right");
        tabs.push_back(std::move(tab));
    }
    return tabs;
}

TypeSpec read_type(ObjectReader& reader) {
    TypeSpec type;
    type.pointer = reader.pointer();
    type.font = reader.text("font");
    type.size = reader.pt("size");
    type.leading = reader.pt("leading");
    type.gap = reader.pt("gap");
    type.bold = reader.flag("bold");
    type.italic = reader.flag("italic");
    type.underline = reader.flag("underline");
    type.colour = reader.text("colour");
    type.wishes = read_font_wishes(reader);
    const auto align = reader.choice("align", {"start", "left", "right", "centre", "justify"});
    if (align) type.align = static_cast<Align>(*align);
    type.widows = reader.whole("widows", 1, 9);
    type.orphans = reader.whole("orphans", 1, 9);
    type.keep_next = reader.flag("keep_with_next");
    type.keep_together = reader.flag("keep_together");
    if (reader.has("tabs")) type.tabs = read_tabs(reader);
    if (const auto breaking = reader.choice("breaking", {"greedy", "optimum"}))
        type.breaking = static_cast<Breaking>(*breaking);
    type.hyphenate = read_hyphenate(reader);
    type.max_hyphens = reader.whole("max_hyphens", 0, 20);
    type.hang = reader.flag("hang");
    type.locale = reader.text("locale");
    if (type.size && (*type.size < 3_pt || *type.size > 200_pt)) {
        reader.findings().error("type-size", reader.pointer("size"), "type goes from 3 to 200 pt");
        type.size.reset();
    }
    return type;
}

std::optional<double> read_share(ObjectReader& reader, std::string_view key) {
    const auto share = reader.number(key);
    if (!share || (*share >= 0.5 && *share <= 1)) return share;
    reader.findings().error("shrink-to", reader.pointer(key), "type shrinks to between 0.5 and 1 of its size");
    return {};
}

Placement read_placement(ObjectReader reader) {
    Placement at;
    at.x = reader.mm("x");
    at.right_x = reader.mm("right_x");
    at.centre_x = reader.mm("centre_x");
    at.y = reader.mm("y");
    at.baseline = reader.mm("baseline");
    at.width = reader.mm("w");
    at.height = reader.mm("h");
    reader.finish();
    return at;
}

BlockSpec read_address(ObjectReader& reader, std::string_view key) {
    BlockSpec block;
    block.pointer = reader.pointer(key);
    AddressSpec address;
    address.pointer = block.pointer;
    if (reader.has(key) && reader.value().at(std::string(key)).is_object()) {
        auto object = reader.object(key);
        address = read_address_object(*object);
        block.type = {};
        object->finish();
    } else if (reader.has(key)) {
        reader.choice(key, {"auto"});
    }
    block.content = std::move(address);
    return block;
}

/// What becomes of a fixed text that outgrows its place, and the pages a fixed block stands on.
void read_policy(ObjectReader& reader, BlockSpec& block) {
    if (const auto overflow = reader.choice("overflow", {"flow", "shrink", "reject"}))
        block.overflow = static_cast<Overflow>(*overflow);
    block.shrink_to = read_share(reader, "shrink_to");
    const auto pages = reader.choice("when_page", {"every", "first", "follow-on", "last", "not-last", "several"});
    if (pages) block.pages = static_cast<PageScope>(*pages);
}

/// The keys of a code that are not its caption's.
void read_code_type(ObjectReader& reader, TypeSpec& type) {
    type.gap = reader.pt("gap");
    type.keep_next = reader.flag("keep_with_next");
    const auto align = reader.choice("align", {"left", "centre", "right"});
    if (align) type.align = std::array{Align::Left, Align::Centre, Align::Right}[*align];
}

BlockSpec read_block(FindingList& findings, const std::string& pointer) {
    ObjectReader reader(findings, pointer);
    BlockSpec block;
    const auto kind = kind_of(reader);
    // A code's "size" is millimetres of its side; everywhere else it is the type size.
    const bool is_code = kind == "qr";
    if (is_code) {
        if (auto caption = reader.object("caption_style")) {
            block.type = read_type(*caption);
            caption->finish();
        }
    } else {
        block.type = read_type(reader);
    }
    read_content(reader, block, kind);
    block.pointer = pointer;
    block.style = reader.text("style").value_or("");
    read_condition(reader, block);
    if (auto at = reader.object("at")) block.at = read_placement(*at);
    block.page = reader.whole("page", 1, 200).value_or(0);
    read_policy(reader, block);
    if (is_code) read_code_type(reader, block.type);
    reader.finish();
    return block;
}

std::vector<BlockSpec> read_blocks(ObjectReader& reader, std::string_view key) {
    std::vector<BlockSpec> blocks;
    for (const auto& pointer : reader.list(key)) blocks.push_back(read_block(reader.findings(), pointer));
    return blocks;
}

}  // namespace pli::layouts
