#include "pipeline/press_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace pli::pipeline {
namespace {

constexpr Length hairline = Length::pt(0.25);
constexpr Length tick_length = 5_mm, least_column_of_its_own = 120_mm;

/// Points with two decimals, as content streams have them.
std::string points(Length length) {
    const auto hundredths = length.to_centipoints();
    return fmt::format("{}{}.{:02}", hundredths < 0 ? "-" : "", std::abs(hundredths) / 100, std::abs(hundredths) % 100);
}
/// "0" rather than "0.00", which every sheet of paper would carry along.
std::string corner(Length length) { return length == Length{} ? "0" : points(length); }

/// Marks are drawn into one frame; those outside the letters are on all plates.
class MarkBoard {
public:
    MarkBoard(const PressLayout& layout, bool colour) : outside_(colour ? Colour::registration() : Colour::black()) {
        frame_.size = layout.media;
    }
    void outside(Point from, Point to) { rule(from, to, outside_); }
    void on_letters(Point from, Point to) { rule(from, to, Colour::black()); }
    void patch(const Rect& box, const Colour& colour) { frame_.items.emplace_back(Fill{box, colour}); }
    /// A circle of short lines: a frame has no curves, and nobody measures this one.
    void circle(Point centre, Length radius) {
        constexpr int corners = 24;
        const auto at = [&](int corner) {
            const double angle = 2 * std::numbers::pi * corner / corners;
            return Point{centre.x + radius.scaled(std::cos(angle)), centre.y + radius.scaled(std::sin(angle))};
        };
        for (int i = 0; i < corners; ++i) outside(at(i), at(i + 1));
    }
    Frame take() { return std::move(frame_); }

private:
    void rule(Point from, Point to, const Colour& colour) {
        frame_.items.emplace_back(Rule{from, to, hairline, colour});
    }
    Frame frame_;
    Colour outside_;
};

/// Both edges of every gutter, once where there is none.
struct Cuts {
    std::vector<Length> across, along;  // x of the upright cuts, y of the level ones; the outermost first and last
};

Cuts cuts_of(const PressLayout& layout) {
    Cuts cuts;
    const auto add = [](std::vector<Length>& list, Length at) {
        if (list.empty() || list.back() != at) list.push_back(at);
    };
    for (std::uint32_t column = 0; column < layout.arrangement.columns; ++column) {
        add(cuts.across, layout.cells[column].left());
        add(cuts.across, layout.cells[column].right());
    }
    for (std::uint32_t row = 0; row < layout.arrangement.rows; ++row) {
        const auto& cell = layout.cells[std::size_t{row} * layout.arrangement.columns];
        add(cuts.along, cell.top());
        add(cuts.along, cell.bottom());
    }
    return cuts;
}

/// Above and below: outside the trim, or as ticks on what lies at the sheet's edge, where it is not the edge itself.
void mark_upright_cuts(MarkBoard& board, const PressLayout& layout, const std::vector<Length>& cuts) {
    const auto above = layout.trim.top() - mark_offset(layout), below = layout.trim.bottom() + mark_offset(layout);
    for (const auto x : cuts) {
        if (layout.room_above) {
            board.outside({x, above - mark_length}, {x, above});
            board.outside({x, below}, {x, below + mark_length});
        } else if (x > Length{} && x < layout.media.width) {
            board.on_letters({x, Length{}}, {x, tick_length});
            board.on_letters({x, layout.media.height - tick_length}, {x, layout.media.height});
        }
    }
}
void mark_level_cuts(MarkBoard& board, const PressLayout& layout, const std::vector<Length>& cuts) {
    const auto left = layout.trim.left() - mark_offset(layout), right = layout.trim.right() + mark_offset(layout);
    for (const auto y : cuts) {
        if (layout.room_beside) {
            board.outside({left - mark_length, y}, {left, y});
            board.outside({right, y}, {right + mark_length, y});
        } else if (y > Length{} && y < layout.media.height) {
            board.on_letters({Length{}, y}, {tick_length, y});
            board.on_letters({layout.media.width - tick_length, y}, {layout.media.width, y});
        }
    }
}

/// Dashed, on both sides of the sheet, where the letters of the outer columns are folded.
void mark_folds(MarkBoard& board, const PressLayout& layout, bool back) {
    constexpr std::array dashes{0_mm, 2_mm, 4_mm};
    const auto left = layout.trim.left() - mark_offset(layout), right = layout.trim.right() + mark_offset(layout);
    for (std::uint32_t row = 0; row < layout.arrangement.rows; ++row) {
        const auto cell = row * layout.arrangement.columns;
        const auto& box = layout.cells[cell];
        for (const auto fold : layout.marks.folds) {
            const auto y = layout.turned(cell, back) ? box.bottom() - fold : box.top() + fold;
            for (const auto from : dashes) {
                board.outside({left - from - 1_mm, y}, {left - from, y});
                board.outside({right + from, y}, {right + from + 1_mm, y});
            }
        }
    }
}

void registration_mark(MarkBoard& board, Point centre) {
    constexpr Length arm = Length::mm(2.5), radius = Length::mm(1.5);
    board.outside({centre.x - arm, centre.y}, {centre.x + arm, centre.y});
    board.outside({centre.x, centre.y - arm}, {centre.x, centre.y + arm});
    board.circle(centre, radius);
}

/// In the middle of the outer cells, so that they stay clear of the cuts: above and below the first column and the last,
/// beside the first row and the last.
void mark_registration(MarkBoard& board, const PressLayout& layout) {
    const auto away = mark_offset(layout) + 3_mm;
    const auto& first = layout.cells.front();
    const auto& last = layout.cells.back();
    const auto middle = [](Length from, Length size) { return from + size / 2; };
    for (const auto* cell : {&first, &last}) {
        const auto x = middle(cell->left(), cell->size.width), y = middle(cell->top(), cell->size.height);
        registration_mark(board, {x, layout.trim.top() - away});
        registration_mark(board, {layout.trim.left() - away, y});
        registration_mark(board, {layout.trim.right() + away, y});
        if (&first == &last) return;
    }
}

/// Solids, tints and overprints in patches of 5 x 4 mm above the trim, where no other mark stands.
void draw_colour_bar(MarkBoard& board, const PressLayout& layout, const std::vector<Length>& cuts, bool colour) {
    constexpr Size patch{5_mm, 4_mm};
    constexpr std::array inks{Colour::cmyk(1000, 0, 0, 0),
                              Colour::cmyk(0, 1000, 0, 0),
                              Colour::cmyk(0, 0, 1000, 0),
                              Colour::black(),
                              Colour::cmyk(1000, 1000, 0, 0),
                              Colour::cmyk(0, 1000, 1000, 0),
                              Colour::cmyk(1000, 0, 1000, 0),
                              Colour::cmyk(500, 0, 0, 0),
                              Colour::cmyk(0, 500, 0, 0),
                              Colour::cmyk(0, 0, 500, 0),
                              Colour::grey(500)};
    constexpr std::array black{Colour::black(), Colour::grey(750), Colour::grey(500), Colour::grey(250)};
    const auto middle = layout.cells.front().left() + layout.cells.front().size.width / 2;
    const auto blocked = [&](Length x) {
        const auto touches = [x](Length mark, Length reach) {
            return x < mark + reach && mark - reach < x + patch.width;
        };
        return (layout.marks.registration && touches(middle, 4_mm)) ||
               std::ranges::any_of(cuts, [&](Length cut) { return touches(cut, 2_mm); });
    };
    const auto y = layout.trim.top() - mark_offset(layout) - 1_mm - patch.height;
    auto x = layout.trim.left() + 3_mm;
    for (std::size_t i = 0; i < (colour ? inks.size() : black.size()); ++i, x += patch.width) {
        while (blocked(x)) x += 1_mm;
        if (x + patch.width > layout.trim.right()) return;
        board.patch({{x, y}, patch}, colour ? inks[i] : black[i]);
    }
}

std::uint32_t front_cell(const PressLayout& layout, std::uint32_t cell, bool back) {
    return back ? behind(layout.arrangement, cell) : cell;
}

/// Piles of the cells of these columns of one side, from above, then to the right: "pile 2", "piles 1 4".
std::string piles_of(const PressLayout& layout, const Slug& slug, std::uint32_t first_column,
                     std::uint32_t end_column) {
    const auto& [columns, rows, method, turn, depth] = layout.arrangement;
    std::string piles;
    std::uint32_t count = 0;
    for (auto column = first_column; column < end_column; ++column)
        for (std::uint32_t row = 0; row < rows; ++row, ++count)
            piles += fmt::format(
                " {}", (slug.lift - 1) * columns * rows + 1 + front_cell(layout, row * columns + column, slug.back));
    return (count == 1 ? "pile" : "piles") + piles;
}

std::string sheet_words(const PressLayout& layout, const Slug& slug) {
    auto words = fmt::format("{}   sheet {}/{}", slug.batch, slug.sheet, slug.sheets);
    if (slug.lifts > 1) words += fmt::format("   lift {}/{}", slug.lift, slug.lifts);
    words += slug.back ? "   back" : "   front";
    if (layout.arrangement.method != Method::CutAndStack) words += "   " + name_of(layout.arrangement);
    return words;
}

}  // namespace

