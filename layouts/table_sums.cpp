#include <fmt/format.h>

#include <algorithm>

#include "layouts/flow.hpp"

namespace pli::layouts {

Done Flow::begin_sums(const Table& table) {
    desk_.sums.sums.resize(std::max(desk_.sums.sums.size(), table.sums.size()));
    for (auto& sum : desk_.sums.sums) sum.clear();
    desk_.sums.slots.clear();
    for (const SummedColumn& column : table.sums) desk_.sums.slots.push_back(column.sum);
    desk_.sums.texts.resize(table.sums.size());
    carry_height_ = 0_mm;
    if (!table.carried) return {};
    show_sums(table);
    const Length forward = TRY(compose_row(table, table.carried->cells));
    carry_height_ = std::max(forward, TRY(compose_row(table, table.brought->cells)));
    return {};
}

/// Lets {sum} stand for the sum so far.
void Flow::show_sums(const Table& table) {
    if (table.sums.empty()) return;
    const auto& placeholders = desk_.state->placeholders;
    for (std::size_t i = 0; i < table.sums.size(); ++i) {
        const bool minor = placeholders[table.sums[i].amounts.front()].format.kind == Format::Kind::MoneyMinor;
        desk_.sums.sums[i].write(minor, desk_.sums.texts[i].emplace());
    }
    desk_.values.set_row(desk_.sums.slots, desk_.sums.texts);
}

/// What has to be added of the row at hand.
Done Flow::add_to_sums(const Table& table, std::size_t row) {
    for (std::size_t i = 0; i < table.sums.size(); ++i) {
        const auto amount = TRY(desk_.values.amount(table.sums[i].amounts[row]));
        if (!amount) continue;
        Done added = desk_.sums.sums[i].add(*amount);
        if (!added) added.error().where = fmt::format("body, {}, row {}", item_->pointer, rows_);
        TRY(std::move(added));
    }
    return {};
}

/// The room rows take that are not data.
Result<Length> Flow::height_of_sums(const Table& table, const std::vector<SumRow>& rows) {
    Length height;
    show_sums(table);
    for (const SumRow& row : rows) height += TRY(compose_row(table, row.cells));
    return height;
}

Done Flow::place_sum_row(const Table& table, const SumRow& row) {
    const Length height = TRY(compose_row(table, row.cells));
    if (row.rule) draw_rule(*row.rule, table.width);
    draw_row(table, row.cells);
    y_ += height;
    return {};
}

/// The room the head and the sum brought forward need before the next row.
Length Flow::head_room(const Table& table) const {
    if (headed_) return {};
    return scaled(table.head_height) + (rows_ > 0 ? carry_height_ : Length{});
}

/// Ends the page with the sum carried forward.
Done Flow::turn_table(const Table& table) {
    if (table.carried && rows_ > 0 && headed_) {
        show_sums(table);
        TRY(place_sum_row(table, *table.carried));
    }
    return next_page();
}

/// Begins a page with the head and the sum brought forward.
Done Flow::start_page_of(const Table& table) {
    TRY(place_head(table));
    if (!table.brought || rows_ == 0) return {};
    show_sums(table);
    return place_sum_row(table, *table.brought);
}

/// A row of the letter's data. The last one stays with the totals; every other leaves room to carry the sum forward.
Done Flow::place_data_row(const Table& table, std::size_t row, bool last) {
    const bool closes = last && !table.foot.empty();
    const Length below = closes ? TRY(height_of_sums(table, table.foot)) : last ? Length{} : carry_height_;
    TRY(place_row(table, table.rows[row], below));
    ++rows_;
    return table.sums.empty() ? Done{} : add_to_sums(table, row);
}

/// The totals: they keep with the last row.
Done Flow::place_foot(const Table& table) {
    if (table.foot.empty()) return {};
    show_sums(table);
    for (const SumRow& row : table.foot) {
        if (!fits(scaled(table.row_height))) TRY(next_page());
        TRY(place_head(table));
        TRY(place_sum_row(table, row));
    }
    return {};
}

}  // namespace pli::layouts
