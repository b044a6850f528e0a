// Files from the wild, when they are at hand: none may crash the reader or make it take a broken row for a letter.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "intake/csv_format.hpp"
#include "intake/csv_rows.hpp"
#include "intake/intake.hpp"
#include "intake/text_stream.hpp"

using namespace pli;
using namespace pli::intake;

namespace {

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto ending = entry.path().extension();
        if (entry.is_regular_file() && (ending == ".csv" || ending == ".tsv")) files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string outcome_of(const std::string& path) {
    auto reader = LetterReader::open(path, {});
    if (!reader) return "refused: " + reader.error().text();
    jobs::NewLetter letter;
    while (reader->next(letter)) REQUIRE_FALSE(letter.key.empty());
    const auto& report = reader->report();
    CHECK(report.accepted + report.refused == report.rows);
    auto line = fmt::format("{} accepted, {} refused, {}", report.accepted, report.refused, report.encoding);
    if (!report.errors.empty()) line += ": " + report.errors.front().error.text();
    return reader->status() ? line : line + "; " + reader->status().error().text();
}

/// Rows of the file as such, whatever its columns mean.
void read_rows(const std::string& path) {
    auto stream = TextStream::open(path, "");
    if (!stream) return;
    CsvRows rows([&] { return stream->next(); }, {',', 1u << 20, path});
    CsvRow row;
    std::uint64_t line = 0;
    for (auto more = rows.next(row); more && *more; more = rows.next(row)) {
        CHECK(row.line > line);
        line = row.line;
        REQUIRE_FALSE(row.values.empty());
    }
}

}  // namespace

TEST_CASE("files from the wild are read or refused with a reason", "[intake][corpora]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (!corpora) {
        WARN("skipped: PLI_CORPORA names no folder of real files");
        return;
    }
    for (const auto* part : {"csv", "addresses", "linkage", "shop"})
        for (const auto& path : files_below(fmt::format("{}/{}", corpora, part))) {
            fmt::print("{}: {}\n", path, outcome_of(path));
            read_rows(path);
        }
}