std::string enter_cell(const PressLayout& layout, std::uint32_t cell, bool back) {
    const auto& box = layout.cells[cell];
    auto reach = layout.reach(cell);
    const auto bottom = layout.media.height - box.bottom();
    if (!layout.turned(cell, back))
        return fmt::format("q 1 0 0 1 {} {} cm {} {} {} {} re W n\n", points(box.left()), points(bottom),
                           corner(reach.left() - box.left()), corner(box.bottom() - reach.bottom()),
                           points(reach.size.width), points(reach.size.height));
    return fmt::format("q -1 0 0 -1 {} {} cm {} {} {} {} re W n\n", points(box.right()),
                       points(layout.media.height - box.top()), corner(box.right() - reach.right()),
                       corner(reach.top() - box.top()), points(reach.size.width), points(reach.size.height));
}
std::string leave_cell() { return "Q\n"; }

bool backs_differ(const PressLayout& layout) {
    for (std::uint32_t cell = 0; cell < layout.cells.size(); ++cell)
        if (layout.turned(cell, false) != layout.turned(cell, true)) return true;
    return false;
}

Frame press_marks(const PressLayout& layout, bool back, bool colour) {
    MarkBoard board(layout, colour);
    const auto cuts = cuts_of(layout);
    if (layout.marks.crop) mark_upright_cuts(board, layout, cuts.across);
    if (layout.marks.crop) mark_level_cuts(board, layout, cuts.along);
    mark_folds(board, layout, back);
    if (layout.marks.registration) mark_registration(board, layout);
    if (layout.marks.colour_bar) draw_colour_bar(board, layout, cuts.across, colour);
    return board.take();
}

