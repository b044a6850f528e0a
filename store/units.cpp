// A run in parts, each done by one process at a time.
#include <fmt/format.h>

#include "store/sql_store.hpp"

namespace pli::store {

/// Together the units are the run, and none overlaps another. What is left over goes into the last one.
Done SqlStore::cut_into_units(const RunRow& run, std::uint32_t letters_per_unit) {
    auto insert = TRY(Statement::prepare(db_, "INSERT INTO units (run, unit, first, letters) VALUES (?, ?, ?, ?)"));
    if (letters_per_unit == 0) return insert.bind(run.id, 0, run.first, run.letters).execute();
    std::int64_t unit = 0;
    for (std::int64_t from = 0; from < run.letters; from += letters_per_unit)
        TRY(insert.bind(run.id, ++unit, run.first + from, std::min<std::int64_t>(letters_per_unit, run.letters - from))
                .execute());
    return {};
}

/// The first that is free: in that order the files come out as they will be posted.
Result<std::optional<RunRecord>> SqlStore::claim_unit(const RunRecord& record, const Holder& holder) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    auto claim = TRY(Statement::prepare(
        db_,
        "UPDATE units SET fence = fence + 1, holder = ?1, until = ?2 WHERE run = ?3 AND unit = (SELECT min(unit)"
        " FROM units WHERE run = ?3 AND finished = 0 AND (until <= ?4 OR ?5 = 1))"
        " RETURNING unit, first, letters, fence"));
    if (!TRY(claim.bind(holder.name, holder.until.seconds, run.id, holder.now.seconds, holder.alone).step()))
        return std::optional<RunRecord>{};
    auto mine = record;
    mine.unit = {claim.count(0), claim.number(1), claim.number(2), claim.number(3)};
    claim.reset();
    TRY(transaction.commit());
    return std::optional(std::move(mine));
}

/// In the transaction at hand, so that nobody can take the unit between this look and the commit.
Done SqlStore::check_lease(const RunRow& run, const Unit& unit) {
    if (unit.fence == 0) return {};
    auto row = TRY(Statement::prepare(db_, "SELECT fence, holder FROM units WHERE run = ? AND unit = ?"));
    const bool there = TRY(row.bind(run.id, unit.number).step());
    if (there && row.number(0) == unit.fence) return {};
    return failure(
        Fault::Busy, db_.place(),
        fmt::format("unit {} of run {} was taken over by {}", unit.number, run.name, there ? row.text(1) : "nobody"),
        "what this process had not committed of it is made there; nothing is lost");
}

Done SqlStore::renew(const RunRecord& record, Instant until) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    TRY(check_lease(run, record.unit));
    auto update = TRY(Statement::prepare(db_, "UPDATE units SET until = ? WHERE run = ? AND unit = ?"));
    TRY(update.bind(until.seconds, run.id, record.unit.number).execute());
    return transaction.commit();
}

Done SqlStore::finish_unit(const RunRecord& record) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    TRY(check_lease(run, record.unit));
    TRY(append_rejections());
    const auto open = TRY(open_letters(record.unit.first, record.unit.letters));
    if (open > 0)
        return failure(Fault::BadInput, db_.place(),
                       fmt::format("unit {} of run {} has {} letters neither batched nor rejected", record.unit.number,
                                   run.name, open),
                       "run again: it goes on where it stopped");
    auto update = TRY(Statement::prepare(db_, "UPDATE units SET finished = 1 WHERE run = ? AND unit = ?"));
    TRY(update.bind(run.id, record.unit.number).execute());
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

Result<std::uint32_t> SqlStore::units_left(const RunRecord& record) {
    const auto run = TRY(run_named(record.run));
    return static_cast<std::uint32_t>(
        TRY(db_.number(fmt::format("SELECT count(*) FROM units WHERE run = {} AND finished = 0", run.id))));
}

Result<std::int64_t> SqlStore::open_letters(std::int64_t first, std::int64_t letters) {
    return db_.number(
        fmt::format("SELECT count(*) FROM places WHERE position BETWEEN {} AND {}"
                    " AND batch IS NULL AND reason IS NULL",
                    first, first + letters - 1));
}

Result<std::vector<PlacedLetter>> SqlStore::placed_letters(const RunRecord& record) {
    const auto run = TRY(run_named(record.run));
    const auto& unit = record.unit;
    auto rows =
        TRY(Statement::prepare(db_, "SELECT letter, position FROM places WHERE position BETWEEN ? AND ? ORDER BY 2"));
    rows.bind(unit.first, unit.first + unit.letters - 1);
    std::vector<PlacedLetter> placed;
    while (TRY(rows.step()))
        placed.push_back({{rows.number(0)}, static_cast<std::uint64_t>(rows.number(1) - run.first)});
    return placed;
}

}  // namespace pli::store
