#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pipeline/office_sheet.hpp"

namespace pli::pipeline {

/// A column of a table on paper. Numbers end at `at`, words begin there.
struct TableColumn {
    std::string heading;
    Length at;
    bool number = false;
};

/// A table that runs over as many sheets as it needs, each with its heading, and with the sums of all rows above carried
/// from the foot of one sheet to the head of the next, as book-keepers want it.
struct PaperTable {
    std::string title;
    std::vector<std::string> facts;  // lines below the title, on the first sheet
    std::string batch;               // on every sheet
    std::vector<TableColumn> columns;
    std::vector<std::vector<std::string>> rows;
    /// The cells of the sum of the first `rows` rows; none: nothing is carried and there is no total.
    std::function<std::vector<std::string>(std::size_t rows)> sum;
    /// What stands below the table, and how high it is: it is never torn apart.
    std::function<void(OfficeSheet&)> foot;
    Length foot_height;
};

/// Errors   MissingGlyph: no fallback face holds a character
Result<std::vector<OfficePage>> table_pages(const PaperTable& table, Size paper, PlainText& text);

}  // namespace pli::pipeline
