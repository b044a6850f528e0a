#include <fmt/format.h>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

/// The names the rows of a list have in the sample, for the check of a table's placeholders.
std::vector<std::string> sample_members(const JsonSource& source, const std::string& list) {
    std::vector<std::string> members;
    const auto sample = source.value().find("sample");
    if (sample == source.value().end() || !sample->is_object()) return members;
    const auto rows = sample->find(list);
    if (rows == sample->end() || !rows->is_array()) return members;
    for (const auto& row : *rows)
        if (row.is_object())
            for (const auto& [name, _] : row.items()) members.push_back(name);
    return members;
}

Length total_width(const TableSpec& spec) {
    Length width;
    for (const auto& column : spec.columns) width += column.width;
    return width;
}

}  // namespace

Stroke BlockCompiler::stroke(const StrokeSpec& spec, const std::string& pointer) {
    return {spec.thickness, types_.colour(spec.colour.value_or("black"), pointer)};
}

std::vector<Cell> BlockCompiler::cells(const TableSpec& spec, const TypeSpec& type) {
    std::vector<Cell> row;
    Length x;
    for (const auto& column : spec.columns) {
        row.push_back({texts_.passage(column.cell, type), column.align, x + spec.pad, column.width - spec.pad * 2});
        x += column.width;
    }
    return row;
}

std::vector<Cell> BlockCompiler::titles(const TableSpec& spec, const TypeSpec& type) {
    TypeSpec bold = type;
    bold.bold = true;
    std::vector<Cell> row;
    Length x;
    for (const auto& column : spec.columns) {
        const Length width = column.width - spec.pad * 2;
        if (column.title) row.push_back({texts_.passage(*column.title, bold), column.align, x + spec.pad, width});
        x += column.width;
    }
    return row;
}

Table BlockCompiler::table(const TableSpec& spec, const BlockSpec& block) {
    const TypeSpec type = types_.type_of(block);
    const std::string pointer = pointer_to(block.pointer, "table");
    Table table;
    table.width = total_width(spec);
    table.leading = TypeBook::leading(type);
    table.row_height = spec.row_height.value_or(table.leading + 1.2_mm);
    table.titles = titles(spec, type);
    if (spec.head_rule) table.head_rule = stroke(*spec.head_rule, pointer);
    if (spec.row_rule) table.row_rule = stroke(*spec.row_rule, pointer);
    TextCompiler::RowScope scope{spec.list, spec.pattern, 0, sample_members(shop_.findings.source(), spec.list), {}};
    if (!spec.list.empty()) {
        Placeholder list;
        list.path = spec.list;
        table.list = texts_.placeholder(list, spec.rows_pointer);
    }
    texts_.enter(&scope);
    for (scope.row = 1; scope.row <= (spec.list.empty() ? spec.count : 1); ++scope.row)
        table.rows.push_back(cells(spec, type));
    texts_.enter(nullptr);
    table.row_slots = std::move(scope.slots);
    return table;
}

QrMark BlockCompiler::code(const QrSpec& spec, const TypeSpec& type) {
    QrMark mark{texts_.passage(spec.data, type), spec.size, spec.correction, {}};
    if (!spec.caption) return mark;
    mark.caption = texts_.paragraph(*spec.caption, type);
    mark.caption->align = Align::Centre;
    return mark;
}

void BlockCompiler::flow(const BlockSpec& block, Length measure, std::vector<FlowItem>& out) {
    const TypeSpec type = types_.type_of(block);
    FlowItem item{texts_.condition(block), *type.gap, Spacer{}};
    if (const auto* text = std::get_if<TextSpec>(&block.content)) {
        const auto paragraphs = texts_.paragraphs(*text, type);
        for (std::size_t i = 0; i < paragraphs.size(); ++i) {
            const bool within_list =
                i + 1 < paragraphs.size() && paragraphs[i].indent > 0_mm && paragraphs[i + 1].indent > 0_mm;
            out.push_back({item.when, within_list ? 0_mm : item.gap, paragraphs[i]});
        }
        return;
    }
    if (const auto* spec = std::get_if<TableSpec>(&block.content)) {
        item.content = table(*spec, block);
        if (total_width(*spec) > measure)
            shop_.findings.warning("table-width", pointer_to(block.pointer, "table"),
                                   fmt::format("the columns take {:.1f} mm, the body is {:.1f} mm wide",
                                               total_width(*spec).to_mm(), measure.to_mm()));
    }
    if (const auto* spec = std::get_if<PictureSpec>(&block.content)) {
        const auto picture = assets_.picture(*spec, measure);
        if (picture) item.content = *picture;
    }
    if (const auto* spec = std::get_if<QrSpec>(&block.content)) item.content = code(*spec, type);
    if (const auto* spec = std::get_if<SpacerSpec>(&block.content)) item.content = Spacer{spec->height};
    if (const auto* spec = std::get_if<RuleSpec>(&block.content))
        item.content = RuleMark{
            {spec->stroke.thickness, types_.colour(*type.colour, block.pointer)}, spec->length.value_or(0_mm), false};
    // A rule and a space are their own distance; they get a gap only where the block itself asks for one.
    const bool bare =
        std::holds_alternative<RuleSpec>(block.content) || std::holds_alternative<SpacerSpec>(block.content);
    if (bare) item.gap = block.type.gap.value_or(0_mm);
    out.push_back(std::move(item));
}

