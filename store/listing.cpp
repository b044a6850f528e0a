#include <fmt/format.h>

#include "store/letter_body.hpp"
#include "store/letter_reading.hpp"
#include "store/sqlite_store.hpp"

namespace pli::store {
namespace {

constexpr std::string_view record_columns =
    "SELECT standing.id, contents.key, templates.name, contents.body, standing.country, standing.postal_code,"
    " standing.state, standing.due, coalesce(runs.name, ''), coalesce(batches.name, ''), standing.piece,"
    " coalesce(standing.reason, '')"
    " FROM standing JOIN contents ON contents.letter = standing.id JOIN templates ON templates.id = standing.template"
    " LEFT JOIN runs ON runs.id = standing.run LEFT JOIN batches ON batches.id = standing.batch ";

Result<jobs::LetterRecord> record_in(const Statement& row) {
    jobs::LetterRecord record;
    record.id = {row.number(0)};
    record.key = row.text(1);
    record.template_name = row.text(2);
    Recipient recipient;
    auto body = row.bytes(3);
    TRY(read_recipient(body, recipient));
    record.recipient = display_name(recipient);
    record.country = row.text(4);
    record.postal_code = row.text(5);
    record.state = static_cast<jobs::State>(row.number(6));
    record.due = {static_cast<std::int32_t>(row.number(7))};
    record.run = row.text(8);
    record.batch = row.text(9);
    record.piece = static_cast<std::uint32_t>(row.number(10));
    record.reason = row.text(11);
    return record;
}

tl::unexpected<Error> no_letter(const Connection& db, LetterId letter) {
    return failure(Fault::NotFound, db.path(), fmt::format("there is no letter {}", letter.value),
                   "pli letters list shows those there are");
}

std::string_view past_participle(jobs::Event event) {
    switch (event) {
        case jobs::Event::HoldAsked: return "held";
        case jobs::Event::ReleaseAsked: return "released";
        case jobs::Event::CancelAsked: return "cancelled";
        default: return "moved by hand";  // the other steps are a run's
    }
}

bool asked_by_people(jobs::Event event) {
    return event == jobs::Event::HoldAsked || event == jobs::Event::ReleaseAsked || event == jobs::Event::CancelAsked;
}

}  // namespace

Result<std::vector<jobs::LetterRecord>> SqliteStore::list(const Filter& filter) {
    TRY(write_rejections());
    auto rows = TRY(Statement::prepare(
        db_, std::string(record_columns) + "WHERE (?1 < 0 OR standing.state = ?1) AND (?2 = '' OR templates.name = ?2)"
                                           " AND (?3 = '' OR runs.name = ?3) AND (?4 = '' OR batches.name = ?4)"
                                           " ORDER BY standing.id LIMIT ?5 OFFSET ?6"));
    rows.bind(filter.state ? static_cast<int>(*filter.state) : -1, std::string_view(filter.template_name),
              std::string_view(filter.run), std::string_view(filter.batch), static_cast<std::int64_t>(filter.limit),
              static_cast<std::int64_t>(filter.offset));
    std::vector<jobs::LetterRecord> records;
    while (TRY(rows.step())) records.push_back(TRY(record_in(rows)));
    for (auto& record : records) TRY(tell_returned(record));
    return records;
}

Result<jobs::LetterRecord> SqliteStore::show(LetterId letter) {
    TRY(write_rejections());
    auto row = TRY(Statement::prepare(db_, std::string(record_columns) + "WHERE standing.id = ?"));
    if (!TRY(row.bind(letter.value).step())) return no_letter(db_, letter);
    auto record = TRY(record_in(row));
    TRY(tell_returned(record));
    std::string template_name;
    const auto loaded = TRY(load(letter, template_name));
    for (std::size_t i = 0; i < loaded.fields.values.size(); ++i)
        record.fields.emplace_back(loaded.fields.names->names[i], loaded.fields.values[i].text);
    return record;
}

Result<Letter> SqliteStore::load(LetterId letter, std::string& template_name) {
    auto schemas = TRY(FieldSchemas::prepare(db_));
    auto row = TRY(Statement::prepare(db_, std::string(letter_columns) +
                                               ", name, test FROM contents JOIN letters ON letters.id = letter"
                                               " JOIN templates ON templates.id = template WHERE letter = ?"));
    if (!TRY(row.bind(letter.value).step())) return no_letter(db_, letter);
    template_name = row.text(5);
    auto loaded = TRY(letter_in(row, schemas));
    loaded.options.test = row.number(6) != 0;
    return loaded;
}

Done SqliteStore::apply(LetterId letter, jobs::Event event) {
    TRY(write_rejections());
    auto transaction = TRY(Transaction::begin(db_));
    auto row = TRY(Statement::prepare(db_, "SELECT state FROM standing WHERE id = ?"));
    if (!TRY(row.bind(letter.value).step())) return no_letter(db_, letter);
    const auto state = static_cast<jobs::State>(row.number(0));
    row.reset();
    const auto next = asked_by_people(event) ? jobs::after(state, event) : std::nullopt;
    if (!next)
        return failure(
            Fault::BadInput, db_.path(),
            fmt::format("letter {} is {} and cannot be {}", letter.value, jobs::name(state), past_participle(event)));
    if (state >= jobs::State::Batched && state != jobs::State::Rejected && state != jobs::State::Cancelled) {
        TRY(move_placed(letter, *next));
        return transaction.commit();
    }
    if (event == jobs::Event::ReleaseAsked) TRY(clear_returned(letter));
    // Released after a rejection, it leaves its place in the old run; the place itself keeps the story.
    auto update =
        TRY(Statement::prepare(db_, "UPDATE letters SET state = ?1, place = iif(?1 = 0, NULL, place) WHERE id = ?2"));
    TRY(update.bind(static_cast<int>(*next), letter.value).execute());
    return transaction.commit();
}

Result<std::vector<std::pair<jobs::State, std::uint64_t>>> SqliteStore::counts() {
    TRY(write_rejections());
    auto rows = TRY(Statement::prepare(db_, "SELECT state, count(*) FROM standing GROUP BY state ORDER BY state"));
    std::vector<std::pair<jobs::State, std::uint64_t>> counts;
    while (TRY(rows.step()))
        counts.emplace_back(static_cast<jobs::State>(rows.number(0)), static_cast<std::uint64_t>(rows.number(1)));
    return counts;
}

}  // namespace pli::store
