#include <fmt/format.h>

#include "store/sqlite_store.hpp"

namespace pli::store {
namespace {

constexpr std::size_t rejections_held_back = 1000;

// Only a letter that the run holds and has not settled yet: whatever else is asked for is a fault of the caller.
constexpr const char* open_place =
    " WHERE position = (SELECT place FROM letters WHERE id = ? AND state = 2) AND run = ?"
    " AND batch IS NULL AND reason IS NULL";

Error not_open(const Connection& db, LetterId letter, const RunRow& run) {
    return {Fault::BadInput, db.path(), fmt::format("letter {} is not open in run {}", letter.value, run.name), ""};
}

}  // namespace

Result<std::int64_t> SqliteStore::insert_batch(const RunRow& run, const BatchRecord& batch) {
    auto insert =
        TRY(Statement::prepare(db_,
                               "INSERT INTO batches (run, name, production_class, folder, pieces, sheets, pages)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"));
    TRY(insert
            .bind(run.id, std::string_view(batch.name), std::string_view(batch.production_class),
                  std::string_view(batch.folder), batch.pieces, batch.sheets, batch.pages)
            .execute());
    if (db_.changes() == 0)
        return failure(Fault::BadInput, db_.path(), fmt::format("batch {} is committed already", batch.name));
    return db_.last_id();
}

Done SqliteStore::place_pieces(const RunRow& run, std::int64_t batch, const std::vector<LetterId>& letters) {
    auto update = TRY(Statement::prepare(db_, std::string("UPDATE places SET batch = ?, piece = ?") + open_place));
    std::int64_t piece = 0;
    for (const auto letter : letters) {
        TRY(update.bind(batch, ++piece, letter.value, run.id).execute());
        if (db_.changes() != 1) return tl::unexpected(not_open(db_, letter, run));
    }
    return {};
}

Done SqliteStore::commit(const RunRecord& record, const BatchRecord& batch, const std::vector<LetterId>& letters) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    TRY(place_pieces(run, TRY(insert_batch(run, batch)), letters));
    TRY(append_rejections());
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

Done SqliteStore::reject(const RunRecord& run, LetterId letter, const std::string& reason) {
    if (rejections_run_ != run.run || rejections_.size() >= rejections_held_back) TRY(write_rejections());
    rejections_run_ = run.run;
    rejections_.push_back({letter, reason});
    return {};
}

Done SqliteStore::append_rejections() {
    if (rejections_.empty()) return {};
    const auto run = TRY(run_named(rejections_run_));
    auto update = TRY(Statement::prepare(db_, std::string("UPDATE places SET reason = ?") + open_place));
    for (const auto& [letter, reason] : rejections_) {
        TRY(update.bind(std::string_view(reason), letter.value, run.id).execute());
        if (db_.changes() != 1) return tl::unexpected(not_open(db_, letter, run));
    }
    return {};
}

Done SqliteStore::write_rejections() {
    if (rejections_.empty()) return {};
    auto transaction = TRY(Transaction::begin(db_));
    TRY(append_rejections());
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

Result<std::uint32_t> SqliteStore::committed_batches(const RunRecord& record, const std::string& production_class) {
    const auto run = TRY(run_named(record.run));
    auto count = TRY(Statement::prepare(db_,
                                        "SELECT count(*) FROM batches WHERE run = ? AND production_class = ?"
                                        " AND reprint_of IS NULL"));
    TRY(count.bind(run.id, std::string_view(production_class)).step());
    return static_cast<std::uint32_t>(count.number(0));
}

Result<std::uint64_t> SqliteStore::take_numbers(const std::string& system, const std::string& batch,
                                                std::uint64_t count) {
    auto transaction = TRY(Transaction::begin(db_));
    auto taken = TRY(Statement::prepare(db_, "SELECT before FROM postal_numbers WHERE batch = ?"));
    if (TRY(taken.bind(std::string_view(batch)).step())) return static_cast<std::uint64_t>(taken.number(0));
    auto last =
        TRY(Statement::prepare(db_, "SELECT coalesce(max(before + count), 0) FROM postal_numbers WHERE system = ?"));
    TRY(last.bind(std::string_view(system)).step());
    const auto before = last.number(0);
    auto take =
        TRY(Statement::prepare(db_, "INSERT INTO postal_numbers (batch, system, before, count) VALUES (?, ?, ?, ?)"));
    TRY(take.bind(std::string_view(batch), std::string_view(system), before, static_cast<std::int64_t>(count))
            .execute());
    TRY(transaction.commit());
    return static_cast<std::uint64_t>(before);
}

}  // namespace pli::store
