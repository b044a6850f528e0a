#include "pipeline/posting_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "pipeline/output_file.hpp"

namespace pli::pipeline {
namespace {

std::string header() {
    return fmt::format(
        "batch,country,sheets_per_piece,pieces,sheets,pages,first_piece,last_piece,{},total_weight_g,amount\r\n",
        fmt::join(franking_columns, ","));
}

std::string line(const BatchSpec& batch, std::string_view country, const std::string& sheets_per_piece,
                 std::string_view columns, const PostingList::Tally& tally) {
    std::string text = batch.name + ",";
    append_csv_field(text, country);
    const bool weighed = tally.mass > Mass{};
    return text + fmt::format(",{},{},{},{},{},{},{},{},{}\r\n", sheets_per_piece, tally.pieces, tally.sheets,
                              tally.pages, tally.first_piece, tally.last_piece, columns,
                              weighed ? fmt::format("{:.2f}", tally.mass.to_g()) : "",
                              tally.postage.currency == Currency{} ? "" : tally.postage.amount());
}

}  // namespace

void PostingList::Tally::add(const ManifestRow& row) {
    if (pieces++ == 0) first_piece = row.piece;
    last_piece = row.piece;
    sheets += row.sheets;
    pages += row.pages;
    if (!row.franking) return;
    mass += row.franking->assessment.weighed.mass;
    if (row.franking->priced()) postage += row.franking->assessment.choice.price;
}

void PostingList::Tally::add(const Tally& other) {
    first_piece = pieces == 0 ? other.first_piece : std::min(first_piece, other.first_piece);
    last_piece = std::max(last_piece, other.last_piece);
    pieces += other.pieces;
    sheets += other.sheets;
    pages += other.pages;
    mass += other.mass;
    postage += other.postage;
}

void PostingList::add(const ManifestRow& row) {
    groups_[{std::string(row.note.country), row.sheets, row.franking}].add(row);
    total_.add(row);
}

/// Frankings that say the same are one row, in an order that is the same on any machine.
std::vector<PostingList::Line> PostingList::lines() const {
    std::map<std::tuple<std::string, std::uint32_t, std::string>, Line> rows;
    for (const auto& [group, tally] : groups_) {
        const auto* franking = group.franking ? group.franking : &not_franked();
        auto& line = rows[{group.country, group.sheets, franking->csv}];
        line.country = group.country;
        line.sheets = group.sheets;
        line.franking = franking;
        line.tally.add(tally);
    }
    std::vector<Line> lines;
    for (auto& [key, line] : rows) lines.push_back(std::move(line));
    return lines;
}

std::vector<Postings> PostingList::postings() const {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, Postings> all;
    for (const auto& [group, tally] : groups_) {
        if (!group.franking) continue;
        const auto added = posting_of(group.franking->assessment, group.country, tally.pieces);
        all[{added.product, added.country, added.flags, added.remark}] += added;
    }
    std::vector<Postings> list;
    for (auto& [key, posting] : all) list.push_back(std::move(posting));
    return list;
}

Result<HiddenFolder::FileSum> PostingList::write(const HiddenFolder& folder, const BatchSpec& batch) const {
    auto file = TRY(OutputFile::create(folder.path("posting-list.csv")));
    TRY(file.write(header()));
    for (const auto& row : lines())
        TRY(file.write(line(batch, row.country, std::to_string(row.sheets), row.franking->csv, row.tally)));
    TRY(file.write(line(batch, "total", "", std::string(franking_columns.size() - 1, ','), total_)));
    const auto written = TRY(file.close());
    return HiddenFolder::FileSum{"posting-list.csv", written.sha256};
}

}  // namespace pli::pipeline
