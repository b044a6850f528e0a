#include <fmt/format.h>

#include <algorithm>

#include "store/sql_store.hpp"

namespace pli::store {
namespace {

constexpr std::size_t rejections_held_back = 1000;
constexpr std::size_t pieces_at_once = 10'000;  // what is told to the database in one list

// Only a letter that the run holds and has not settled yet: whatever else is asked for is a fault of the caller.
constexpr const char* still_open =
    "letters.state = 2 AND places.run = ?2 AND places.batch IS NULL AND places.reason IS NULL";

Error not_open(const Connection& db, std::int64_t letter, const RunRow& run) {
    if (letter == 0)
        return {Fault::BadInput, db.place(), fmt::format("a letter of run {} is named twice", run.name), ""};
    return {Fault::BadInput, db.place(), fmt::format("letter {} is not open in run {}", letter, run.name), ""};
}

std::vector<std::int64_t> values_of(const std::vector<LetterId>& letters) {
    std::vector<std::int64_t> values;
    for (const auto letter : letters) values.push_back(letter.value);
    return values;
}

/// The first of some letters that the run did not hold, once the others are in the batch; 0 where all are.
Result<std::int64_t> first_not_open(Connection& db, Statement::Numbers some, std::int64_t batch) {
    auto find = TRY(Statement::prepare(
        db,
        fmt::format("SELECT number FROM {} LEFT JOIN letters ON letters.id = given.number"
                    " LEFT JOIN places ON position = letters.place"
                    " WHERE letters.state IS NULL OR letters.state <> 2 OR places.batch IS NULL OR places.batch <> ?2"
                    " OR places.reason IS NOT NULL ORDER BY given.place LIMIT 1",
                    given_numbers(db.dialect()))));
    return find.bind(some, batch).returned();
}

}  // namespace

Result<std::int64_t> SqlStore::insert_batch(const RunRow& run, const BatchRecord& batch, std::uint32_t unit) {
    auto insert =
        TRY(Statement::prepare(db_,
                               "INSERT INTO batches (run, name, production_class, folder, pieces, sheets, pages, unit)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING RETURNING id"));
    const auto id = TRY(insert
                            .bind(run.id, batch.name, batch.production_class, batch.folder, batch.pieces, batch.sheets,
                                  batch.pages, unit)
                            .returned());
    if (id == 0) return failure(Fault::BadInput, db_.place(), fmt::format("batch {} is committed already", batch.name));
    return id;
}

/// A list of thousands at once: a statement for each would be slower than printing them where the database is far away.
Done SqlStore::place_pieces(const RunRow& run, std::int64_t batch, const std::vector<LetterId>& letters) {
    auto update = TRY(Statement::prepare(
        db_, fmt::format("UPDATE places SET batch = ?3, piece = given.place + ?4 FROM {} JOIN letters ON letters.id ="
                         " given.number WHERE position = letters.place AND {}",
                         given_numbers(db_.dialect()), still_open)));
    auto limits = TRY(Statement::prepare(
        db_, fmt::format("UPDATE batches SET first_place = CASE WHEN first_place < low THEN first_place ELSE low END,"
                         " last_place = CASE WHEN last_place > high THEN last_place ELSE high END FROM (SELECT"
                         " min(letters.place) AS low, max(letters.place) AS high FROM {} JOIN letters ON letters.id ="
                         " given.number) AS ends WHERE id = ?2",
                         given_numbers(db_.dialect()))));
    const auto all = values_of(letters);
    for (std::size_t from = 0; from < all.size(); from += pieces_at_once) {
        const auto some = Statement::Numbers(all).subspan(from, std::min(pieces_at_once, all.size() - from));
        const auto changed = TRY(update.bind(some, run.id, batch, static_cast<std::int64_t>(from)).changed());
        if (changed != static_cast<std::int64_t>(some.size()))
            return tl::unexpected(not_open(db_, TRY(first_not_open(db_, some, batch)), run));
        TRY(limits.bind(some, batch).execute());
    }
    return {};
}

Done SqlStore::commit(const RunRecord& record, const BatchRecord& batch, const std::vector<LetterId>& letters,
                      Instant at) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    TRY(check_lease(run, record.unit));
    const auto id = TRY(insert_batch(run, batch, record.unit.number));
    TRY(place_pieces(run, id, letters));
    TRY(append_rejections());
    LogLine line{jobs::Event::BoundIntoBatch, at};
    line.run = run.id;
    line.batch = id;
    line.letters = static_cast<std::int64_t>(letters.size());
    TRY(log(line));
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

Done SqlStore::reject(const RunRecord& run, LetterId letter, const jobs::Why& why, Instant at) {
    const bool same = rejections_run_.run == run.run && rejections_run_.unit.fence == run.unit.fence &&
                      rejections_run_.unit.number == run.unit.number;
    if (!same || rejections_.size() >= rejections_held_back) TRY(write_rejections());
    rejections_run_ = run;
    rejections_.push_back({letter, why, at});
    return {};
}

/// A letter that was cancelled while the run had it is simply cancelled now: there is nothing to pull.
Done SqlStore::append_rejections() {
    if (rejections_.empty()) return {};
    const auto run = TRY(run_named(rejections_run_.run));
    if (auto lease = check_lease(run, rejections_run_.unit); !lease) {
        rejections_.clear();  // whoever has the unit now meets the letters again, and refuses them again
        return lease;
    }
    auto update = TRY(Statement::prepare(
        db_,
        fmt::format("UPDATE places SET reason = ?3, reason_code = ?4, standing = CASE standing WHEN {} THEN {} END"
                    " FROM letters WHERE letters.id = ?1 AND position = letters.place AND {}",
                    static_cast<int>(jobs::State::Withdrawn), static_cast<int>(jobs::State::Cancelled), still_open)));
    for (const auto& [letter, why, at] : rejections_) {
        const auto changed = TRY(update.bind(letter.value, run.id, why.words, static_cast<int>(why.reason)).changed());
        if (changed != 1) return tl::unexpected(not_open(db_, letter.value, run));
        LogLine line{jobs::Event::Refused, at, letter.value, letter.value};
        line.run = run.id;
        line.why = why;
        TRY(log(line));
    }
    return {};
}

Done SqlStore::write_rejections() {
    if (rejections_.empty()) return {};
    auto transaction = TRY(Transaction::begin(db_));
    auto appended = append_rejections();
    if (!appended && rejections_.empty()) return {};  // the unit is no longer ours, and they are not our affair
    TRY(std::move(appended));
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

Result<std::uint32_t> SqlStore::committed_batches(const RunRecord& record, const std::string& production_class) {
    const auto run = TRY(run_named(record.run));
    auto count = TRY(Statement::prepare(db_,
                                        "SELECT count(*) FROM batches WHERE run = ? AND production_class = ?"
                                        " AND unit = ? AND reprint_of IS NULL"));
    TRY(count.bind(run.id, production_class, record.unit.number).step());
    return static_cast<std::uint32_t>(count.number(0));
}

Result<std::uint64_t> SqlStore::take_numbers(const std::string& system, const std::string& batch, std::uint64_t count) {
    auto transaction = TRY(Transaction::begin(db_));
    auto taken = TRY(Statement::prepare(db_, "SELECT before FROM postal_numbers WHERE batch = ?"));
    if (TRY(taken.bind(batch).step())) return static_cast<std::uint64_t>(taken.number(0));
    auto last =
        TRY(Statement::prepare(db_, "SELECT coalesce(max(before + count), 0) FROM postal_numbers WHERE system = ?"));
    TRY(last.bind(system).step());
    const auto before = last.number(0);
    auto take =
        TRY(Statement::prepare(db_, "INSERT INTO postal_numbers (batch, system, before, count) VALUES (?, ?, ?, ?)"));
    TRY(take.bind(batch, system, before, static_cast<std::int64_t>(count)).execute());
    TRY(transaction.commit());
    return static_cast<std::uint64_t>(before);
}

}  // namespace pli::store
