#include <fmt/format.h>

#include <algorithm>

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

bool is_number(const Format& format) {
    return format.kind == Format::Kind::Number || format.kind == Format::Kind::Money ||
           format.kind == Format::Kind::MoneyMinor;
}

/// The cell's place in its row. Numbers are not cut where they do not fit.
Cell cell_of(const TableSpec& spec, std::size_t column, PassageId passage) {
    Cell cell;
    cell.passage = passage;
    cell.column = column;
    const ColumnSpec& own = spec.columns[column];
    for (std::size_t i = 0; i < column; ++i) cell.x += spec.columns[i].width;
    cell.x += spec.pad;
    cell.width = own.width - spec.pad * 2;
    cell.align = own.align;
    const bool number = own.align == Align::Right || own.align == Align::Decimal;
    cell.overflow = number ? Overflow::Reject : Overflow::Flow;
    if (own.decimal_at) cell.decimal_at = *own.decimal_at - spec.pad;
    return cell;
}

TypeSpec bold(TypeSpec type) {
    type.bold = true;
    return type;
}

}  // namespace

Stroke TableCompiler::stroke(const StrokeSpec& spec, const std::string& pointer) {
    check_line(shop_, spec.thickness, pointer);
    return {spec.thickness, types_.colour(spec.colour.value_or("black"), pointer)};
}

std::vector<Cell> TableCompiler::cells(const TableSpec& spec, const TypeSpec& type) {
    std::vector<Cell> row;
    for (std::size_t i = 0; i < spec.columns.size(); ++i)
        row.push_back(cell_of(spec, i, texts_.passage(spec.columns[i].cell, type)));
    return row;
}

/// Titles are words, in columns of numbers too: they stand at the right above them and may be broken.
std::vector<Cell> TableCompiler::titles(const TableSpec& spec, const TypeSpec& type) {
    std::vector<Cell> row;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        if (!spec.columns[i].title) continue;
        Cell cell = cell_of(spec, i, texts_.passage(*spec.columns[i].title, bold(type)));
        if (cell.align == Align::Decimal) cell.align = Align::Right;
        cell.overflow = Overflow::Flow;
        row.push_back(cell);
    }
    return row;
}

/// The placeholder of a column that can be added up.
std::optional<Placeholder> TableCompiler::amount_of(const ColumnSpec& column) {
    std::vector<TextFinding> ignored;  // told where the cell itself is compiled
    for (const Piece& piece : parse_placeholders(column.cell.text, ignored))
        if (const auto* placeholder = std::get_if<Placeholder>(&piece); placeholder && is_number(placeholder->format))
            return *placeholder;
    return {};
}

/// Which placeholders are added up in the row that is being compiled.
void TableCompiler::add_amounts(const TableSpec& spec, Table& table) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        if (!spec.columns[i].sums) continue;
        const auto amount = amount_of(spec.columns[i]);
        if (!amount) {
            shop_.findings.error("sum-format", spec.columns[i].cell.pointer,
                                 "a column with a sum needs a number or an amount",
                                 "write {price:money}, {price:money_minor} or {hours:number}");
            return;
        }
        if (table.sums.size() == sum) table.sums.push_back({i, {}, texts_.sum_of(*amount)});
        const auto slot = texts_.placeholder(*amount, spec.columns[i].cell.pointer);
        table.sums[sum++].amounts.push_back(static_cast<std::uint16_t>(slot));
    }
}

/// A label, and the sum in each column that has one.
SumRow TableCompiler::sum_row(const TableSpec& spec, const TextSpec& label, const TypeSpec& type, const Table& table) {
    SumRow row;
    const std::size_t first = table.sums.empty() ? spec.columns.size() - 1 : table.sums.front().column;
    Cell text = cell_of(spec, 0, texts_.passage(label, type));
    text.align = Align::Left;
    text.overflow = Overflow::Flow;
    for (std::size_t i = 1; i < first; ++i) text.width += spec.columns[i].width;
    if (first > 0) row.cells.push_back(text);
    for (const SummedColumn& sum : table.sums) {
        const ColumnSpec& column = spec.columns[sum.column];
        const TextCompiler::Swap swap{amount_of(column)->path, sum.sum};
        row.cells.push_back(cell_of(spec, sum.column, texts_.passage_with(column.cell, type, swap)));
    }
    return row;
}

SumRow TableCompiler::foot_row(const TableSpec& spec, const FootSpec& foot, const TypeSpec& type, const Table& table) {
    const TypeSpec own = foot.bold.value_or(false) ? bold(type) : type;
    SumRow row = sum_row(spec, foot.label, own, table);
    if (foot.text) {
        const std::size_t column = table.sums.empty() ? spec.columns.size() - 1 : table.sums.back().column;
        row.cells.resize(std::min<std::size_t>(row.cells.size(), 1));
        row.cells.push_back(cell_of(spec, column, texts_.passage(*foot.text, own)));
    }
    if (foot.rule) row.rule = stroke(*foot.rule, foot.pointer);
    return row;
}

void TableCompiler::add_sum_rows(const TableSpec& spec, const TypeSpec& type, Table& table) {
    const bool sums = std::any_of(spec.foot.begin(), spec.foot.end(), [](const FootSpec& f) { return !f.text; });
    if (table.sums.empty() && (spec.carried || sums))
        return shop_.findings.error("no-sum", spec.carried ? spec.carried->pointer : spec.foot.front().pointer,
                                    "no column of this table is summed", R"(give one of them "sum": true)");
    if (!table.sums.empty() && table.sums.front().column == 0)
        return shop_.findings.error("no-sum", spec.columns.front().cell.pointer,
                                    "the first column has the labels of the sums and cannot be summed itself");
    if (spec.carried) table.carried = sum_row(spec, *spec.carried, type, table);
    if (spec.brought) table.brought = sum_row(spec, *spec.brought, type, table);
    for (const FootSpec& foot : spec.foot) table.foot.push_back(foot_row(spec, foot, type, table));
}

Table TableCompiler::table(const TableSpec& spec, const BlockSpec& block) {
    const TypeSpec type = types_.type_of(block);
    const std::string pointer = pointer_to(block.pointer, "table");
    Table table;
    for (const auto& column : spec.columns) table.width += column.width;
    table.leading = TypeBook::leading(type);
    table.row_height = spec.row_height.value_or(table.leading + 1.2_mm);
    table.titles = titles(spec, type);
    if (spec.head_rule) table.head_rule = stroke(*spec.head_rule, pointer);
    if (spec.row_rule) table.row_rule = stroke(*spec.row_rule, pointer);
    if (spec.zebra) table.zebra = types_.colour(*spec.zebra, pointer_to(pointer, "zebra"));
    TextCompiler::RowScope scope{spec.list, spec.pattern, 0, sample_members(shop_.findings.source(), spec.list), {}};
    if (!spec.list.empty()) {
        Placeholder list;
        list.path = spec.list;
        table.list = texts_.placeholder(list, spec.rows_pointer);
    }
    texts_.enter(&scope);
    for (scope.row = 1; scope.row <= (spec.list.empty() ? spec.count : 1); ++scope.row) {
        table.rows.push_back(cells(spec, type));
        add_amounts(spec, table);
    }
    texts_.enter(nullptr);
    table.row_slots = std::move(scope.slots);
    if (!shop_.findings.has_error()) add_sum_rows(spec, type, table);
    return table;
}

}  // namespace pli::layouts
