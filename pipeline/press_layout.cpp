#include "pipeline/press_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "pipeline/production_class.hpp"

namespace pli::pipeline {
namespace {

constexpr Length nearest_mark = 3_mm;
constexpr std::uint32_t most_a_side = 16;

constexpr Size turned_sheet(Size size) { return {size.height, size.width}; }

Length times(std::uint32_t count, Length each, Length gutter) {
    return static_cast<std::int64_t>(count) * each + static_cast<std::int64_t>(count - 1) * gutter;
}

std::uint32_t most_that_fit(Length room, Length each, Length gutter) {
    const auto count = (room + gutter).nm() / (each + gutter).nm();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, most_a_side));
}

/// What is left on one side of a grid that is centred.
Length margin(Length sheet, std::uint32_t count, Length each, Length gutter) {
    return (sheet - times(count, each, gutter)) / 2;
}

std::string millimetres(Length length) { return fmt::format("{:.4g} mm", length.to_mm()); }

std::string letters_of(Size letter) {
    if (is_a4(letter)) return "A4";
    return fmt::format("{:.4g} x {:.4g} mm", letter.width.to_mm(), letter.height.to_mm());
}

/// One direction of the grid, to be told of in an error.
struct Extent {
    std::string_view across, more, fewer;  // "wide", "columns"
    std::uint32_t count;
    Length each, sheet;
};

Error too_little_paper(const PressScheme& scheme, const Extent& extent, Length around) {
    const auto needed = times(extent.count, extent.each, scheme.gutter) + 2 * around;
    auto message = fmt::format("{} {} of {} ", extent.count, extent.more, letters_of(scheme.letter));
    if (extent.count > 1 && scheme.gutter > Length{})
        message += fmt::format("with gutters of {} ", millimetres(scheme.gutter));
    if (around > Length{}) message += fmt::format("and {} on either side ", millimetres(around));
    message += fmt::format("need {}, the sheet is {} {}: {} too little", millimetres(needed), millimetres(extent.sheet),
                           extent.across, millimetres(needed - extent.sheet));
    return {Fault::BadInput, "imposition", std::move(message),
            fmt::format("fewer {}, a larger sheet, or less bleed, gutter and edge", extent.fewer)};
}

/// Paper that must lie outside the letters: for the bleed, and where the press does not print.
Length around(const PressScheme& scheme) { return std::max(scheme.bleed, scheme.edge); }

bool asks_above(const PressMarks& marks) { return marks.slug || marks.colour_bar || marks.registration; }
bool asks_beside(const PressMarks& marks) { return marks.registration || !marks.folds.empty(); }

/// Along a web that is printed on and on, the cut-off may go through the letters' own edges.
Length around_along(const PressScheme& scheme) {
    return scheme.paper == PressScheme::Paper::Roll ? scheme.bleed : around(scheme);
}

/// Marks that were asked for want their place before letters are counted.
Length for_marks(const PressScheme& scheme, bool asked) {
    return scheme.marks.wanted && asked ? std::max(nearest_mark, scheme.bleed) + mark_length : Length{};
}

Arrangement fitting(const PressScheme& scheme, Size media) {
    auto arrangement = scheme.arrangement;
    if (arrangement.columns != 0) return arrangement;
    const auto beside = std::max(around(scheme), for_marks(scheme, asks_beside(scheme.marks)));
    const auto above = std::max(around_along(scheme), for_marks(scheme, asks_above(scheme.marks)));
    arrangement.columns = most_that_fit(media.width - 2 * beside, scheme.letter.width, scheme.gutter);
    arrangement.rows =
        media.height == Length{} ? 1 : most_that_fit(media.height - 2 * above, scheme.letter.height, scheme.gutter);
    return arrangement;
}

/// The sheet as it is fed, and the grid on it.
struct Fed {
    Size media;
    Arrangement arrangement;
};

bool holds(const PressScheme& scheme, const Fed& fed) {
    const auto& [columns, rows, method, turn, depth] = fed.arrangement;
    return columns > 0 && rows > 0 &&
           times(columns, scheme.letter.width, scheme.gutter) + 2 * around(scheme) <= fed.media.width &&
           times(rows, scheme.letter.height, scheme.gutter) + 2 * around_along(scheme) <= fed.media.height;
}

Fed fed(const PressScheme& scheme) {
    const auto as = [&](Size media) { return Fed{media, fitting(scheme, media)}; };
    const auto given = as(scheme.sheet);
    if (scheme.orientation == PressScheme::Orientation::AsGiven) return given;
    const auto other = as(turned_sheet(scheme.sheet));
    if (holds(scheme, given) != holds(scheme, other)) return holds(scheme, given) ? given : other;
    return other.arrangement.cells() > given.arrangement.cells() ? other : given;
}

Fed fed_from_roll(const PressScheme& scheme) {
    Fed roll{scheme.sheet, fitting(scheme, scheme.sheet)};
    // Without a cut-off of its own a page is as long as its rows: the web goes on without a gap but the gutter.
    if (roll.media.height == Length{}) {
        const auto apart = std::max(scheme.gutter, 2 * scheme.bleed);
        roll.media.height = times(roll.arrangement.rows, scheme.letter.height, scheme.gutter) + apart;
    }
    return roll;
}

