#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::intake {

/// Gives text block by block, empty at the end.
using TextSource = std::function<Result<std::string_view>()>;

struct CsvFormat {
    char delimiter = ',';
    std::uint64_t max_field_bytes = 1u << 20;
    std::string file{};  // for messages
};

/// One row, good until the next is read.
struct CsvRow {
    enum class Fault : std::uint8_t { None, TooLong, TextBehindQuote };
    std::uint64_t line = 0;  // where it begins, from 1
    std::vector<std::string_view> values;
    Fault fault = Fault::None;
    std::size_t fault_column = 0;  // index of the first value with a fault
};

/// CSV after RFC 4180 as a stream: quotes, doubled quotes, line ends within quotes, CRLF, LF or CR. Blank lines are
/// left out. Written here because libcsv knows neither line numbers nor a limit: it would buffer a 100 MB field whole,
/// and could not say where a quote was opened that is never closed.
/// Errors   BadInput: a quote never closed, with its line; whatever the source says
class CsvRows {
public:
    CsvRows(TextSource source, CsvFormat format);
    /// False at the end.
    Result<bool> next(CsvRow& row);
    const CsvFormat& format() const { return format_; }

private:
    enum class Place : std::uint8_t { FieldStart, Plain, Quoted, QuoteSeen };
    Result<bool> refill();
    Result<bool> last_row(CsvRow& row);
    bool consume(CsvRow& row);  // true: the row is complete
    bool at_start(CsvRow& row);
    bool in_plain(CsvRow& row);
    bool in_quotes();
    bool behind_quote(CsvRow& row);
    bool line_end(CsvRow& row);
    void begin_row(CsvRow& row);
    void keep(std::size_t bytes);
    void end_field(CsvRow& row);
    void complete(CsvRow& row);
    bool blank() const { return ends_.empty() && text_.empty() && !quoted_; }

    TextSource source_;
    CsvFormat format_;
    std::array<bool, 256> ends_plain_{};
    std::string_view rest_;  // of the block
    std::string text_;       // the values of the row, end to end
    std::vector<std::size_t> ends_;
    std::size_t field_begin_ = 0;
    std::uint64_t line_ = 1, quote_line_ = 0;
    Place place_ = Place::FieldStart;
    bool quoted_ = false, after_cr_ = false, too_long_ = false;
};

}  // namespace pli::intake
