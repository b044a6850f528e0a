#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/sql_store.hpp"

namespace pli::store {
namespace {

/// The places of batch ?1, whether it is the first or a reprint. A batch's places are among its run's, so that a scan of
/// those finds them; an index would be paid for with every letter of every run.
std::string places_of(bool reprint) {
    if (reprint) return " FROM reprinted JOIN places ON position = place WHERE reprinted.batch = ?1";
    return " FROM batches JOIN runs ON runs.id = batches.run JOIN places ON position BETWEEN coalesce(first_place, "
           "first)"
           " AND coalesce(last_place, first + runs.letters - 1) WHERE batches.id = ?1 AND places.batch = ?1";
}

constexpr int batched = static_cast<int>(jobs::State::Batched), delivered = static_cast<int>(jobs::State::Delivered);

}  // namespace

bool BatchAccount::closed() const {
    return std::all_of(counts.begin(), counts.end(),
                       [](const auto& count) { return jobs::accounted_for(count.first); });
}

Result<SqlStore::BatchRow> SqlStore::batch_row(const std::string& name) {
    auto row = TRY(Statement::prepare(db_, "SELECT id, coalesce(reprint_of, id), run FROM batches WHERE name = ?"));
    if (!TRY(row.bind(name).step()))
        return failure(Fault::NotFound, db_.place(), fmt::format("there is no batch {}", name),
                       "name the folder of a batch that this workspace made");
    return BatchRow{row.number(0), row.number(1), row.number(2)};
}

Result<BatchAccount> SqlStore::account_of(const std::string& name) {
    TRY(write_rejections());
    const auto batch = TRY(batch_row(name));
    auto row = TRY(Statement::prepare(
        db_,
        "SELECT batches.name, production_class, folder, pieces, sheets, pages, runs.name,"
        " coalesce((SELECT name FROM batches AS first WHERE first.id = batches.reprint_of), ''),"
        " coalesce(delivered_to, ''), coalesce(delivered_at, 0),"
        " (SELECT count(*) FROM batches AS later WHERE later.reprint_of = batches.id),"
        " (SELECT count(*) FROM reports AS spoiled WHERE spoiled.batch = ?2 AND report = 1 AND NOT EXISTS"
        "  (SELECT 1 FROM reports AS gone WHERE gone.batch = ?2 AND gone.piece = spoiled.piece"
        "   AND gone.generation = spoiled.generation AND gone.report = 3))"
        " FROM batches JOIN runs ON runs.id = run WHERE batches.id = ?1"));
    TRY(row.bind(batch.id, batch.original).step());
    const auto count = [&row](int column) { return static_cast<std::uint32_t>(row.number(column)); };
    BatchAccount account;
    account.batch = {row.text(0), row.text(1), row.text(2), count(3), count(4), count(5)};
    account.run = row.text(6);
    account.reprint_of = row.text(7);
    account.delivered_to = row.text(8);
    account.delivered_at = {row.number(9)};
    account.reprints = count(10);
    account.spoiled_sheets_open = static_cast<std::uint64_t>(row.number(11));
    auto counts = TRY(Statement::prepare(
        db_, fmt::format("SELECT CASE letters.state WHEN 2 THEN coalesce(standing, {}) ELSE letters.state END, count(*)"
                         " FROM (SELECT letter, standing {}) AS pieces JOIN letters ON letters.id = letter"
                         " GROUP BY 1 ORDER BY 1",
                         account.delivered_to.empty() ? batched : delivered, places_of(batch.id != batch.original))));
    counts.bind(batch.id);
    while (TRY(counts.step()))
        account.counts.emplace_back(static_cast<jobs::State>(counts.number(0)),
                                    static_cast<std::uint64_t>(counts.number(1)));
    return account;
}

Done SqlStore::mark_delivered(const std::string& name, const std::string& to, Instant at) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto batch = TRY(batch_row(name));
    auto update = TRY(
        Statement::prepare(db_, "UPDATE batches SET delivered_to = ?, delivered_at = ? WHERE id = ? RETURNING pieces"));
    LogLine line{jobs::Event::HandedOver, at};
    line.run = batch.run;
    line.batch = batch.id;
    line.letters = TRY(update.bind(to, at.seconds, batch.id).returned());
    TRY(log(line));
    return transaction.commit();
}

