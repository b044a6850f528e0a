#include "intake/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include "intake/csv_format.hpp"
#include "intake/csv_rows.hpp"
#include "intake/fold.hpp"
#include "intake/json_object.hpp"
#include "intake/text_check.hpp"
#include "intake/text_stream.hpp"

namespace pli::intake {
namespace {

enum class Column : std::uint8_t { Batch, Piece, Generation, Status, Time, Reason, Code, Other };

struct Known {
    std::string_view name;  // folded
    Column column;
};
constexpr std::array known_columns{Known{"batch", Column::Batch},   Known{"batchid", Column::Batch},
                                   Known{"piece", Column::Piece},   Known{"generation", Column::Generation},
                                   Known{"status", Column::Status}, Known{"result", Column::Status},
                                   Known{"state", Column::Status},  Known{"time", Column::Time},
                                   Known{"at", Column::Time},       Known{"date", Column::Time},
                                   Known{"reason", Column::Reason}, Known{"code", Column::Code}};

Column column_named(std::string_view name) {
    const auto word = folded(name);
    const auto found = std::find_if(known_columns.begin(), known_columns.end(),
                                    [&](const Known& known) { return known.name == word; });
    return found == known_columns.end() ? Column::Other : found->column;
}

std::optional<std::uint32_t> number_in(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
    return number;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// Fills a row value by value; the first that cannot be understood refuses it.
class RowBuilder {
public:
    RowBuilder(const std::string& file, std::uint64_t line) : file_(file) { row_.report.line = line; }

    void take(Column column, std::string_view given) {
        const auto value = trimmed(given);
        if (value.empty() || error_) return;
        if (fault_in(value) != TextFault::None) return refuse(column, value, "is not plain text");
        switch (column) {
            case Column::Batch: row_.batch = value; break;
            case Column::Piece: return number(column, value, row_.report.piece, has_piece_);
            case Column::Generation: return number(column, value, row_.report.generation, has_generation_);
            case Column::Status: return status(value);
            case Column::Time: return time(value);
            case Column::Reason: row_.report.reason = value; break;
            case Column::Code: return code(value);
            case Column::Other: break;
        }
    }

    Result<ResultRow> finish() {
        if (!error_ && !has_piece_) missing("piece", "write the piece's number, or the code that was scanned");
        if (!error_ && !has_status_)
            missing("status", "write produced, spoiled, reprinted, destroyed, mailed or returned");
        if (!error_ && row_.report.what == jobs::Report::Returned && row_.report.reason.empty())
            missing("reason", "say why the post brought it back: moved, unknown, refused, …");
        if (error_) return tl::unexpected(std::move(*error_));
        if (!has_generation_) row_.report.generation = 0;
        return std::move(row_);
    }

private:
    std::string where(std::string_view column) const {
        return fmt::format("{}:{}, column {}", file_, row_.report.line, column);
    }
    void refuse(Column column, std::string_view value, std::string message, std::string remedy = {}) {
        constexpr std::array names{"batch", "piece", "generation", "status", "time", "reason", "code", ""};
        error_ = Error{Fault::BadInput, where(names.at(static_cast<std::size_t>(column))),
                       fmt::format("\"{}\" {}", shown(value), message), std::move(remedy)};
    }
    void missing(std::string_view column, std::string remedy) {
        error_ = Error{Fault::BadInput, where(column), "is missing or empty", std::move(remedy)};
    }
    void number(Column column, std::string_view value, std::uint32_t& target, bool& has) {
        const auto found = number_in(value);
        if (!found) return refuse(column, value, "is not a number from 1");
        target = *found;
        has = true;
    }
    void status(std::string_view value) {
        const auto found = jobs::report_named(folded(value));
        if (!found)
            return refuse(Column::Status, value, "is not a status Pli knows",
                          "write produced, spoiled, reprinted, destroyed, mailed or returned");
        row_.report.what = *found;
        has_status_ = true;
    }
    void time(std::string_view value) {
        if (!Day::parse(value.substr(0, 10)))
            return refuse(Column::Time, value, "does not begin with a day", "write 2026-11-24 or 2026-11-24T21:30:00Z");
        row_.report.at = value;
    }
    /// The DataMatrix as it was scanned: 28 digits of a first print, 30 of a later generation.
    void code(std::string_view value) {
        const bool first = value.size() == 28 && value[0] == '1', later = value.size() == 30 && value[0] == '3';
        const bool digits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || (!first && !later))
            return refuse(Column::Code, value, "is not the code of a letter sheet", "see docs/print-house.md");
        row_.batch = value.substr(1, 14);
        std::from_chars(value.data() + 15, value.data() + 22, row_.report.piece);
        row_.report.generation = 1;
        if (later) std::from_chars(value.data() + 28, value.data() + 30, row_.report.generation);
        has_piece_ = has_generation_ = true;
    }

    const std::string& file_;
    ResultRow row_;
    bool has_piece_ = false, has_generation_ = false, has_status_ = false;
    std::optional<Error> error_;
};

void keep(RowBuilder& builder, ResultFile& file) {
    if (auto row = builder.finish())
        file.rows.push_back(std::move(*row));
    else
        file.refused.push_back(std::move(row).error());
}

std::vector<Column> columns_of(const CsvRow& header) {
    std::vector<Column> columns;
    for (const auto name : header.values) columns.push_back(column_named(trimmed(name)));
    return columns;
}

Done check_header(const std::vector<Column>& columns, const std::string& file) {
    const auto has = [&](Column column) { return std::find(columns.begin(), columns.end(), column) != columns.end(); };
    if (has(Column::Status) && (has(Column::Piece) || has(Column::Code))) return {};
    return failure(Fault::BadInput, file + ":1", "has no columns piece (or code) and status",
                   "write a header: piece,status,time,reason");
}

Result<ResultFile> read_csv(TextSource source, char delimiter, const std::string& file) {
    CsvRows rows(std::move(source), {delimiter, 1u << 16, file});
    CsvRow row;
    ResultFile results;
    if (!TRY(rows.next(row))) return failure(Fault::BadInput, file, "the file is empty");
    const auto columns = columns_of(row);
    TRY(check_header(columns, file));
    while (TRY(rows.next(row))) {
        RowBuilder builder(file, row.line);
        for (std::size_t i = 0; i < std::min(columns.size(), row.values.size()); ++i)
            builder.take(columns[i], row.values[i]);
        keep(builder, results);
    }
    return results;
}

void add_json(std::string_view text, std::uint64_t line, const std::string& file, ResultFile& results) {
    JsonObject object;
    if (const auto read = read_json_object(text, object); !read) {
        results.refused.push_back(
            {Fault::BadInput, fmt::format("{}:{}", file, line), read.error().message, "write one JSON object a line"});
        return;
    }
    RowBuilder builder(file, line);
    for (std::size_t i = 0; i < object.count; ++i)
        builder.take(column_named(object.members[i].name), object.members[i].text);
    keep(builder, results);
}

/// Files of results are small beside files of letters: a line for each piece and step, so the text is read whole.
Result<ResultFile> read_json(const TextSource& source, const std::string& file) {
    std::string text;
    for (auto block = TRY(source()); !block.empty(); block = TRY(source())) text += block;
    ResultFile results;
    std::uint64_t line = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const auto one = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        ++line;
        if (!trimmed(one).empty()) add_json(trimmed(one), line, file, results);
    }
    return results;
}

}  // namespace

Result<ResultFile> read_result_file(const std::string& path) {
    auto stream = std::make_shared<TextStream>(TRY(TextStream::open(path, "")));
    std::string head(TRY(stream->next()));
    const auto file = file_name(path);
    const bool json = trimmed(std::string_view(head).substr(0, 1000)).starts_with('{');
    const auto hint = json ? std::nullopt : excel_hint(head);
    const auto delimiter = hint ? hint->delimiter : recognise_delimiter(head);
    if (hint) head.erase(0, hint->bytes);
    bool first = true;
    const TextSource source = [&]() -> Result<std::string_view> {
        if (std::exchange(first, false)) return std::string_view(head);
        return stream->next();
    };
    auto results = TRY(json ? read_json(source, file) : read_csv(source, delimiter, file));
    if (results.rows.empty() && results.refused.empty())
        return failure(Fault::BadInput, file, "the file holds no rows", "nothing was changed");
    return results;
}

}  // namespace pli::intake
