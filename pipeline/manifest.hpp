#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/imposition.hpp"
#include "pipeline/output_file.hpp"
#include "pipeline/piece_notes.hpp"
#include "pipeline/postage_list.hpp"

namespace pli::pipeline {

/// One mailpiece as the print house is told of it.
struct ManifestRow {
    std::uint32_t piece = 1, sheets = 1, pages = 1;
    PieceNote note;
    Placement place;
    const Franking* franking = nullptr;  // none: its columns are empty
    std::string_view sort_key{};
    PackPlaces::Place packed{};
    std::string franking_id{};  // of a franked batch
};

/// manifest.csv and manifest.jsonl: one row per piece, the same facts in both. Columns: docs/print-house.md.
/// Source   RFC 4180 (CSV, CRLF), RFC 8259 (JSON). Values are written as they are: nothing is put before a leading "=",
///          because a control file must give back exactly what it was given
/// Errors   Environment: cannot write
/// Threads  one object per thread
class Manifest {
public:
    static Result<Manifest> create(const HiddenFolder& folder, const BatchSpec& batch);
    Done add(const ManifestRow& row);
    Result<std::vector<HiddenFolder::FileSum>> close();

private:
    Manifest(const BatchSpec& batch, OutputFile csv, OutputFile jsonl)
        : batch_(batch), csv_(std::move(csv)), jsonl_(std::move(jsonl)) {}
    const BatchSpec& batch_;
    OutputFile csv_, jsonl_;
    std::string line_;
};

/// A field as RFC 4180 wants it: quoted where it holds a comma, a quote or a line break.
void append_csv_field(std::string& line, std::string_view value);
/// A JSON string with its quotes.
void append_json_string(std::string& line, std::string_view value);

}  // namespace pli::pipeline