FixedItem BlockCompiler::placed(const BlockSpec& block, const TypeSpec& type) {
    const Placement at = block.at.value_or(Placement{});
    FixedItem item{texts_.condition(block), {}, {}, {}, RuleMark{}};
    const auto x = at.x ? at.x : at.right_x ? at.right_x : at.centre_x;
    if (!x || (!at.y && !at.baseline))
        shop_.findings.error("missing-place", block.pointer, "a fixed block needs a place on the page",
                             R"(give "at": {"x": …, "y": …} in mm; texts may have "baseline", "right_x", "centre_x")");
    item.origin = {x.value_or(0_mm), at.y ? *at.y : at.baseline.value_or(0_mm)};
    if (at.width) item.measure = at.width;
    if (at.height) item.height = at.height;
    if (!at.baseline) item.origin.y += TypeBook::leading(type).scaled(baseline_share);
    return item;
}

void BlockCompiler::fixed_text(const TextSpec& text, const BlockSpec& block, std::vector<FixedItem>& out) {
    const TypeSpec type = types_.type_of(block);
    FixedItem item = placed(block, type);
    const Placement at = block.at.value_or(Placement{});
    TextStack stack{texts_.paragraphs(text, type), *type.gap};
    // Without a width there is no measure to align in: the text stands at its x, ends there, or has its middle there.
    for (auto& paragraph : stack.paragraphs)
        if (!at.width) paragraph.align = at.right_x ? Align::Right : at.centre_x ? Align::Centre : Align::Left;
    if (stack.paragraphs.empty()) return;
    item.content = std::move(stack);
    out.push_back(std::move(item));
}

void BlockCompiler::fixed(const BlockSpec& block, std::vector<FixedItem>& out) {
    if (const auto* text = std::get_if<TextSpec>(&block.content)) return fixed_text(*text, block, out);
    const TypeSpec type = types_.type_of(block);
    FixedItem item = placed(block, type);
    const Placement at = block.at.value_or(Placement{});
    item.origin.y = at.y.value_or(at.baseline.value_or(0_mm));
    if (const auto* qr = std::get_if<QrSpec>(&block.content)) {
        item.content = code(*qr, type);
    } else if (const auto* rule = std::get_if<RuleSpec>(&block.content)) {
        const bool upright = at.height.has_value();
        const Length length = upright ? *at.height : at.width.value_or(rule->length.value_or(0_mm));
        item.content = RuleMark{{rule->stroke.thickness, types_.colour(*type.colour, block.pointer)}, length, upright};
    } else if (const auto* spec = std::get_if<PictureSpec>(&block.content)) {
        PictureSpec sized = *spec;
        if (at.width) sized.width = at.width;
        if (at.height) sized.height = at.height;
        const auto picture = assets_.picture(sized, shop_.profile.sheet.width - item.origin.x);
        if (!picture) return;
        item.content = *picture;
    } else {
        return shop_.findings.error("block-place", block.pointer, "this kind of block belongs into \"body\"");
    }
    out.push_back(std::move(item));
}

AddressBlock BlockCompiler::address(const BlockSpec& block) {
    const auto& spec = std::get<AddressSpec>(block.content);
    const Profile& profile = shop_.profile;
    TypeSpec type = types_.type_of(block);
    type.size = spec.size.value_or(profile.address_size);
    type.leading = spec.leading.value_or(profile.address_leading);
    AddressBlock address;
    address.style = types_.style(type);
    address.leading = *type.leading;
    address.origin.x = spec.x.value_or(profile.address.left());
    address.origin.y = spec.first_baseline.value_or(profile.address.top() + address.leading.scaled(baseline_share));
    address.width = std::min(profile.address.right(), profile.always_visible.right()) - address.origin.x;
    address.bottom = profile.always_visible.bottom();
    address.max_lines = profile.address_lines;
    address.max_lines_abroad = profile.address_lines_abroad;
    for (const auto& line : spec.lines) address.lines.push_back(texts_.passage(line, type));
    return address;
}

void BlockCompiler::return_line(const BlockSpec& block, std::vector<FixedItem>& out) {
    const auto& spec = std::get<ReturnLineSpec>(block.content);
    const auto& place = shop_.profile.return_line;
    if (!place) {
        return shop_.findings.error("no-return-line", block.pointer,
                                    fmt::format("profile {} has no place for a return line", shop_.profile.name),
                                    "set it as a fixed text outside the window");
    }
    TypeSpec type = types_.type_of(block);
    type.size = shop_.profile.return_size;
    FixedItem line{texts_.condition(block), {place->left(), place->bottom() - 1_mm}, {}, {}, RuleMark{}};
    FixedItem rule = line;
    rule.origin.y = place->bottom();
    rule.content = RuleMark{{0.25_pt, Colour::black()}, place->size.width, false};
    line.content = TextStack{{texts_.paragraph(spec.text, type)}, {}};
    out.push_back(std::move(line));
    out.push_back(std::move(rule));
}

}  // namespace pli::layouts
