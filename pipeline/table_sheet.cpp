#include "pipeline/table_sheet.hpp"

#include <fmt/format.h>

#include <optional>

namespace pli::pipeline {
namespace {

constexpr Length row_height = Length::mm(4.6), bottom_margin = 22_mm;
constexpr TextStyle words{8_pt, Colour::black()}, headings{7.5_pt, Colour::grey(650)};

/// Sets the table sheet by sheet.
class TableSetter {
public:
    TableSetter(const PaperTable& table, Size paper, PlainText& text) : table_(table), paper_(paper), text_(text) {}

    Result<std::vector<OfficePage>> set() {
        begin_sheet();
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            // Two more lines must fit: this row and the sum carried over.
            if (!room_for(2 * row_height)) TRY(turn_over(row));
            cells(table_.rows[row], words);
        }
        if (!room_for(3 * row_height + table_.foot_height)) TRY(turn_over(table_.rows.size()));
        finish_table();
        TRY(end_sheet());
        return std::move(pages_);
    }

private:
    bool room_for(Length height) const { return sheet_->y() + height < paper_.height - bottom_margin; }

    void begin_sheet() {
        sheet_.emplace(paper_, text_);
        sheet_->line(office::title, office::left, table_.title);
        sheet_->down(7_mm);
        sheet_->line(office::small, office::left, fmt::format("{}   sheet {}", table_.batch, pages_.size() + 1));
        if (pages_.empty())
            for (const auto& fact : table_.facts) {
                sheet_->down(row_height);
                sheet_->line(words, office::left, fact);
            }
        sheet_->down(9_mm);
        for (const auto& column : table_.columns) cell(column, column.heading, headings);
        sheet_->down(Length::mm(1.6));
        sheet_->rule();
        sheet_->down(row_height);
    }
    Done end_sheet() {
        pages_.push_back({TRY(sheet_->finish()), {}});
        return {};
    }

    /// The sums of all rows so far at the foot of this sheet and at the head of the next.
    Done turn_over(std::size_t rows) {
        sum("carried forward", rows);
        TRY(end_sheet());
        begin_sheet();
        sum("brought forward", rows);
        return {};
    }
    void sum(std::string_view name, std::size_t rows) {
        if (!table_.sum) return;
        auto sums = table_.sum(rows);
        sums[0] = name;
        cells(sums, words);
    }

    void finish_table() {
        if (table_.sum) {
            sheet_->down(Length::mm(-3));
            sheet_->rule();
            sheet_->down(row_height);
            sum("total", table_.rows.size());
        }
        if (table_.foot) table_.foot(*sheet_);
    }

    void cells(const std::vector<std::string>& values, const TextStyle& style) {
        for (std::size_t i = 0; i < table_.columns.size(); ++i) cell(table_.columns[i], values[i], style);
        sheet_->down(row_height);
    }
    void cell(const TableColumn& column, std::string_view value, const TextStyle& style) {
        if (column.number)
            sheet_->line_to(style, column.at, value);
        else
            sheet_->line(style, column.at, value);
    }

    const PaperTable& table_;
    Size paper_;
    PlainText& text_;
    std::optional<OfficeSheet> sheet_;
    std::vector<OfficePage> pages_;
};

}  // namespace

Result<std::vector<OfficePage>> table_pages(const PaperTable& table, Size paper, PlainText& text) {
    return TableSetter(table, paper, text).set();
}

}  // namespace pli::pipeline
