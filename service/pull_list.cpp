#include "service/pull_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "intake/csv_rows.hpp"
#include "pipeline/office_sheet.hpp"
#include "pipeline/output_file.hpp"
#include "pipeline/piece_mark.hpp"
#include "pipeline/table_sheet.hpp"
#include "service/batch_ledger.hpp"
#include "service/composing.hpp"
#include "service/run_plan.hpp"
#include "store/letter_store.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

/// Where a piece lies: its sheets counted from the top, in its pile as cut and in the stack put together.
struct PulledPiece {
    std::string piece, letter, pile, tray;
    std::uint32_t sheets = 0, in_pile = 0, in_stack = 0;  // the first of its sheets, from 1
};

/// The manifest's rows, value by column.
class ManifestReader {
public:
    static Result<ManifestReader> open(const std::string& folder) {
        const auto path = folder + "/manifest.csv";
        auto text = std::make_shared<std::string>(TRY(read_file(path)));
        intake::CsvFormat format;
        format.file = path;
        ManifestReader reader(intake::CsvRows(
            [text, given = false]() mutable -> Result<std::string_view> {
                return std::exchange(given, true) ? std::string_view{} : std::string_view(*text);
            },
            format));
        if (!TRY(reader.rows_.next(reader.row_))) return failure(Fault::BadInput, path, "is empty");
        for (std::size_t i = 0; i < reader.row_.values.size(); ++i)
            reader.columns_[std::string(reader.row_.values[i])] = i;
        for (const auto* column : {"piece", "letter", "sheets", "pile", "tray"})
            if (!reader.columns_.contains(column))
                return failure(Fault::BadInput, path, fmt::format("has no column {}", column),
                               "name a batch that Pli made");
        return reader;
    }
    Result<bool> next() { return rows_.next(row_); }
    std::string_view text(const std::string& column) const {
        const auto at = columns_.at(column);
        return at < row_.values.size() ? row_.values[at] : std::string_view{};
    }
    std::uint32_t number(const std::string& column) const {
        std::uint32_t number = 0;
        const auto value = text(column);
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }

private:
    explicit ManifestReader(intake::CsvRows rows) : rows_(std::move(rows)) {}
    intake::CsvRows rows_;
    intake::CsvRow row_;
    std::map<std::string, std::size_t> columns_;
};

Result<std::vector<PulledPiece>> places_of(const std::string& folder, const std::set<std::uint32_t>& wanted) {
    auto manifest = TRY(ManifestReader::open(folder));
    std::vector<PulledPiece> pulled;
    std::map<std::string, std::uint32_t, std::less<>> before;  // sheets above, by pile
    std::uint32_t above = 0;
    while (TRY(manifest.next())) {
        const auto sheets = manifest.number("sheets");
        auto& in_pile = before[std::string(manifest.text("pile"))];
        if (wanted.contains(manifest.number("piece")))
            pulled.push_back({std::string(manifest.text("piece")), std::string(manifest.text("letter")),
                              std::string(manifest.text("pile")), std::string(manifest.text("tray")), sheets,
                              in_pile + 1, above + 1});
        in_pile += sheets;
        above += sheets;
    }
    return pulled;
}

std::string csv_text(const std::string& batch, const std::string& id, const std::vector<PulledPiece>& pieces) {
    std::string text =
        "batch,batch_id,piece,letter,sheets,pile,first_sheet_in_pile,last_sheet_in_pile,first_sheet_in_stack,"
        "last_sheet_in_stack,tray\r\n";
    for (const auto& piece : pieces)
        text += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\r\n", batch, id, piece.piece, piece.letter, piece.sheets,
                            piece.pile, piece.in_pile, piece.in_pile + piece.sheets - 1, piece.in_stack,
                            piece.in_stack + piece.sheets - 1, piece.tray);
    return text;
}

