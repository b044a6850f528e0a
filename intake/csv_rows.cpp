#include "intake/csv_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::intake {
namespace {

// A row of many long fields must not grow without end either.
constexpr std::size_t max_row_bytes = 32u << 20;

std::size_t byte(char c) { return static_cast<std::uint8_t>(c); }

void note(CsvRow& row, CsvRow::Fault fault, std::size_t column) {
    if (row.fault != CsvRow::Fault::None) return;
    row.fault = fault;
    row.fault_column = column;
}

}  // namespace

CsvRows::CsvRows(TextSource source, CsvFormat format) : source_(std::move(source)), format_(std::move(format)) {
    for (const char c : {format_.delimiter, '\n', '\r'}) ends_plain_[byte(c)] = true;
}

Result<bool> CsvRows::next(CsvRow& row) {
    begin_row(row);
    while (true) {
        if (rest_.empty() && !TRY(refill())) return last_row(row);
        if (consume(row)) return true;
    }
}

Result<bool> CsvRows::refill() {
    rest_ = TRY(source_());
    return !rest_.empty();
}

Result<bool> CsvRows::last_row(CsvRow& row) {
    if (place_ == Place::Quoted)
        return failure(Fault::BadInput, fmt::format("{}:{}", format_.file, quote_line_),
                       "the quote opened here is never closed", "close it, or double a quote that is part of a value");
    if (place_ == Place::FieldStart && blank()) return false;
    end_field(row);
    complete(row);
    return true;
}

void CsvRows::begin_row(CsvRow& row) {
    row.line = line_;
    row.fault = CsvRow::Fault::None;
    row.values.clear();
    text_.clear();
    ends_.clear();
    field_begin_ = 0;
    quoted_ = too_long_ = false;
}

bool CsvRows::consume(CsvRow& row) {
    if (after_cr_) {
        after_cr_ = false;
        if (rest_.front() == '\n') rest_.remove_prefix(1);
        if (rest_.empty()) return false;
    }
    switch (place_) {
        case Place::FieldStart: return at_start(row);
        case Place::Plain: return in_plain(row);
        case Place::Quoted: return in_quotes();
        case Place::QuoteSeen: return behind_quote(row);
    }
    return false;
}

bool CsvRows::at_start(CsvRow& row) {
    if (rest_.front() != '"') {
        place_ = Place::Plain;
        return in_plain(row);
    }
    rest_.remove_prefix(1);
    place_ = Place::Quoted;
    quote_line_ = line_;
    quoted_ = true;
    return false;
}

bool CsvRows::in_plain(CsvRow& row) {
    const auto stop = std::find_if(rest_.begin(), rest_.end(), [&](char c) { return ends_plain_[byte(c)]; });
    keep(static_cast<std::size_t>(stop - rest_.begin()));
    if (rest_.empty()) return false;
    if (rest_.front() != format_.delimiter) return line_end(row);
    rest_.remove_prefix(1);
    end_field(row);
    return false;
}

/// Line ends within quotes become '\n' each, whatever the file writes.
bool CsvRows::in_quotes() {
    const auto stop =
        std::find_if(rest_.begin(), rest_.end(), [](char c) { return c == '"' || c == '\n' || c == '\r'; });
    keep(static_cast<std::size_t>(stop - rest_.begin()));
    if (rest_.empty()) return false;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '"') {
        place_ = Place::QuoteSeen;
        return false;
    }
    if (!too_long_) text_ += '\n';
    ++line_;
    after_cr_ = c == '\r';
    return false;
}

bool CsvRows::behind_quote(CsvRow& row) {
    const char c = rest_.front();
    if (c == '"') {  // doubled: one quote of the value
        keep(1);
        place_ = Place::Quoted;
        return false;
    }
    if (!ends_plain_[byte(c)]) note(row, CsvRow::Fault::TextBehindQuote, ends_.size());
    place_ = Place::Plain;
    return in_plain(row);
}

bool CsvRows::line_end(CsvRow& row) {
    after_cr_ = rest_.front() == '\r';
    rest_.remove_prefix(1);
    ++line_;
    place_ = Place::FieldStart;
    if (blank()) {
        row.line = line_;
        return false;
    }
    end_field(row);
    complete(row);
    return true;
}

/// Takes bytes off the block into the value, unless it is too long already: then they are only passed over.
void CsvRows::keep(std::size_t bytes) {
    const auto room = std::min<std::size_t>(
        format_.max_field_bytes - std::min<std::size_t>(format_.max_field_bytes, text_.size() - field_begin_),
        max_row_bytes - std::min(max_row_bytes, text_.size()));
    too_long_ = too_long_ || bytes > room;
    if (!too_long_) text_.append(rest_.data(), bytes);
    rest_.remove_prefix(bytes);
}

void CsvRows::end_field(CsvRow& row) {
    if (too_long_) note(row, CsvRow::Fault::TooLong, ends_.size());
    too_long_ = false;
    ends_.push_back(text_.size());
    field_begin_ = text_.size();
    place_ = Place::FieldStart;
}

void CsvRows::complete(CsvRow& row) {
    std::size_t begin = 0;
    for (const auto end : ends_) {
        row.values.emplace_back(text_.data() + begin, end - begin);
        begin = end;
    }
}

}  // namespace pli::intake
