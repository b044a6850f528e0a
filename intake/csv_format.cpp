#include "intake/csv_format.hpp"

#include <algorithm>

#include "intake/csv_rows.hpp"

namespace pli::intake {
namespace {

constexpr std::size_t rows_looked_at = 20, bytes_looked_at = 1u << 16;

/// Columns of the header, times the share of rows that have as many.
double score(std::string_view text, char delimiter, bool cut_off) {
    bool given = false;
    CsvRows rows([&]() -> Result<std::string_view> { return std::exchange(given, true) ? std::string_view{} : text; },
                 {delimiter, bytes_looked_at, {}});
    std::vector<std::size_t> columns;
    CsvRow row;
    for (auto more = rows.next(row); more && *more && columns.size() < rows_looked_at; more = rows.next(row))
        columns.push_back(row.values.size());
    if (cut_off && columns.size() > 1 && columns.size() < rows_looked_at) columns.pop_back();  // may be half a row
    if (columns.empty() || columns.front() < 2) return 0;
    const auto alike = std::count(columns.begin(), columns.end(), columns.front());
    return static_cast<double>(columns.front()) * static_cast<double>(alike) / static_cast<double>(columns.size());
}

}  // namespace

char recognise_delimiter(std::string_view first_text) {
    const bool cut_off = first_text.size() > bytes_looked_at;
    const auto sample = first_text.substr(0, bytes_looked_at);
    char best = ',';
    double best_score = 0;
    for (const char candidate : {',', ';', '\t', '|'}) {
        const auto reached = score(sample, candidate, cut_off);
        if (reached > best_score) {
            best = candidate;
            best_score = reached;
        }
    }
    return best;
}

std::optional<ExcelHint> excel_hint(std::string_view first_text) {
    if (!first_text.starts_with("sep=") || first_text.size() < 6) return std::nullopt;
    const auto end = first_text.substr(5, 2);
    if (end == "\r\n") return ExcelHint{first_text[4], 7};
    if (end.starts_with('\n') || end.starts_with('\r')) return ExcelHint{first_text[4], 6};
    return std::nullopt;
}

}  // namespace pli::intake