pipeline::PaperTable table_of(const std::string& batch, const std::vector<PulledPiece>& pieces) {
    pipeline::PaperTable table;
    table.title = "Pull list";
    table.batch = batch;
    table.facts = {fmt::format("{} pieces are cancelled: take them out and destroy them.", pieces.size()),
                   "Sheets are counted from the top, fronts up."};
    table.columns = {{"pile", 25_mm, false},   {"sheets in pile", 40_mm, false}, {"sheets in stack", 75_mm, false},
                     {"piece", 115_mm, false}, {"letter", 140_mm, false},        {"tray", 170_mm, false}};
    for (const auto& piece : pieces)
        table.rows.push_back({piece.pile, fmt::format("{}–{}", piece.in_pile, piece.in_pile + piece.sheets - 1),
                              fmt::format("{}–{}", piece.in_stack, piece.in_stack + piece.sheets - 1),
                              fmt::format("{:0>7}", piece.piece), piece.letter, piece.tray});
    table.foot = [](pipeline::OfficeSheet& sheet) {
        sheet.section("DONE");
        sheet.signature("Pulled", "pieces", "date, name");
        sheet.signature("Destroyed", "pieces", "date, name");
    };
    table.foot_height = 42_mm;
    return table;
}

/// What is written, and as what.
struct PullJob {
    std::string name, parent;
    store::RunRecord run;
    std::string csv;
    pipeline::PaperTable table;
};

Result<std::string> write_folder(const Workspace& workspace, const PullJob& job) {
    const auto composing = TRY(compose(workspace, {}, job.run.day));
    auto plan = run_plan(workspace, composing, job.run);
    auto folder = TRY(pipeline::HiddenFolder::create(job.parent, job.name));
    auto file = TRY(pipeline::OutputFile::create(folder.path("pull-list.csv")));
    TRY(file.write(job.csv));
    const auto written = TRY(file.close());
    pipeline::PlainText text(*plan.fonts, plan.mark_chain);
    const auto pages = TRY(pipeline::table_pages(job.table, pipeline::office_size({210_mm, 297_mm}), text));
    const auto pdf =
        TRY(pipeline::write_office_pdf(plan, {"pull-list.pdf", "Pull list", job.table.batch}, pages, folder));
    TRY(folder.hand_over({{"pull-list.csv", written.sha256}, pdf}));
    return folder.final_path();
}

/// Lists of a batch are numbered: a later cancellation makes the next one, and a delivered one stays as it is.
std::string list_folder(const fs::path& parent, const std::string& batch, int number) {
    return (parent / fmt::format("{}-pull-{}", batch, number)).string();
}

}  // namespace

Result<PullReport> write_pull_list(const Workspace& workspace, const std::string& folder) {
    const auto queue = TRY(store::open(workspace.queue));
    const auto batch = batch_of(folder);
    const auto account = TRY(queue->account_of(batch));
    std::set<std::uint32_t> withdrawn;
    PullReport report;
    for (const auto& piece : TRY(queue->pieces_of(batch))) {
        if (piece.state != jobs::State::Withdrawn) continue;
        if (piece.generation == piece.own)
            withdrawn.insert(piece.piece);
        else
            ++report.in_reprints;
    }
    report.pieces = static_cast<std::uint32_t>(withdrawn.size());
    if (withdrawn.empty()) return report;
    const auto pieces = TRY(places_of(folder, withdrawn));
    const auto& numbered_in = account.reprint_of.empty() ? batch : account.reprint_of;
    PullJob job;
    job.csv = csv_text(batch, pipeline::batch_id(workspace.name, numbered_in), pieces);
    job.parent = fs::absolute(folder).lexically_normal().parent_path().string();
    if (!fs::absolute(folder).has_filename()) job.parent = fs::path(job.parent).parent_path().string();
    int number = 1;
    while (fs::exists(list_folder(job.parent, batch, number) + "/READY")) ++number;
    if (number > 1) {
        const auto last = list_folder(job.parent, batch, number - 1);
        if (TRY(read_file(last + "/pull-list.csv")) == job.csv) {
            report.folder = last;
            report.found = true;
            return report;
        }
    }
    job.name = fs::path(list_folder(job.parent, batch, number)).filename().string();
    job.run = TRY(queue->run_of(batch));
    job.table = table_of(batch, pieces);
    report.folder = TRY(write_folder(workspace, job));
    return report;
}

}  // namespace pli::service
