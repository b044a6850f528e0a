#include <fmt/format.h>

#include "layouts/compiler.hpp"
#include "layouts/machine_reading.hpp"

namespace pli::layouts {
namespace {

Length total_width(const TableSpec& spec) {
    Length width;
    for (const auto& column : spec.columns) width += column.width;
    return width;
}

}  // namespace

Stroke BlockCompiler::stroke(const RuleSpec& rule, const TypeSpec& type, const std::string& pointer) {
    check_line(shop_, rule.stroke.thickness, pointer);
    return {rule.stroke.thickness, types_.colour(*type.colour, pointer)};
}

QrMark BlockCompiler::code(const QrSpec& spec, const TypeSpec& type) {
    QrMark mark{texts_.data(spec.data, type), spec.size, spec.correction, {}, type.align.value_or(Align::Left)};
    if (!spec.caption) return mark;
    mark.caption = texts_.paragraph(*spec.caption, type);
    mark.caption->align = Align::Centre;
    return mark;
}

std::optional<Picture> BlockCompiler::picture(const PictureSpec& spec, const TypeSpec& type, Length measure) {
    auto picture = assets_.picture(spec, measure);
    if (!picture) return {};
    picture->align = type.align.value_or(Align::Left);
    if (spec.caption) picture->caption = texts_.paragraph(*spec.caption, type);
    if (picture->size.width > measure)
        shop_.findings.warning("image-width", spec.pointer,
                               fmt::format("the picture is {:.1f} mm wide, its place {:.1f} mm",
                                           picture->size.width.to_mm(), measure.to_mm()));
    return picture;
}

/// Blocks side by side; a column without a width has its share of what the others leave.
Columns BlockCompiler::columns(const ColumnsSpec& spec, const BlockSpec& block, Length measure) {
    Columns result;
    const auto count = static_cast<std::int64_t>(spec.columns.size());
    Length rest = measure - spec.between * (count - 1);
    std::int64_t sharing = 0;
    for (const auto& column : spec.columns) {
        rest -= column.width.value_or(0_mm);
        sharing += column.width ? 0 : 1;
    }
    if (count == 0 || rest < 0_mm || (sharing > 0 && rest / sharing < 10_mm))
        shop_.findings.error("columns", pointer_to(block.pointer, "columns"),
                             fmt::format("{} columns do not fit into {:.1f} mm", count, measure.to_mm()),
                             R"(give each column "w" in mm, and "between" for what stands between them)");
    Length x;
    for (const auto& column : spec.columns) {
        FlowColumn own{x, column.width.value_or(sharing > 0 ? rest / sharing : 0_mm), {}};
        for (const BlockSpec& inner : column.blocks) flow(inner, own.width, own.items);
        x += own.width + spec.between;
        result.columns.push_back(std::move(own));
    }
    return result;
}

void BlockCompiler::flow_group(const GroupSpec& group, const BlockSpec& block, Length measure,
                               std::vector<FlowItem>& out) {
    const std::size_t first = out.size();
    const Condition when = texts_.condition(block);
    for (const BlockSpec& inner : group.blocks) flow(inner, measure, out);
    if (out.size() == first) return;
    for (std::size_t i = first; i < out.size() && when.placeholder >= 0; ++i) {
        if (out[i].within.placeholder >= 0)
            shop_.findings.error("condition", block.pointer, "a group with a condition stands in another one",
                                 "give the condition to one of them");
        out[i].within = when;
    }
    out[first].group_end = static_cast<std::uint32_t>(out.size());
    out.back().keeps_next = out.back().keeps_next || block.type.keep_next.value_or(false);
    if (block.type.gap) out.back().gap = *block.type.gap;
}

/// Paragraphs of one text. What the block says about keeping holds for all of them together.
void BlockCompiler::flow_text(const BlockSpec& block, FlowItem item, std::vector<FlowItem>& out) {
    TypeSpec type = types_.type_of(block);
    const bool next = type.keep_next.value_or(false), together = type.keep_together.value_or(false);
    type.keep_next.reset();
    type.keep_together.reset();
    const auto* list = std::get_if<ListSpec>(&block.content);
    const auto paragraphs =
        list ? texts_.list(*list, type, 0) : texts_.paragraphs(std::get<TextSpec>(block.content), type);
    const std::size_t first = out.size();
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        const bool within_list =
            i + 1 < paragraphs.size() && !paragraphs[i].lists.empty() && !paragraphs[i + 1].lists.empty();
        FlowItem own = item;
        if (within_list) own.gap = 0_mm;
        own.keeps_next = paragraphs[i].keeps_next || (next && i + 1 == paragraphs.size());
        own.keeps_together = paragraphs[i].keeps_together || together;
        own.content = paragraphs[i];
        out.push_back(std::move(own));
    }
    if (together && out.size() > first + 1) out[first].group_end = static_cast<std::uint32_t>(out.size());
}

