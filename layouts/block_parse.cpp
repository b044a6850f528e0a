#include <fmt/format.h>

#include <array>

#include "layouts/template_parse.hpp"
#include "layouts/type_features.hpp"

namespace pli::layouts {
namespace {

constexpr std::array kinds{"text", "html", "table", "image", "qr", "rule", "spacer", "address", "return_line"};

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
    const auto align = reader.choice("align", {"left", "right", "centre"});
    column.align = align ? std::array{Align::Left, Align::Right, Align::Centre}[*align] : Align::Left;
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

TableSpec read_table(ObjectReader reader) {
    TableSpec table;
    read_rows(reader, table);
    for (const auto& column : reader.list("columns")) table.columns.push_back(read_column(reader.findings(), column));
    if (table.columns.empty()) reader.missing("columns", "at least one column");
    table.row_height = reader.mm("row_height");
    table.pad = reader.mm("pad").value_or(1_mm);
    if (reader.has("head_rule")) table.head_rule = read_stroke(reader, "head_rule");
    if (reader.has("row_rule")) table.row_rule = read_stroke(reader, "row_rule");
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
                                "give one of text, html, table, image, qr, rule, spacer");
    return found;
}

void read_content(ObjectReader& reader, BlockSpec& block, std::string_view kind) {
    if (kind == "text" || kind == "html") block.content = read_text(reader, kind);
    if (kind == "table") {
        if (auto table = reader.object("table")) block.content = read_table(*table);
    }
    if (kind == "image")
        block.content =
            PictureSpec{reader.text("image").value_or(""), reader.pointer("image"), reader.mm("w"), reader.mm("h")};
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

}  // namespace

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
    if (type.size && (*type.size < 3_pt || *type.size > 200_pt)) {
        reader.findings().error("type-size", reader.pointer("size"), "type goes from 3 to 200 pt");
        type.size.reset();
    }
    return type;
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
    if (is_code) block.type.gap = reader.pt("gap");
    reader.finish();
    return block;
}

std::vector<BlockSpec> read_blocks(ObjectReader& reader, std::string_view key) {
    std::vector<BlockSpec> blocks;
    for (const auto& pointer : reader.list(key)) blocks.push_back(read_block(reader.findings(), pointer));
    return blocks;
}

}  // namespace pli::layouts