Result<Frame> filler(const PressLayout& layout, PlainText& text) {
    Frame frame;
    frame.size = layout.cells[0].size;
    const auto& size = frame.size;
    const auto inset = std::min({10_mm, size.width / 10, size.height / 10});
    frame.items.emplace_back(Rule{{inset, inset}, {size.width - inset, size.height - inset}, 1_pt, Colour::black()});
    frame.items.emplace_back(Rule{{inset, size.height - inset}, {size.width - inset, inset}, 1_pt, Colour::black()});
    TRY(text.set(frame, {2 * inset, size.height / 2}, {std::min(18_pt, inset), Colour::black()}, "BLANK"));
    return frame;
}

Result<Frame> slug_line(const PressLayout& layout, const Slug& slug, PlainText& text) {
    Frame frame;
    frame.size = layout.media;
    if (!layout.marks.slug) return frame;
    const TextStyle style{6_pt, Colour::black()};
    const auto baseline = layout.trim.bottom() + mark_offset(layout) + Length::mm(3.5);
    const auto columns = layout.arrangement.columns;
    const bool piles = layout.arrangement.method == Method::CutAndStack;
    // Each column says where it goes, if the first has room for all that stands before it.
    const bool apart = layout.cells[0].size.width >= least_column_of_its_own;
    auto line = sheet_words(layout, slug);
    if (piles) line += "   " + piles_of(layout, slug, 0, apart ? 1 : columns);
    TRY(text.set(frame, {layout.cells[0].left() + 5_mm, baseline}, style, line));
    for (std::uint32_t column = 1; piles && apart && column < columns; ++column)
        TRY(text.set(frame, {layout.cells[column].left() + 5_mm, baseline}, style,
                     piles_of(layout, slug, column, column + 1)));
    return frame;
}

}  // namespace pli::pipeline