std::optional<FlowContent> BlockCompiler::content(const BlockSpec& block, const TypeSpec& type, Length measure) {
    if (const auto* spec = std::get_if<TableSpec>(&block.content)) {
        if (total_width(*spec) > measure)
            shop_.findings.warning("table-width", pointer_to(block.pointer, "table"),
                                   fmt::format("the columns take {:.1f} mm, the body is {:.1f} mm wide",
                                               total_width(*spec).to_mm(), measure.to_mm()));
        return tables_.table(*spec, block);
    }
    if (const auto* spec = std::get_if<PictureSpec>(&block.content)) {
        auto own = picture(*spec, type, measure);
        if (!own) return {};
        return *std::move(own);
    }
    if (const auto* spec = std::get_if<QrSpec>(&block.content)) return code(*spec, type);
    if (const auto* spec = std::get_if<SpacerSpec>(&block.content)) return Spacer{spec->height};
    if (const auto* spec = std::get_if<ColumnsSpec>(&block.content)) return columns(*spec, block, measure);
    if (const auto* spec = std::get_if<RuleSpec>(&block.content))
        return RuleMark{stroke(*spec, type, block.pointer), spec->length.value_or(0_mm), false};
    shop_.findings.error("block-place", block.pointer, "this kind of block does not belong into \"body\"");
    return {};
}

void BlockCompiler::flow(const BlockSpec& block, Length measure, std::vector<FlowItem>& out) {
    if (const auto* group = std::get_if<GroupSpec>(&block.content)) return flow_group(*group, block, measure, out);
    const TypeSpec type = types_.type_of(block);
    FlowItem item;
    item.when = texts_.condition(block);
    item.gap = *type.gap;
    item.pointer = block.pointer;
    if (block.overflow || block.pages != PageScope::Every)
        shop_.findings.error("block-place", block.pointer, R"("overflow" and "when_page" are for fixed blocks)");
    if (std::holds_alternative<TextSpec>(block.content) || std::holds_alternative<ListSpec>(block.content))
        return flow_text(block, std::move(item), out);
    auto own = content(block, type, measure);
    if (!own) return;
    item.content = *std::move(own);
    item.keeps_next = type.keep_next.value_or(false);
    item.keeps_together = type.keep_together.value_or(false);
    // A rule and a space are their own distance; they get a gap only where the block itself asks for one.
    const bool bare =
        std::holds_alternative<RuleSpec>(block.content) || std::holds_alternative<SpacerSpec>(block.content);
    if (bare) item.gap = block.type.gap.value_or(0_mm);
    out.push_back(std::move(item));
}

FixedItem BlockCompiler::placed(const BlockSpec& block, const TypeSpec& type) {
    const Placement at = block.at.value_or(Placement{});
    FixedItem item;
    item.content = RuleMark{};
    item.when = texts_.condition(block);
    item.pointer = block.pointer;
    item.pages = block.pages;
    item.overflow = block.overflow.value_or(block.shrink_to ? Overflow::Shrink : Overflow::Reject);
    item.shrink_to = static_cast<int>(block.shrink_to.value_or(shop_.design.shrink_to) * 1000);
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
        item.content = RuleMark{stroke(*rule, type, block.pointer), length, upright};
    } else if (const auto* spec = std::get_if<PictureSpec>(&block.content)) {
        PictureSpec sized = *spec;
        if (at.width) sized.width = at.width;
        if (at.height) sized.height = at.height;
        const auto picture = assets_.picture(sized, shop_.profile.sheet.width - item.origin.x);
        if (!picture) return;
        item.content = *picture;
        if (spec->caption)
            shop_.findings.error("block-place", spec->caption->pointer, "a fixed picture has no caption",
                                 "set it as a fixed text below the picture");
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
    if (const auto* rules = machine_reading(profile.country)) address.smallest_read = rules->size.from;
    check_machine_reading(shop_, address, block.pointer);
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
    FixedItem line;
    line.when = texts_.condition(block);
    line.origin = {place->left(), place->bottom() - 1_mm};
    line.pointer = block.pointer;
    line.content = RuleMark{{0.25_pt, Colour::black()}, place->size.width, false};
    FixedItem rule = line;
    rule.origin.y = place->bottom();
    line.content = TextStack{{texts_.paragraph(spec.text, type)}, {}};
    // The line is as wide as the window lets it be, and shrinks as the address does.
    line.overflow = Overflow::Shrink;
    line.shrink_to = 800;
    line.room = {{place->left(), 0_mm}, {place->size.width, 0_mm}};
    out.push_back(std::move(line));
    out.push_back(std::move(rule));
}

}  // namespace pli::layouts
