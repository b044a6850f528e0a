#include <fmt/format.h>

#include "layouts/desk.hpp"
#include "layouts/qr_capacity.hpp"

namespace pli::layouts {
namespace {

/// Longer than any line: text without a measure breaks only where its author broke it.
constexpr Length endless = 100'000_mm;

/// Below this a module is too small for a phone's camera after printing and folding.
constexpr Length smallest_module = 0.33_mm;

Done check_code(std::size_t bytes, const QrMark& mark) {
    const int version = qr_version(bytes, mark.correction);
    if (version == 0)
        return failure(Fault::Overflow, "QR code",
                       fmt::format("{} bytes are more than a QR code holds at this correction", bytes),
                       "shorten its text");
    const int modules = qr_modules(version);
    if (mark.size / modules >= smallest_module) return {};
    return failure(
        Fault::Overflow, "QR code",
        fmt::format("{} bytes make {} modules of {:.2f} mm in {:.1f} mm; below {:.2f} mm cameras fail", bytes, modules,
                    (mark.size / modules).to_mm(), mark.size.to_mm(), smallest_module.to_mm()),
        fmt::format("make the code at least {:.1f} mm wide or shorten its text",
                    (smallest_module * modules).to_mm() + 0.05));
}

/// Sets the paragraphs below one another; `item.origin` is the first baseline.
Done draw_text(Desk& desk, const FixedItem& item, const TextStack& stack, Frame& frame) {
    const Length top = item.origin.y - stack.paragraphs.front().leading.scaled(baseline_share);
    Length y = top;
    for (const Paragraph& paragraph : stack.paragraphs) {
        if (y > top) y += stack.gap;
        TRY(compose(desk, paragraph, item.measure.value_or(endless)));
        const auto count = desk.prose.lines.size();
        const Length height = paragraph.leading * static_cast<std::int64_t>(count);
        const Rect place{{item.origin.x, y}, {item.measure.value_or(0_mm), height}};
        TRY(set_lines(desk, paragraph, {0, count}, place, frame));
        y += height;
    }
    if (!item.height || y - top <= *item.height) return {};
    return failure(Fault::Overflow, "fixed text",
                   fmt::format("it takes {:.1f} mm, its box has {:.1f} mm", (y - top).to_mm(), item.height->to_mm()),
                   "shorten the text or enlarge the box");
}

Done draw_label(Desk& desk, const Paragraph& paragraph, Point baseline, Frame& frame) {
    Prose& label = desk.prose;
    TRY(desk.weaver.weave(desk.state->passages[static_cast<std::size_t>(paragraph.label)], desk.values,
                          Emptiness::Refused, label));
    break_lines(label, endless);
    for (const SetLine& line : label.lines) desk.setter().set(label, line, {baseline, 0_mm, Align::Left}, frame);
    return {};
}

}  // namespace

Done compose(Desk& desk, const Paragraph& paragraph, Length measure) {
    TRY(desk.weaver.weave(desk.state->passages[paragraph.passage], desk.values, Emptiness::Refused, desk.prose));
    break_lines(desk.prose, measure - paragraph.indent);
    return {};
}

Done set_lines(Desk& desk, const Paragraph& paragraph, LineRange lines, const Rect& place, Frame& frame) {
    Point pen{place.left() + paragraph.indent, place.top() + paragraph.leading.scaled(baseline_share)};
    if (paragraph.label >= 0 && lines.first == 0) {
        // The label borrows the tray in which the paragraph's lines wait.
        Prose waiting = std::move(desk.prose);
        TRY(draw_label(desk, paragraph, {pen.x - label_room, pen.y}, frame));
        desk.prose = std::move(waiting);
    }
    const Length measure = place.size.width == 0_mm ? 0_mm : place.size.width - paragraph.indent;
    auto setter = desk.setter();
    for (std::size_t i = lines.first; i < lines.first + lines.count; ++i) {
        setter.set(desk.prose, desk.prose.lines[i], {pen, measure, paragraph.align}, frame);
        pen.y += paragraph.leading;
    }
    return {};
}

Length height_of(const QrMark& mark) { return mark.size + (mark.caption ? mark.caption->leading : 0_mm); }

Done draw_code(Desk& desk, const QrMark& mark, Point corner, Frame& frame) {
    TRY(Weaver::fill_in(desk.state->passages[mark.data], desk.values, desk.payload));
    TRY(check_code(desk.payload.size(), mark));
    frame.items.emplace_back(
        Code{Symbology::Qr, mark.correction, {corner, {mark.size, mark.size}}, frame.add_text(desk.payload)});
    if (!mark.caption) return {};
    TRY(compose(desk, *mark.caption, endless));
    const Rect below{{corner.x + mark.size / 2, corner.y + mark.size}, {}};
    return set_lines(desk, *mark.caption, {0, desk.prose.lines.size()}, below, frame);
}

Done draw_fixed(Desk& desk, const FixedItem& item, Frame& frame) {
    if (const auto* text = std::get_if<TextStack>(&item.content)) return draw_text(desk, item, *text, frame);
    if (const auto* code = std::get_if<QrMark>(&item.content)) return draw_code(desk, *code, item.origin, frame);
    if (const auto* picture = std::get_if<Picture>(&item.content))
        frame.items.emplace_back(Placed{picture->asset, {item.origin, picture->size}});
    if (const auto* rule = std::get_if<RuleMark>(&item.content)) {
        const Point along = rule->upright ? Point{0_mm, rule->length} : Point{rule->length, 0_mm};
        frame.items.emplace_back(Rule{item.origin, item.origin + along, rule->stroke.thickness, rule->stroke.colour});
    }
    return {};
}

}  // namespace pli::layouts
