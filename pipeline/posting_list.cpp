#include "pipeline/posting_list.hpp"

#include <fmt/format.h>

#include "pipeline/output_file.hpp"

namespace pli::pipeline {
namespace {

constexpr std::string_view header = "batch,country,sheets_per_piece,pieces,sheets,pages,first_piece,last_piece\r\n";

std::string line(const BatchSpec& batch, std::string_view country, const std::string& sheets_per_piece,
                 const PostingList::Tally& tally) {
    std::string text = batch.name + ",";
    append_csv_field(text, country);
    return text + fmt::format(",{},{},{},{},{},{}\r\n", sheets_per_piece, tally.pieces, tally.sheets, tally.pages,
                              tally.first_piece, tally.last_piece);
}

}  // namespace

void PostingList::Tally::add(const ManifestRow& row) {
    if (pieces++ == 0) first_piece = row.piece;
    last_piece = row.piece;
    sheets += row.sheets;
    pages += row.pages;
}

void PostingList::add(const ManifestRow& row) {
    groups_[{std::string(row.note.country), row.sheets}].add(row);
    total_.add(row);
}

Result<HiddenFolder::FileSum> PostingList::write(const HiddenFolder& folder, const BatchSpec& batch) const {
    auto file = TRY(OutputFile::create(folder.path("posting-list.csv")));
    TRY(file.write(header));
    for (const auto& [group, tally] : groups_)
        TRY(file.write(line(batch, group.country, std::to_string(group.sheets), tally)));
    TRY(file.write(line(batch, "total", "", total_)));
    const auto written = TRY(file.close());
    return HiddenFolder::FileSum{"posting-list.csv", written.sha256};
}

}  // namespace pli::pipeline
