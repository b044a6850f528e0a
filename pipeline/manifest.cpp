#include "pipeline/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace pli::pipeline {
namespace {

void append_number(std::string& line, std::int64_t value) {
    const fmt::format_int digits(value);
    line.append(digits.data(), digits.size());
}

bool needs_quotes(char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }
bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

/// Writes the fields of one row, named or in order, so that both files tell the same.
class CsvRow {
public:
    explicit CsvRow(std::string& line) : line_(line) { line_.clear(); }
    void text(std::string_view, std::string_view value) {
        separate();
        append_csv_field(line_, value);
    }
    void number(std::string_view, std::int64_t value) {
        separate();
        append_number(line_, value);
    }
    /// Columns written out before, once for many pieces.
    void columns(const Franking& franking) {
        separate();
        line_ += franking.csv;
    }
    void unit(std::string_view, std::uint32_t number) {
        separate();
        if (number > 0) append_number(line_, number);
    }
    void end() { line_ += "\r\n"; }

private:
    void separate() {
        if (!first_) line_ += ',';
        first_ = false;
    }
    std::string& line_;
    bool first_ = true;
};

class CsvHeader {
public:
    explicit CsvHeader(std::string& line) : row_(line) {}
    void text(std::string_view name, std::string_view) { row_.text(name, name); }
    void number(std::string_view name, std::int64_t) { row_.text(name, name); }
    void columns(const Franking&) {
        for (const auto name : franking_columns) row_.text(name, name);
    }
    void unit(std::string_view name, std::uint32_t) { row_.text(name, name); }
    void end() { row_.end(); }

private:
    CsvRow row_;
};

class JsonRow {
public:
    explicit JsonRow(std::string& line) : line_(line) { line_.assign(1, '{'); }
    void text(std::string_view name, std::string_view value) {
        begin(name);
        append_json_string(line_, value);
    }
    void number(std::string_view name, std::int64_t value) {
        begin(name);
        append_number(line_, value);
    }
    void columns(const Franking& franking) {
        line_ += ',';
        line_ += franking.json;
    }
    void unit(std::string_view name, std::uint32_t number) {
        begin(name);
        if (number > 0)
            append_number(line_, number);
        else
            line_ += "null";
    }
    void end() { line_ += "}\n"; }

private:
    void begin(std::string_view name) {
        line_ += line_.size() > 1 ? ",\"" : "\"";
        line_ += name;  // ours: nothing in it to escape
        line_ += "\":";
    }
    std::string& line_;
};

/// The columns, once for the header and both files.
template <class Row>
void write(Row row, const BatchSpec& batch, const ManifestRow& piece) {
    row.text("batch", batch.name);
    row.text("batch_id", batch.id);
    row.number("piece", piece.piece);
    row.number("letter", piece.note.letter.value);
    row.text("key", piece.note.key);
    row.text("template", piece.note.template_name);
    row.text("country", piece.note.country);
    row.text("postal_code", piece.note.postal_code);
    row.number("sheets", piece.sheets);
    row.number("pages", piece.pages);
    row.text("sides", batch.production.sides == Sides::Duplex ? "duplex" : "simplex");
    row.text("envelope", batch.production.envelope);
    row.text("paper", batch.production.paper);
    row.text("file", "print.pdf");
    row.number("first_page", piece.place.first_page);
    row.number("last_page", piece.place.last_page);
    row.number("first_press_sheet", piece.place.first_press_sheet);
    row.number("last_press_sheet", piece.place.last_press_sheet);
    row.number("cell", piece.place.cell);
    row.number("pile", piece.place.pile);
    row.columns(piece.franking ? *piece.franking : not_franked());
    row.text("sort_key", piece.sort_key);
    row.unit("tray", piece.packed.tray);
    row.unit("bundle", piece.packed.bundle);
    row.number("generation", piece.note.generation);
    if (batch.production.franked) row.text("franking_id", piece.franking_id);
    row.text("imposition", name_of(batch.layout.arrangement));
    row.text("page_sums", piece.note.page_sums);
    row.text("qr", piece.note.qr);
    row.end();
}

}  // namespace

void append_csv_field(std::string& line, std::string_view value) {
    if (std::ranges::none_of(value, needs_quotes)) {  // find_first_of would search those four for every character
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

void append_json_string(std::string& line, std::string_view value) {
    line += '"';
    const auto plain = std::find_if(value.begin(), value.end(), needs_escape) - value.begin();
    line += value.substr(0, static_cast<std::size_t>(plain));
    for (const char c : value.substr(static_cast<std::size_t>(plain))) {
        if (c == '"' || c == '\\')
            (line += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            fmt::format_to(std::back_inserter(line), "\\u{:04x}", static_cast<unsigned>(c));
        else
            line += c;
    }
    line += '"';
}

Result<Manifest> Manifest::create(const HiddenFolder& folder, const BatchSpec& batch) {
    auto csv = TRY(OutputFile::create(folder.path("manifest.csv")));
    auto jsonl = TRY(OutputFile::create(folder.path("manifest.jsonl")));
    Manifest manifest(batch, std::move(csv), std::move(jsonl));
    write(CsvHeader(manifest.line_), batch, {});
    TRY(manifest.csv_.write(manifest.line_));
    return manifest;
}

Done Manifest::add(const ManifestRow& row) {
    write(CsvRow(line_), batch_, row);
    TRY(csv_.write(line_));
    write(JsonRow(line_), batch_, row);
    return jsonl_.write(line_);
}

Result<std::vector<HiddenFolder::FileSum>> Manifest::close() {
    const auto csv = TRY(csv_.close());
    const auto jsonl = TRY(jsonl_.close());
    return std::vector<HiddenFolder::FileSum>{{"manifest.csv", csv.sha256}, {"manifest.jsonl", jsonl.sha256}};
}

}  // namespace pli::pipeline
