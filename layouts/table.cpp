#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "layouts/flow.hpp"
#include "layouts/tab_setting.hpp"

namespace pli::layouts {
namespace {

/// The share of a row's height above the baseline of its first line: a line of text looks centred in its row.
constexpr double row_baseline_share = 0.68;

/// "total.gross" within a row; null where there is no such member.
const nlohmann::json* member(const nlohmann::json& row, std::string_view path) {
    const nlohmann::json* at = &row;
    while (at && at->is_object()) {
        const auto exact = at->find(std::string(path));
        if (exact != at->end()) return &*exact;
        const auto dot = path.find('.');
        const auto step = at->find(std::string(path.substr(0, dot)));
        if (dot == std::string_view::npos || step == at->end()) return nullptr;
        at = &*step;
        path.remove_prefix(dot + 1);
    }
    return nullptr;
}

std::optional<std::string> cell_text(const nlohmann::json& row, std::string_view path) {
    const auto* value = member(row, path);
    if (!value) return {};
    if (value->is_string()) return value->get<std::string>();
    return value->is_null() ? std::string() : value->dump();
}

Result<nlohmann::json> parse_list(std::string_view text, std::string_view path) {
    auto rows = nlohmann::json::parse(text, nullptr, false);
    if (rows.is_array()) return rows;
    return failure(Fault::BadInput, fmt::format("field {}", path),
                   "is no list of rows; a table needs a JSON list of objects, [{…}, {…}]");
}

/// Whether some column finds the place of its decimal signs for each letter.
bool aligns_itself(const std::vector<Cell>& row) {
    return std::any_of(row.begin(), row.end(),
                       [](const Cell& cell) { return cell.align == Align::Decimal && !cell.decimal_at; });
}

/// The row at hand as placeholders see it.
void take_row(Desk& desk, const Table& table, const nlohmann::json& row) {
    desk.row.resize(table.row_slots.size());
    for (std::size_t i = 0; i < table.row_slots.size(); ++i)
        desk.row[i] = cell_text(row, desk.state->placeholders[table.row_slots[i]].path);
    desk.values.set_row(table.row_slots, desk.row);
}

/// What is wider than its column and may not be cut.
Done too_wide(const Desk& desk, const Cell& cell, Length width) {
    return failure(
        Fault::Overflow, fmt::format("table {}", desk.state->passages[cell.passage].pointer),
        fmt::format("{:.1f} mm that may not be cut stand in a column of {:.1f} mm", width.to_mm(), cell.width.to_mm()),
        "make the column wider or shorten the value");
}

Length widest_box(const Prose& prose) {
    Length widest;
    for (const Box& box : prose.boxes) widest = std::max(widest, box.width);
    return widest;
}

/// Numbers are never cut in two; words that no column holds are, unless the column says otherwise.
Done break_cell(const Desk& desk, const Cell& cell, Length measure, Prose& prose) {
    const bool whole = cell.overflow == Overflow::Reject;
    if (whole) {
        const Length widest = widest_box(prose);
        if (widest > measure) return too_wide(desk, cell, widest);
    }
    break_lines(prose, measure);
    for (const SetLine& line : prose.lines)
        if (line.width > measure && sticks_out(prose, line, measure)) return too_wide(desk, cell, line.width);
    return {};
}

}  // namespace

/// Weaves and breaks a row's cells; gives the height of the row.
Result<Length> Flow::compose_row(const Table& table, const std::vector<Cell>& row) {
    if (desk_.cells.size() < row.size()) desk_.cells.resize(row.size());
    std::size_t lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        Prose& cell = desk_.cells[i];
        TRY(desk_.weaver.weave(desk_.state->passages[row[i].passage], desk_.values, Emptiness::Allowed, cell));
        TRY(break_cell(desk_, row[i], enlarged(row[i].width), cell));
        lines = std::max(lines, cell.lines.size());
    }
    return scaled(table.row_height + table.leading * static_cast<std::int64_t>(lines - 1));
}

/// Where a line of a cell begins: numbers stand with their decimal signs below one another.
LinePlace Flow::place_in_cell(const Cell& cell, std::size_t tray, const SetLine& line, Point pen) {
    const Length measure = enlarged(cell.width);
    if (cell.align != Align::Decimal) return {pen, measure, cell.align};
    const Length sign = cell.decimal_at ? enlarged(*cell.decimal_at) : measure - desk_.tails[cell.column];
    const Length head = line.width - tail_width(desk_, desk_.cells[tray], line);
    pen.x += std::clamp(sign - head, 0_mm, std::max(measure - line.width, 0_mm));
    return {pen, 0_mm, Align::Left};
}

