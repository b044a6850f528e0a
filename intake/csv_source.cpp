#include <fmt/format.h>

#include <algorithm>

#include "intake/row_sources.hpp"
#include "intake/text_check.hpp"

namespace pli::intake {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string list;
    for (const auto& name : names) {
        if (!list.empty()) list += ", ";
        list += shown(name);
        if (list.size() > 200) return list + ", …";
    }
    return list;
}

/// A telephone number, a date, an e-mail address: things that stand in rows, not above them.
bool looks_like_a_value(const std::string& name) {
    const auto digits = std::count_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    return name.find('@') != std::string::npos || (digits > 0 && static_cast<std::size_t>(digits) * 2 >= name.size());
}

Done check_header(const std::string& where, const Columns& columns) {
    if (columns.has_address()) return {};
    const auto& names = columns.headers;
    const auto value = std::find_if(names.begin(), names.end(), looks_like_a_value);
    if (value != names.end())
        return failure(Fault::BadInput, where,
                       fmt::format("does not look like a header: a column would be named \"{}\"", shown(*value)),
                       "put the names of the columns into the first line");
    return failure(Fault::BadInput, where,
                   fmt::format("no column is known as part of an address (found: {})", joined(names)),
                   "name the columns (first_name, last_name, street, postal_code, city), or map them: --map "
                   "column=street");
}

Done check_wishes(const std::string& where, const std::vector<std::string>& headers, const Wishes& wishes) {
    auto wanted = wishes.map;
    if (!wishes.key_column.empty()) wanted.emplace(wishes.key_column, "key");
    for (const auto& [name, target] : wanted)
        if (find_column(headers, name) < 0)
            return failure(Fault::BadInput, where, fmt::format("there is no column \"{}\" to map to {}", name, target),
                           "the file has: " + joined(headers));
    return {};
}

}  // namespace

Result<CsvSource> CsvSource::open(TextSource source, CsvFormat format, Wishes wishes) {
    CsvSource csv(CsvRows(std::move(source), std::move(format)));
    TRY(csv.read_header(wishes));
    return csv;
}

Done CsvSource::read_header(const Wishes& wishes) {
    const auto& file = rows_.format().file;
    if (!TRY(rows_.next(row_)))
        return failure(Fault::BadInput, file, "the file holds no header", "put the names of the columns into line 1");
    const auto where = fmt::format("{}:{}", file, row_.line);
    std::vector<std::string> headers;
    for (const auto value : row_.values) headers.emplace_back(trimmed(value));
    for (const auto& header : headers)
        if (fault_in(header) != TextFault::None || header.size() > 1000)
            return failure(Fault::BadInput, where, fmt::format("a column's name is no text: \"{}\"", shown(header)),
                           "save the file as CSV in UTF-8");
    TRY(check_wishes(where, headers, wishes));
    auto columns = columns_of(std::move(headers), wishes);
    if (!columns) columns.error().where = where;
    columns_ = TRY(columns);
    return check_header(where, columns_);
}

Result<Step> CsvSource::next(RawRow& row, RowError& refused) {
    const auto empty = [](std::string_view value) { return trimmed(value).empty(); };
    do {
        if (!TRY(rows_.next(row_))) return Step::End;
    } while (row_.fault == CsvRow::Fault::None && std::all_of(row_.values.begin(), row_.values.end(), empty));
    row.line = row_.line;
    auto& values = row_.values;
    while (values.size() > columns_.headers.size() && values.back().empty()) values.pop_back();  // Excel adds such
    if (broken(refused)) return Step::Refused;
    row.values.clear();
    for (const auto value : values) row.values.push_back({value, FieldKind::Text});
    return Step::Row;
}

bool CsvSource::broken(RowError& refused) {
    const auto refuse = [&](std::string_view column, std::string_view value, std::string message, std::string remedy) {
        refused = {
            row_.line, std::string(column), shown(value), {Fault::BadInput, "", std::move(message), std::move(remedy)}};
        return true;
    };
    const auto& names = columns_.headers;
    const auto column = row_.fault_column < names.size() ? std::string_view(names[row_.fault_column]) : "";
    const auto value = row_.fault_column < row_.values.size() ? row_.values[row_.fault_column] : "";
    if (row_.fault == CsvRow::Fault::TooLong)
        return refuse(column, value, fmt::format("the value is longer than {} bytes", rows_.format().max_field_bytes),
                      "a quote may be missing");
    if (row_.fault == CsvRow::Fault::TextBehindQuote)
        return refuse(column, value, "there is text behind the closing quote",
                      "double a quote that is part of a value");
    if (row_.values.size() != names.size())
        return refuse("", row_.values.empty() ? "" : row_.values.front(),
                      fmt::format("the row has {} columns, the header has {}", row_.values.size(), names.size()),
                      "look for a missing or an unquoted delimiter");
    return false;
}

}  // namespace pli::intake
