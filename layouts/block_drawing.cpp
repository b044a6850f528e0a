#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "layouts/desk.hpp"
#include "layouts/qr_capacity.hpp"
#include "layouts/tab_setting.hpp"

namespace pli::layouts {
namespace {

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

/// Nearer to the sheet's edge no caption comes.
constexpr Length edge = 5_mm;

/// How far a text without a measure reaches to either side.
Done check_width(const FixedItem& item, Align align, Length width) {
    Length left = item.origin.x, right = left + width;
    if (align == Align::Right) left -= width, right -= width;
    if (align == Align::Centre) left -= width / 2, right -= width / 2;
    const bool fits = left >= item.room.left() && right <= item.room.right();
    if (item.room.size.width == 0_mm || fits) return {};
    const Length over = std::max(item.room.left() - left, right - item.room.right());
    return failure(
        Fault::Overflow, "fixed text",
        fmt::format("a line is {:.1f} mm wide and reaches {:.1f} mm beyond its place", width.to_mm(), over.to_mm()),
        R"(shorten the text, or give it a width "w" to be broken in)");
}

Done check_depth(const FixedItem& item, Length top, Length bottom) {
    const bool boxed = item.height && item.overflow != Overflow::Flow;
    if (boxed && bottom > top + *item.height)
        return failure(
            Fault::Overflow, "fixed text",
            fmt::format("it takes {:.1f} mm, its box has {:.1f} mm", (bottom - top).to_mm(), item.height->to_mm()),
            "shorten the text or enlarge the box");
    if (item.room.size.height == 0_mm || bottom <= item.room.bottom()) return {};
    return failure(Fault::Overflow, "fixed text",
                   fmt::format("it reaches down to {:.1f} mm, {:.1f} mm beyond its place", bottom.to_mm(),
                               (bottom - item.room.bottom()).to_mm()),
                   "shorten the text, or move what stands below it");
}

/// Sets the paragraphs below one another; `item.origin` is the first baseline.
Done set_stack(Desk& desk, const FixedItem& item, const TextStack& stack, int scale, Frame& frame) {
    const auto scaled = [&](Length length) { return length * scale / 1000; };
    const Length top = item.origin.y - stack.paragraphs.front().leading.scaled(baseline_share);
    Length y = top;
    for (const Paragraph& paragraph : stack.paragraphs) {
        if (y > top) y += scaled(stack.gap);
        TRY(compose(desk, paragraph, item.measure ? *item.measure * 1000 / scale : endless));
        const auto count = desk.prose.lines.size();
        if (!item.measure)
            for (const SetLine& line : desk.prose.lines) TRY(check_width(item, paragraph.align, scaled(line.width)));
        const Length height = paragraph.leading * static_cast<std::int64_t>(count);
        const Rect place{{item.origin.x, y}, {item.measure.value_or(0_mm) * 1000 / scale, height}};
        const std::size_t items = frame.items.size();
        TRY(set_lines(desk, paragraph, {0, count}, place, frame));
        if (scale != 1000) reduce(frame, items, place.origin, scale);
        y += scaled(height);
    }
    return check_depth(item, top, y);
}

/// Sets the text; where it outgrows its place and may shrink, again and again a little smaller.
Done draw_text(Desk& desk, const FixedItem& item, const TextStack& stack, Frame& frame) {
    const std::size_t items = frame.items.size(), glyphs = frame.glyphs.size(), text = frame.text.size();
    for (int scale = 1000;; scale = std::max(scale - shrink_step, item.shrink_to)) {
        Done done = set_stack(desk, item, stack, scale, frame);
        if (done || done.error().fault != Fault::Overflow) return done;
        if (item.overflow != Overflow::Shrink || scale <= item.shrink_to) {
            Error error = std::move(done).error();
            error.where = item.pointer.empty() ? error.where : fmt::format("{} {}", error.where, item.pointer);
            if (scale < 1000) error.message += fmt::format(" at {:.1f} % of its size", scale / 10.0);
            return tl::unexpected(std::move(error));
        }
        frame.items.erase(frame.items.begin() + static_cast<std::ptrdiff_t>(items), frame.items.end());
        frame.glyphs.resize(glyphs);
        frame.text.resize(text);
    }
}

Done draw_label(Desk& desk, const Paragraph& paragraph, Point text, Frame& frame) {
    Prose& label = desk.prose;
    TRY(desk.weaver.weave(desk.state->passages[static_cast<std::size_t>(paragraph.label)], desk.values,
                          Emptiness::Refused, label));
    break_lines(label, endless);
    const Length room = paragraph.label_ends ? paragraph.label_room - label_distance : 0_mm;
    const LinePlace place{text + Point{-paragraph.label_room, 0_mm}, room,
                          paragraph.label_ends ? Align::Right : Align::Left};
    for (const SetLine& line : label.lines) desk.setter().set(label, line, place, frame);
    return {};
}

Done check_lines(const Desk& desk, const Paragraph& paragraph, Length measure) {
    for (const SetLine& line : desk.prose.lines) {
        if (line.width <= measure || !sticks_out(desk.prose, line, measure)) continue;
        return failure(Fault::Overflow, fmt::format("text {}", desk.state->passages[paragraph.passage].pointer),
                       fmt::format("{:.1f} mm that no line may divide stand in a line of {:.1f} mm", line.width.to_mm(),
                                   measure.to_mm()),
                       "shorten it or make its place wider");
    }
    return {};
}

Done break_paragraph(Desk& desk, const Paragraph& paragraph, Length measure) {
    if (!paragraph.tabs.empty()) return break_tabbed(desk, paragraph, measure - paragraph.indent);
    break_lines(desk.prose, measure - paragraph.indent);
    return check_lines(desk, paragraph, measure - paragraph.indent);
}

}  // namespace

bool sticks_out(const Prose& prose, const SetLine& line, Length measure) {
    const Hang hang = hang_of(prose, line);
    // A justified line may have been broken in the hope of narrower spaces. A nanometre is rounding.
    return line.width - hang.left - hang.right - shrink_of_space(spaces_of(prose, line)) > measure + 1_pt / 100;
}

Done compose(Desk& desk, const Paragraph& paragraph, Length measure) {
    TRY(desk.weaver.weave(desk.state->passages[paragraph.passage], desk.values, Emptiness::Refused, desk.prose));
    return break_paragraph(desk, paragraph, measure);
}

Done rebreak_from(Desk& desk, const Paragraph& paragraph, std::size_t done, Length measure) {
    auto& boxes = desk.prose.boxes;
    boxes.erase(boxes.begin(), boxes.begin() + desk.prose.lines[done].first);
    return break_paragraph(desk, paragraph, measure);
}

void reduce(Frame& frame, std::size_t first_item, Point corner, int scale) {
    const auto smaller = [&](Length length) { return length * scale / 1000; };
    const auto nearer = [&](Point p) {
        return Point{corner.x + smaller(p.x - corner.x), corner.y + smaller(p.y - corner.y)};
    };
    for (std::size_t i = first_item; i < frame.items.size(); ++i) {
        if (auto* run = std::get_if<TextRun>(&frame.items[i])) {
            run->baseline = nearer(run->baseline);
            run->size = smaller(run->size);
        }
        if (auto* rule = std::get_if<Rule>(&frame.items[i]))
            *rule = {nearer(rule->from), nearer(rule->to), smaller(rule->width), rule->colour};
    }
}

Done set_lines(Desk& desk, const Paragraph& paragraph, LineRange lines, const Rect& place, Frame& frame) {
    Point pen{place.left() + paragraph.indent, place.top() + paragraph.leading.scaled(baseline_share)};
    if (paragraph.label >= 0 && lines.begins) {
        // The label borrows the tray in which the paragraph's lines wait.
        std::swap(desk.prose, desk.waiting);
        const Done labelled = draw_label(desk, paragraph, pen, frame);
        std::swap(desk.prose, desk.waiting);
        if (!labelled) return labelled;
    }
    const Length measure = place.size.width == 0_mm ? 0_mm : place.size.width - paragraph.indent;
    auto setter = desk.setter();
    for (std::size_t i = lines.first; i < lines.first + lines.count; ++i) {
        if (paragraph.tabs.empty())
            setter.set(desk.prose, desk.prose.lines[i], {pen, measure, paragraph.align}, frame);
        else
            set_tabbed(desk, paragraph, desk.prose.lines[i], {pen, measure, paragraph.align}, frame);
        pen.y += paragraph.leading;
    }
    return {};
}

Result<Length> compose_caption(Desk& desk, const Paragraph& caption, Length measure) {
    TRY(compose(desk, caption, measure));
    return caption.leading * static_cast<std::int64_t>(desk.prose.lines.size());
}

Done set_caption(Desk& desk, const Paragraph& caption, const Rect& place, Frame& frame) {
    return set_lines(desk, caption, {0, desk.prose.lines.size()}, place, frame);
}

Length caption_measure(Length left, Length width, Length sheet) {
    return width + std::max(std::min(left, sheet - left - width) - edge, 0_mm) * 2;
}

Done draw_code(Desk& desk, const QrMark& mark, Point corner, Frame& frame) {
    TRY(Weaver::fill_in(desk.state->passages[mark.data], desk.values, desk.payload));
    TRY(check_code(desk.payload.size(), mark));
    frame.items.emplace_back(
        Code{Symbology::Qr, mark.correction, {corner, {mark.size, mark.size}}, frame.add_text(desk.payload)});
    if (!mark.caption) return {};
    const Length measure = caption_measure(corner.x, mark.size, frame.size.width);
    TRY(compose_caption(desk, *mark.caption, measure));
    const Point below{corner.x + mark.size / 2 - measure / 2, corner.y + mark.size};
    return set_caption(desk, *mark.caption, {below, {measure, 0_mm}}, frame);
}

Done draw_fixed(Desk& desk, const FixedItem& item, Frame& frame) {
    if (const auto* text = std::get_if<TextStack>(&item.content)) return draw_text(desk, item, *text, frame);
    if (const auto* code = std::get_if<QrMark>(&item.content)) return draw_code(desk, *code, item.origin, frame);
    if (const auto* line = std::get_if<UploadLine>(&item.content)) return draw_upload_line(desk, *line, frame);
    if (const auto* picture = std::get_if<Picture>(&item.content))
        frame.items.emplace_back(Placed{picture->asset, {item.origin, picture->size}});
    if (const auto* rule = std::get_if<RuleMark>(&item.content)) {
        const Point along = rule->upright ? Point{0_mm, rule->length} : Point{rule->length, 0_mm};
        frame.items.emplace_back(Rule{item.origin, item.origin + along, rule->stroke.thickness, rule->stroke.colour});
    }
    return {};
}

}  // namespace pli::layouts
