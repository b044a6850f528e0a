#include "pipeline/press_sheet.hpp"

#include <fmt/format.h>

namespace pli::pipeline {
namespace {

constexpr Size a4{210_mm, 297_mm};
constexpr Length hairline = Length::pt(0.25);
constexpr Length mark_offset = 3_mm, mark_length = 6_mm, tick_length = 5_mm, bleed_width = 3_mm;

/// Points with two decimals, as content streams have them.
std::string points(Length length) {
    const auto hundredths = length.to_centipoints();
    return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", std::abs(hundredths) / 100, std::abs(hundredths) % 100);
}

void add_rule(Frame& frame, Point from, Point to, Length width = hairline) {
    frame.items.emplace_back(Rule{from, to, width, Colour::black()});
}
void print_on_all_plates(Frame& frame) {
    for (auto& item : frame.items) std::get<Rule>(item).colour = Colour::registration();
}

/// One mark above the trim and one below, in line with the cut at `x`.
void mark_vertical_cut(Frame& frame, const Rect& trim, Length x) {
    const auto above = trim.top() - mark_offset, below = trim.bottom() + mark_offset;
    add_rule(frame, {x, above - mark_length}, {x, above});
    add_rule(frame, {x, below}, {x, below + mark_length});
}
void mark_horizontal_cut(Frame& frame, const Rect& trim, Length y) {
    const auto left = trim.left() - mark_offset, right = trim.right() + mark_offset;
    add_rule(frame, {left - mark_length, y}, {left, y});
    add_rule(frame, {right, y}, {right + mark_length, y});
}

Rect grown(const Rect& rect, Length by) {
    return {{rect.left() - by, rect.top() - by}, {rect.size.width + 2 * by, rect.size.height + 2 * by}};
}

}  // namespace

PressLayout two_up_on(PressSheet sheet) {
    const bool sra3 = sheet == PressSheet::Sra3;
    PressLayout layout;
    layout.media = sra3 ? Size{450_mm, 320_mm} : Size{420_mm, 297_mm};
    layout.margin = sra3;
    const Size trim{2 * a4.width, a4.height};
    layout.trim = {{(layout.media.width - trim.width) / 2, (layout.media.height - trim.height) / 2}, trim};
    layout.bleed = sra3 ? grown(layout.trim, bleed_width) : layout.trim;
    layout.cells[0] = {layout.trim.origin, a4};
    layout.cells[1] = {{layout.trim.left() + a4.width, layout.trim.top()}, a4};
    return layout;
}

std::string enter_cell(const PressLayout& layout, std::size_t cell) {
    const auto& box = layout.cells[cell];
    return fmt::format("q 1 0 0 1 {} {} cm 0 0 {} {} re W n\n", points(box.left()),
                       points(layout.media.height - box.bottom()), points(box.size.width), points(box.size.height));
}
std::string leave_cell() { return "Q\n"; }

Frame cut_marks(const PressLayout& layout, bool colour) {
    Frame frame;
    frame.size = layout.media;
    const auto& trim = layout.trim;
    const auto middle = layout.cells[1].left();
    if (!layout.margin) {
        add_rule(frame, {middle, trim.top()}, {middle, trim.top() + tick_length});
        add_rule(frame, {middle, trim.bottom() - tick_length}, {middle, trim.bottom()});
        return frame;
    }
    for (const auto x : {trim.left(), middle, trim.right()}) mark_vertical_cut(frame, trim, x);
    for (const auto y : {trim.top(), trim.bottom()}) mark_horizontal_cut(frame, trim, y);
    if (colour) print_on_all_plates(frame);
    return frame;
}

Result<Frame> filler(const PressLayout& layout, PlainText& text) {
    Frame frame;
    frame.size = layout.cells[0].size;
    add_rule(frame, {10_mm, 10_mm}, {frame.size.width - 10_mm, frame.size.height - 10_mm}, 1_pt);
    add_rule(frame, {10_mm, frame.size.height - 10_mm}, {frame.size.width - 10_mm, 10_mm}, 1_pt);
    TRY(text.set(frame, {20_mm, frame.size.height / 2}, {18_pt, Colour::black()}, "BLANK"));
    return frame;
}

Result<Frame> slug_line(const PressLayout& layout, const Slug& slug, PlainText& text) {
    Frame frame;
    frame.size = layout.media;
    if (!layout.margin) return frame;
    const TextStyle style{6_pt, Colour::black()};
    const auto baseline = layout.trim.bottom() + Length::mm(6.5);
    const auto line = fmt::format("{}   sheet {}/{}   {}   pile {}", slug.batch, slug.sheet, slug.sheets,
                                  slug.back ? "back" : "front", slug.back ? 2 : 1);
    TRY(text.set(frame, {layout.cells[0].left() + 5_mm, baseline}, style, line));
    const auto right = fmt::format("pile {}", slug.back ? 1 : 2);
    TRY(text.set(frame, {layout.cells[1].left() + 5_mm, baseline}, style, right));
    return frame;
}

}  // namespace pli::pipeline
