#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "base/digest.hpp"
#include "intake/columns.hpp"
#include "intake/intake.hpp"

namespace pli::intake {

/// A row as read: one value per column.
struct RawRow {
    std::uint64_t line = 0;
    std::vector<FieldValue> values;
};

/// Turns rows into letters: trims and checks values, fills the recipient, finds the country, derives the key. The
/// letter's views point into the row and into the builder; good until the next row.
class LetterBuilder {
public:
    LetterBuilder(std::string file, Options options) : file_(std::move(file)), options_(std::move(options)) {}

    tl::expected<void, RowError> build(RawRow& row, const Columns& columns, jobs::NewLetter& letter);
    /// An error in the words of a row: "customers.csv:17, column zip: …".
    RowError refusal(std::uint64_t line, std::string_view column, std::string_view value, Error why) const;

private:
    using Checked = tl::expected<void, RowError>;
    Checked check_values(RawRow& row, const Columns& columns) const;
    void fill_recipient(const RawRow& row, const Columns& columns, Recipient& recipient);
    void join_house_number(const RawRow& row, const Columns& columns, Recipient& recipient);
    Checked find_country(const RawRow& row, const Columns& columns, Recipient& recipient);
    Checked fill_wishes(const RawRow& row, const Columns& columns, jobs::NewLetter& letter) const;
    std::string_view find_locale(std::string_view given);
    void derive_key(const RawRow& row, const Columns& columns);

    std::string file_;
    Options options_;
    Digest digest_;
    std::string key_, street_, locale_;
    std::unordered_map<std::string, std::string_view> countries_;  // as the file spells them
};

}  // namespace pli::intake
