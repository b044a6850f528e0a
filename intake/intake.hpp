#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "jobs/queued_letter.hpp"

namespace pli::intake {

struct Options {
    std::string template_name;
    std::map<std::string, std::string> map;  // column → field or recipient part, over the names Pli knows
    std::string locale;
    std::string home_country;  // ISO 3166-1 alpha-2: taken where a row names no country
    // What every letter gets that has no column of its own for it: letter_due, letter_deadline, letter_priority,
    // letter_hold, letter_test.
    Day due{}, deadline{};
    std::uint8_t priority = jobs::usual_priority;
    bool held = false, test = false;
    std::string key_column;  // empty: "id"/"key"/... columns if present, else derived from the row's content
    std::uint64_t max_field_bytes = 1u << 20;
    std::uint64_t max_line_bytes = 16u << 20;  // JSON Lines
    std::string encoding;                      // empty: recognised; else a name ICU knows, "windows-1250"
};

/// A row that was not queued.   where: "customers.csv:17, column zip"
struct RowError {
    std::uint64_t line = 0;
    std::string column, value;
    Error error;
};

struct Report {
    std::uint64_t rows = 0, accepted = 0, refused = 0;
    std::vector<RowError> errors;                             // the first 1000
    std::string encoding;                                     // as recognised: "UTF-8", "windows-1252"
    std::string delimiter;                                    // CSV only
    std::vector<std::pair<std::string, std::string>> mapped;  // column → what it was taken for
};

/// A file of letters read as a stream, in constant memory. CSV: delimiter, quoting, BOM and encoding recognised.
/// JSON Lines: one object a line, nested objects flattened with dots, lists kept.
/// Errors   a row's error goes into the report and the row is left out; BadInput for the file as a whole (no header,
///          empty, not text); Environment: cannot read
/// Threads  one reader per thread
class LetterReader {
public:
    static Result<LetterReader> open(const std::string& path, Options options);
    /// One JSON object in memory, read as a line of a JSON Lines file would be; `where` names it in errors.
    static Result<LetterReader> of_json(std::string object, const std::string& where, Options options);
    ~LetterReader();
    LetterReader(LetterReader&&) noexcept;

    /// Fills the next good letter; false at the end. Views are good until the next call.
    bool next(jobs::NewLetter& letter);
    /// Where the letter came from, counted from 1 with the header.
    std::uint64_t line() const;
    const Report& report() const;
    /// Set when the stream itself broke in the middle (decoding, disk); rows before it stand.
    const Done& status() const;

private:
    struct State;
    explicit LetterReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pli::intake
