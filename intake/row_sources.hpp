#pragma once
#include <memory>
#include <string>
#include <unordered_map>

#include "intake/columns.hpp"
#include "intake/csv_rows.hpp"
#include "intake/intake.hpp"
#include "intake/json_object.hpp"
#include "intake/letter_builder.hpp"

namespace pli::intake {

/// What reading on came to. Refused: the row is broken as a row, before its values were looked at.
enum class Step : std::uint8_t { Row, Refused, End };

/// The rows of a CSV file below its header.
/// Errors   BadInput: no header, no column that belongs to an address, a mapped column that is not there
class CsvSource {
public:
    static Result<CsvSource> open(TextSource source, CsvFormat format, Wishes wishes);
    /// Result's error: the file cannot be read on. `refused` is set with Step::Refused.
    Result<Step> next(RawRow& row, RowError& refused);
    const Columns& columns() const { return columns_; }

private:
    explicit CsvSource(CsvRows rows) : rows_(std::move(rows)) {}
    Done read_header(const Wishes& wishes);
    bool broken(RowError& refused);

    CsvRows rows_;
    CsvRow row_;
    Columns columns_;
};

/// The objects of a JSON Lines file. Objects of one shape share one set of columns.
class JsonSource {
public:
    JsonSource(TextSource source, Wishes wishes, std::uint64_t max_line_bytes)
        : source_(std::move(source)), wishes_(std::move(wishes)), max_line_bytes_(max_line_bytes) {}
    Result<Step> next(RawRow& row, RowError& refused);
    const Columns& columns() const { return *columns_; }

private:
    Result<bool> next_line();
    Done choose_columns();

    TextSource source_;
    Wishes wishes_;
    std::uint64_t max_line_bytes_;
    std::string_view rest_;
    std::string line_;
    bool too_long_ = false;
    std::uint64_t line_number_ = 0;
    JsonObject object_;
    std::string shape_, last_shape_;
    std::shared_ptr<const Columns> columns_ = std::make_shared<Columns>();
    std::unordered_map<std::string, std::shared_ptr<const Columns>> known_;
};

}  // namespace pli::intake
