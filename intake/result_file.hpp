#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "jobs/result_book.hpp"

namespace pli::intake {

/// A row of a print house's file of results.
struct ResultRow {
    jobs::PieceReport report;  // generation 0: not said
    std::string batch;         // name, or the 14 digits of the code; empty: not said
};

struct ResultFile {
    std::vector<ResultRow> rows;
    std::vector<Error> refused;  // rows that say nothing that can be understood; where: "results.csv:17, column status"
};

/// CSV or JSON Lines, in any encoding and with any delimiter that files of letters may have. Columns: docs/print-house.md.
/// Errors   BadInput: no such column at all, empty, not text; NotFound, Environment: the file. A row's own error is among
///          `refused`
/// Threads  plain function
Result<ResultFile> read_result_file(const std::string& path);

}  // namespace pli::intake