void Flow::draw_row(const Table& table, const std::vector<Cell>& row) {
    auto setter = desk_.setter();
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Point corner{body_.left() + row[i].x, y_};
        const std::size_t items = frame().items.size();
        Point pen = corner + Point{0_mm, table.row_height.scaled(row_baseline_share)};
        for (const SetLine& line : desk_.cells[i].lines) {
            setter.set(desk_.cells[i], line, place_in_cell(row[i], i, line, pen), frame());
            pen.y += table.leading;
        }
        if (scale_ != 1000) reduce(frame(), items, corner, scale_);
    }
}

void Flow::draw_rule(const Stroke& stroke, Length length) {
    const Point from{body_.left(), y_};
    frame().items.emplace_back(Rule{from, from + Point{length, 0_mm}, stroke.thickness, stroke.colour});
}

/// The head of a table that continues here.
Done Flow::place_head(const Table& table) {
    if (headed_) return {};
    headed_ = true;
    if (!table.head && table.titles.empty()) return {};
    began();
    if (head_is_drawn(table)) {
        frame().items.emplace_back(Placed{*table.head, {{body_.left(), y_}, {table.width, table.head_height}}});
        y_ += table.head_height;
        return {};
    }
    const Length height = TRY(compose_row(table, table.titles));
    draw_row(table, table.titles);
    y_ += height;
    if (table.head_rule) draw_rule(*table.head_rule, table.width);
    return {};
}

/// Sets a row, and before it what the page needs first: the head, the sum brought forward. `below` is the room that has
/// to be left for the sum carried forward, or for the totals.
Done Flow::place_row(const Table& table, const std::vector<Cell>& row, Length below) {
    Length height = TRY(compose_row(table, row));
    if (!fits(head_room(table) + height + below) && !fresh()) {
        TRY(turn_table(table));
        height = TRY(compose_row(table, row));  // what was set in between used the trays
    }
    // Where no page holds the last row and all totals, they part.
    if (!fits(head_room(table) + height + below)) below = std::min(below, carry_height_);
    TRY(make_room(head_room(table) + height + below, "a table row with what has to stand beside it"));
    if (!headed_) {
        const bool used_trays = !head_is_drawn(table) || (table.brought && rows_ > 0);
        TRY(start_page_of(table));
        if (used_trays) height = TRY(compose_row(table, row));
    }
    began();
    if (table.zebra && rows_ % 2 == 1)
        frame().items.emplace_back(Fill{{{body_.left(), y_}, {table.width, height}}, *table.zebra});
    draw_row(table, row);
    y_ += height;
    if (table.row_rule) draw_rule(*table.row_rule, table.width);
    return {};
}

/// A row of numbered columns none of which holds anything was not ordered.
bool Flow::row_is_empty(const std::vector<Cell>& row) {
    for (const Cell& cell : row)
        for (const Strand& strand : desk_.state->passages[cell.passage].strands)
            if (strand.placeholder >= 0 && desk_.values.present(static_cast<std::size_t>(strand.placeholder)))
                return false;
    return true;
}

/// How wide the widest tail of each column is that stands on its decimal signs.
Done Flow::note_tails(const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].align != Align::Decimal || row[i].decimal_at) continue;
        Prose& cell = desk_.prose;
        TRY(desk_.weaver.weave(desk_.state->passages[row[i].passage], desk_.values, Emptiness::Allowed, cell));
        break_lines(cell, endless);
        auto& tail = desk_.tails[row[i].column];
        for (const SetLine& line : cell.lines) tail = std::max(tail, tail_width(desk_, cell, line));
    }
    return {};
}

Done Flow::list_rows(const Table& table) {
    const auto list = static_cast<std::size_t>(table.list);
    const auto value = desk_.values.raw(list);
    if (value.text.empty()) TRY(desk_.values.of(list, Emptiness::Refused));
    const auto rows = TRY(parse_list(value.text, desk_.state->placeholders[list].path));
    if (aligns_itself(table.rows.front())) {
        for (const auto& row : rows) {
            take_row(desk_, table, row);
            TRY(note_tails(table.rows.front()));
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        take_row(desk_, table, rows[i]);
        TRY(place_data_row(table, 0, i + 1 == rows.size()));
    }
    return {};
}

Done Flow::numbered_rows(const Table& table) {
    std::size_t end = table.rows.size();
    while (end > 0 && row_is_empty(table.rows[end - 1])) --end;
    for (std::size_t i = 0; aligns_itself(table.rows.front()) && i < end; ++i) TRY(note_tails(table.rows[i]));
    for (std::size_t i = 0; i < end; ++i)
        if (!row_is_empty(table.rows[i])) TRY(place_data_row(table, i, i + 1 == end));
    return {};
}

Done Flow::place_content(const Table& table) {
    headed_ = false;
    rows_ = 0;
    if (aligns_itself(table.rows.front())) desk_.tails.assign(table.rows.front().size(), 0_mm);
    TRY(begin_sums(table));
    TRY(table.list >= 0 ? list_rows(table) : numbered_rows(table));
    return place_foot(table);
}

}  // namespace pli::layouts