Done check_fit(const PressScheme& scheme, const Fed& fed) {
    if (holds(scheme, fed)) return {};
    const auto& letter = scheme.letter;
    const Extent wide{"wide",       "columns",      "columns", std::max(1u, fed.arrangement.columns),
                      letter.width, fed.media.width};
    const Extent high{"high", "rows", "rows", std::max(1u, fed.arrangement.rows), letter.height, fed.media.height};
    const bool too_wide = times(wide.count, wide.each, scheme.gutter) + 2 * around(scheme) > wide.sheet;
    return tl::unexpected(too_wide ? too_little_paper(scheme, wide, around(scheme))
                                   : too_little_paper(scheme, high, around_along(scheme)));
}

std::vector<Rect> grid(const PressScheme& scheme, const PressLayout& layout) {
    std::vector<Rect> cells;
    for (std::uint32_t row = 0; row < layout.arrangement.rows; ++row)
        for (std::uint32_t column = 0; column < layout.arrangement.columns; ++column)
            cells.push_back({{layout.trim.left() + std::int64_t{column} * (scheme.letter.width + scheme.gutter),
                              layout.trim.top() + std::int64_t{row} * (scheme.letter.height + scheme.gutter)},
                             scheme.letter});
    return cells;
}

/// Grown on all sides, but not beyond the paper.
Rect grown(const Rect& rect, Length by, Size paper) {
    const auto left = std::max(Length{}, rect.left() - by), top = std::max(Length{}, rect.top() - by);
    const auto right = std::min(paper.width, rect.right() + by), bottom = std::min(paper.height, rect.bottom() + by);
    return {{left, top}, {right - left, bottom - top}};
}

Done place_marks(const PressScheme& scheme, PressLayout& layout) {
    const auto needed = mark_offset(layout) + mark_length;
    const auto above = layout.trim.top(), beside = layout.trim.left();
    layout.room_above = above >= needed;
    layout.room_beside = beside >= needed;
    layout.marks = scheme.marks;
    const bool all = layout.room_above && layout.room_beside;
    auto& marks = layout.marks;
    if (marks.wanted && asks_above(marks) && !layout.room_above)
        return failure(
            Fault::BadInput, "marks",
            fmt::format("slug line, colour bar and registration marks need {} above and below the letters, there are "
                        "{}: {} too little",
                        millimetres(needed), millimetres(above), millimetres(needed - above)),
            "a larger sheet, fewer rows, or leave them out of marks");
    if (marks.wanted && asks_beside(marks) && !layout.room_beside)
        return failure(
            Fault::BadInput, "marks",
            fmt::format("fold and registration marks need {} beside the letters, there are {}: {} too little",
                        millimetres(needed), millimetres(beside), millimetres(needed - beside)),
            "a larger sheet, fewer columns, or leave them out of marks");
    marks.slug = marks.slug && layout.room_above;
    marks.colour_bar = marks.colour_bar && layout.room_above;
    marks.registration = marks.registration && all;
    if (!layout.room_beside) marks.folds.clear();
    return {};
}

}  // namespace

Length mark_offset(const PressLayout& layout) { return std::max(nearest_mark, layout.bleed_width); }

bool PressLayout::turned(std::uint32_t cell, bool back) const {
    const auto front = back ? behind(arrangement, cell) : cell;
    const bool even_row = front / arrangement.columns % 2 == 0;
    const bool on_its_head = heads != Heads::Upright && even_row == (heads == Heads::Together);
    return on_its_head != (back && arrangement.turn == Turn::HeadToFoot);
}

Rect PressLayout::reach(std::uint32_t cell) const {
    const auto& box = cells[cell];
    const auto inner = std::min(bleed_width, gutter / 2);
    const auto by = [&](bool outer) { return outer ? bleed_width : inner; };
    const auto column = cell % arrangement.columns, row = cell / arrangement.columns;
    const auto left = by(column == 0), right = by(column + 1 == arrangement.columns);
    const auto top = by(row == 0), bottom = by(row + 1 == arrangement.rows);
    return {{box.left() - left, box.top() - top}, {box.size.width + left + right, box.size.height + top + bottom}};
}

PressLayout as_letter(Size letter, Turn turn) {
    PressLayout layout;
    layout.media = letter;
    layout.trim = layout.bleed = {{}, letter};
    layout.arrangement.turn = turn;
    layout.cells = {layout.trim};
    layout.as_letter = true;
    layout.marks.crop = layout.marks.slug = false;
    return layout;
}

Result<PressLayout> lay_out_press(const PressScheme& scheme) {
    if (scheme.paper == PressScheme::Paper::Letter) {
        auto layout = as_letter(scheme.letter, scheme.arrangement.turn);
        layout.arrangement.depth = scheme.arrangement.depth;
        return layout;
    }
    const auto chosen = scheme.paper == PressScheme::Paper::Roll ? fed_from_roll(scheme) : fed(scheme);
    TRY(check_fit(scheme, chosen));
    PressLayout layout;
    layout.media = chosen.media;
    layout.arrangement = chosen.arrangement;
    const auto& [columns, rows, method, turn, depth] = layout.arrangement;
    layout.trim = {
        {margin(layout.media.width, columns, scheme.letter.width, scheme.gutter),
         margin(layout.media.height, rows, scheme.letter.height, scheme.gutter)},
        {times(columns, scheme.letter.width, scheme.gutter), times(rows, scheme.letter.height, scheme.gutter)}};
    layout.heads = scheme.heads;
    layout.gutter = scheme.gutter;
    layout.bleed_width = scheme.bleed;
    layout.bleed = grown(layout.trim, mark_offset(layout), layout.media);
    layout.cells = grid(scheme, layout);
    TRY(place_marks(scheme, layout));
    return layout;
}

}  // namespace pli::pipeline
