#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "layouts/flow.hpp"

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

}  // namespace

Done Flow::place_head(const Table& table) {
    if (headed_ || !table.head) return {};
    headed_ = true;
    frame().items.emplace_back(Placed{*table.head, {{body_.left(), y_}, {table.width, table.head_height}}});
    y_ += table.head_height;
    return {};
}

/// Weaves and breaks a row's cells; gives the height of the row.
Result<Length> Flow::compose_row(const Table& table, const std::vector<Cell>& row) {
    if (desk_.cells.size() < row.size()) desk_.cells.resize(row.size());
    std::size_t lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        Prose& cell = desk_.cells[i];
        TRY(desk_.weaver.weave(desk_.state->passages[row[i].passage], desk_.values, Emptiness::Allowed, cell));
        break_lines(cell, row[i].width);
        lines = std::max(lines, cell.lines.size());
    }
    return table.row_height + table.leading * static_cast<std::int64_t>(lines - 1);
}

Done Flow::place_row(const Table& table, const std::vector<Cell>& row) {
    Length height = TRY(compose_row(table, row));
    const auto needed = [&] { return height + (headed_ ? Length{} : table.head_height); };
    if (!fits(needed()) && !fresh()) {
        TRY(next_page());
        height = TRY(compose_row(table, row));  // dressing the page used the trays
    }
    TRY(make_room(needed(), "a table row"));
    TRY(place_head(table));
    set_row(table, row);
    y_ += height;
    if (!table.row_rule) return {};
    const Point from{body_.left(), y_};
    frame().items.emplace_back(
        Rule{from, from + Point{table.width, 0_mm}, table.row_rule->thickness, table.row_rule->colour});
    return {};
}

void Flow::set_row(const Table& table, const std::vector<Cell>& row) {
    auto setter = desk_.setter();
    for (std::size_t i = 0; i < row.size(); ++i) {
        Point pen{body_.left() + row[i].x, y_ + table.row_height.scaled(row_baseline_share)};
        for (const SetLine& line : desk_.cells[i].lines) {
            setter.set(desk_.cells[i], line, {pen, row[i].width, row[i].align}, frame());
            pen.y += table.leading;
        }
    }
}

/// A row of numbered columns none of which holds anything was not ordered.
bool Flow::row_is_empty(const std::vector<Cell>& row) {
    for (const Cell& cell : row)
        for (const Strand& strand : desk_.state->passages[cell.passage].strands)
            if (strand.placeholder >= 0 && desk_.values.present(static_cast<std::size_t>(strand.placeholder)))
                return false;
    return true;
}

Done Flow::list_rows(const Table& table) {
    const auto list = static_cast<std::size_t>(table.list);
    const auto& placeholders = desk_.state->placeholders;
    const auto value = desk_.values.raw(list);
    if (value.text.empty()) TRY(desk_.values.of(list, Emptiness::Refused));
    const auto rows = TRY(parse_list(value.text, placeholders[list].path));
    desk_.row.resize(table.row_slots.size());
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < table.row_slots.size(); ++i)
            desk_.row[i] = cell_text(row, placeholders[table.row_slots[i]].path);
        desk_.values.set_row(table.row_slots, desk_.row);
        TRY(place_row(table, table.rows.front()));
    }
    return {};
}

Done Flow::place_content(const Table& table) {
    headed_ = false;
    if (table.list >= 0) return list_rows(table);
    for (const auto& row : table.rows)
        if (!row_is_empty(row)) TRY(place_row(table, row));
    return {};
}

}  // namespace pli::layouts