Result<std::vector<jobs::Piece>> SqlStore::pieces_of(const std::string& name) {
    TRY(write_rejections());
    const auto batch = TRY(batch_row(name));
    const bool reprint = batch.id != batch.original;
    auto rows = TRY(Statement::prepare(
        db_, fmt::format("SELECT piece, letter, coalesce(places.generation, 1), {}, coalesce(standing, {}){}"
                         " ORDER BY piece",
                         reprint ? "reprinted.generation" : "1", batched, places_of(reprint))));
    rows.bind(batch.id);
    std::vector<jobs::Piece> pieces;
    while (TRY(rows.step()))
        pieces.push_back({static_cast<std::uint32_t>(rows.number(0)),
                          {rows.number(1)},
                          static_cast<std::uint32_t>(rows.number(2)),
                          static_cast<std::uint32_t>(rows.number(3)),
                          static_cast<jobs::State>(rows.number(4))});
    return pieces;
}

Result<std::vector<jobs::PieceReport>> SqlStore::reports_of(const std::string& name) {
    const auto batch = TRY(batch_row(name));
    auto rows = TRY(Statement::prepare(
        db_, "SELECT piece, generation, report, at, reason FROM reports WHERE batch = ? ORDER BY piece, generation"));
    rows.bind(batch.original);
    std::vector<jobs::PieceReport> reports;
    while (TRY(rows.step()))
        reports.push_back({static_cast<std::uint32_t>(rows.number(0)), static_cast<std::uint32_t>(rows.number(1)),
                           static_cast<jobs::Report>(rows.number(2)), rows.text(3), rows.text(4), 0});
    return reports;
}

Done SqlStore::record(const std::string& name, const std::vector<jobs::Piece>& moved,
                      const std::vector<jobs::PieceReport>& reports, Instant at) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto batch = TRY(batch_row(name));
    TRY(move_pieces(batch, moved));
    TRY(keep_reports(batch, reports, at));
    for (const auto& report : reports)
        if (report.what == jobs::Report::Returned) TRY(mark_returned(batch, report));
    return transaction.commit();
}

Done SqlStore::move_pieces(const BatchRow& batch, const std::vector<jobs::Piece>& moved) {
    auto update = TRY(Statement::prepare(
        db_, "UPDATE places SET standing = ? WHERE position = (SELECT place FROM letters WHERE id = ?) AND batch = ?"));
    for (const auto& piece : moved) {
        const auto changed =
            TRY(update.bind(static_cast<int>(piece.state), piece.letter.value, batch.original).changed());
        if (changed != 1)
            return failure(Fault::BadInput, db_.place(),
                           fmt::format("letter {} is no longer in its batch", piece.letter.value),
                           "apply the file again");
    }
    return {};
}

/// A line of the log for each kind of report, which its reports point to.
Done SqlStore::keep_reports(const BatchRow& batch, const std::vector<jobs::PieceReport>& reports, Instant at) {
    std::map<jobs::Report, std::int64_t> lines;
    for (const auto& report : reports) ++lines[report.what];
    for (auto& [what, number] : lines) {
        LogLine line{jobs::event_of(what), at};
        line.run = batch.run;
        line.batch = batch.original;
        line.letters = number;
        number = TRY(log(line));
    }
    auto insert = TRY(Statement::prepare(
        db_, "INSERT INTO reports (batch, piece, generation, report, at, reason, event) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    for (const auto& report : reports)
        TRY(insert
                .bind(batch.original, report.piece, report.generation, static_cast<int>(report.what), report.at,
                      report.reason, lines[report.what])
                .execute());
    return {};
}

}  // namespace pli::store
