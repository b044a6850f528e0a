#include <fmt/format.h>

#include <algorithm>

#include "store/letter_reading.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

constexpr int spoiled = static_cast<int>(jobs::State::Spoiled), reprinting = static_cast<int>(jobs::State::Reprinting);

}  // namespace

Result<RunRecord> SqlStore::run_of(const std::string& name) {
    const auto account = TRY(account_of(name));
    return record_of(TRY(run_named(account.run)));
}

Result<std::vector<ReprintPiece>> SqlStore::spoiled_letters_of(const std::string& name) {
    const auto batch = TRY(batch_row(name));
    const auto run = TRY(run_of(name));
    auto schemas = TRY(FieldSchemas::prepare(db_));
    auto rows = TRY(Statement::prepare(
        db_, fmt::format("{}, piece, coalesce(generation, 1), templates.name FROM places JOIN contents USING (letter)"
                         " JOIN templates ON templates.id = places.template JOIN batches ON batches.id = places.batch"
                         " JOIN runs ON runs.id = batches.run WHERE position BETWEEN coalesce(first_place, first)"
                         " AND coalesce(last_place, first + runs.letters - 1) AND batch = ?1 AND standing = {}"
                         " ORDER BY piece",
                         "SELECT places.letter, key, locale, schema, body", spoiled)));
    rows.bind(batch.original);
    std::vector<ReprintPiece> pieces;
    while (TRY(rows.step())) {
        auto letter = TRY(letter_in(rows, schemas));
        const auto name_at = std::find(run.templates.begin(), run.templates.end(), rows.text(7));
        letter.template_index = static_cast<std::uint32_t>(name_at - run.templates.begin());
        pieces.push_back({std::move(letter), static_cast<std::uint32_t>(rows.number(5)),
                          static_cast<std::uint32_t>(rows.number(6)) + 1});
    }
    return pieces;
}

Done SqlStore::commit_reprint(const std::string& original, const BatchRecord& batch,
                              const std::vector<LetterId>& letters, Instant at) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto first = TRY(batch_row(original));
    const auto run = TRY(run_named(TRY(account_of(original)).run));
    const auto id = TRY(insert_batch(run, batch, 0));
    TRY(db_.run(fmt::format("UPDATE batches SET reprint_of = {} WHERE id = {}", first.original, id)));
    auto update = TRY(Statement::prepare(
        db_, fmt::format("UPDATE places SET standing = {}, generation = coalesce(generation, 1) + 1"
                         " WHERE position = (SELECT place FROM letters WHERE id = ?) AND batch = ? AND standing = {}",
                         reprinting, spoiled)));
    auto insert =
        TRY(Statement::prepare(db_,
                               "INSERT INTO reprinted (batch, place, generation) SELECT ?, position, generation"
                               " FROM places WHERE position = (SELECT place FROM letters WHERE id = ?)"));
    for (const auto letter : letters) {
        if (TRY(update.bind(letter.value, first.original).changed()) != 1)
            return failure(Fault::BadInput, db_.place(),
                           fmt::format("letter {} is not a spoiled piece of batch {}", letter.value, original),
                           "make the reprint again");
        TRY(insert.bind(id, letter.value).execute());
    }
    LogLine line{jobs::Event::BoundForReprint, at};
    line.run = run.id;
    line.batch = id;
    line.letters = static_cast<std::int64_t>(letters.size());
    TRY(log(line));
    return transaction.commit();
}

}  // namespace pli::store
