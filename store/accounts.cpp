#include <fmt/format.h>

#include <algorithm>

#include "store/sqlite_store.hpp"

namespace pli::store {
namespace {

/// The places of a batch, whether it is the first or a reprint. A batch's places are among its run's, so that a scan of
/// those finds them; an index would be paid for with every letter of every run.
std::string places_of(bool reprint) {
    if (reprint) return " FROM reprinted JOIN places ON position = place WHERE reprinted.batch = ?1 AND ?2 = ?2";
    return " FROM places JOIN runs ON runs.id = ?2 WHERE position BETWEEN first AND first + letters - 1 AND batch = ?1";
}

constexpr int batched = static_cast<int>(jobs::State::Batched);

}  // namespace

bool BatchAccount::closed() const {
    return std::all_of(counts.begin(), counts.end(),
                       [](const auto& count) { return jobs::accounted_for(count.first); });
}

Result<SqliteStore::BatchRow> SqliteStore::batch_row(const std::string& name) {
    auto row = TRY(Statement::prepare(db_, "SELECT id, coalesce(reprint_of, id), run FROM batches WHERE name = ?"));
    if (!TRY(row.bind(std::string_view(name)).step()))
        return failure(Fault::NotFound, db_.path(), fmt::format("there is no batch {}", name),
                       "name the folder of a batch that this workspace made");
    return BatchRow{row.number(0), row.number(1), row.number(2)};
}

Result<BatchAccount> SqliteStore::account_of(const std::string& name) {
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
        db_, fmt::format("SELECT iif(letters.state = 2, coalesce(standing, {}), letters.state), count(*) FROM (SELECT"
                         " letter, standing {}) JOIN letters ON letters.id = letter GROUP BY 1 ORDER BY 1",
                         batched, places_of(batch.id != batch.original))));
    counts.bind(batch.id, batch.run);
    while (TRY(counts.step()))
        account.counts.emplace_back(static_cast<jobs::State>(counts.number(0)),
                                    static_cast<std::uint64_t>(counts.number(1)));
    return account;
}

Done SqliteStore::mark_delivered(const std::string& name, const std::string& to, Instant at) {
    const auto batch = TRY(batch_row(name));
    auto update = TRY(Statement::prepare(db_, "UPDATE batches SET delivered_to = ?, delivered_at = ? WHERE id = ?"));
    return update.bind(std::string_view(to), at.seconds, batch.id).execute();
}

Result<std::vector<jobs::Piece>> SqliteStore::pieces_of(const std::string& name) {
    TRY(write_rejections());
    const auto batch = TRY(batch_row(name));
    const bool reprint = batch.id != batch.original;
    auto rows = TRY(Statement::prepare(
        db_, fmt::format("SELECT piece, letter, coalesce(places.generation, 1), {}, coalesce(standing, {}){}"
                         " ORDER BY piece",
                         reprint ? "reprinted.generation" : "1", batched, places_of(reprint))));
    rows.bind(batch.id, batch.run);
    std::vector<jobs::Piece> pieces;
    while (TRY(rows.step()))
        pieces.push_back({static_cast<std::uint32_t>(rows.number(0)),
                          {rows.number(1)},
                          static_cast<std::uint32_t>(rows.number(2)),
                          static_cast<std::uint32_t>(rows.number(3)),
                          static_cast<jobs::State>(rows.number(4))});
    return pieces;
}

Result<std::vector<jobs::PieceReport>> SqliteStore::reports_of(const std::string& name) {
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

Done SqliteStore::record(const std::string& name, const std::vector<jobs::Piece>& moved,
                         const std::vector<jobs::PieceReport>& reports) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto batch = TRY(batch_row(name));
    auto update = TRY(Statement::prepare(
        db_, "UPDATE places SET standing = ? WHERE position = (SELECT place FROM letters WHERE id = ?) AND batch = ?"));
    for (const auto& piece : moved) {
        TRY(update.bind(static_cast<int>(piece.state), piece.letter.value, batch.original).execute());
        if (db_.changes() != 1)
            return failure(Fault::BadInput, db_.path(),
                           fmt::format("letter {} is no longer in batch {}", piece.letter.value, name),
                           "apply the file again");
    }
    TRY(keep_reports(batch, reports));
    for (const auto& report : reports)
        if (report.what == jobs::Report::Returned) TRY(mark_returned(batch, report));
    return transaction.commit();
}

Done SqliteStore::keep_reports(const BatchRow& batch, const std::vector<jobs::PieceReport>& reports) {
    auto insert = TRY(Statement::prepare(
        db_, "INSERT INTO reports (batch, piece, generation, report, at, reason) VALUES (?, ?, ?, ?, ?, ?)"));
    for (const auto& report : reports)
        TRY(insert
                .bind(batch.original, report.piece, report.generation, static_cast<int>(report.what),
                      std::string_view(report.at), std::string_view(report.reason))
                .execute());
    return {};
}

Done SqliteStore::move_placed(LetterId letter, jobs::State state) {
    auto update = TRY(Statement::prepare(
        db_, "UPDATE places SET standing = ? WHERE position = (SELECT place FROM letters WHERE id = ?)"));
    return update.bind(static_cast<int>(state), letter.value).execute();
}

}  // namespace pli::store
