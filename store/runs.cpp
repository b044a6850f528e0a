#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "store/letter_reading.hpp"
#include "store/postgresql_arrays.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

constexpr std::string_view run_columns = "SELECT id, first, letters, finished, day, name FROM runs ";

Result<std::optional<RunRow>> one_run(Statement& row) {
    if (!TRY(row.step())) return std::optional<RunRow>{};
    return std::optional(RunRow{row.number(0), row.number(1), row.number(2), row.number(3) != 0,
                                Day{static_cast<std::int32_t>(row.number(4))}, row.text(5)});
}

/// The run's templates (id, name), sorted by name: Letter::template_index counts in this order.
Result<Statement> templates_of(Connection& db, const RunRow& run) {
    auto rows = TRY(Statement::prepare(db,
                                       "SELECT id, name FROM templates WHERE id IN"
                                       " (SELECT DISTINCT template FROM places WHERE position >= ? AND position < ?)"
                                       " ORDER BY name"));
    rows.bind(run.first, run.first + run.letters);
    return rows;
}

/// Reads a run's places in order, on a connection of its own. The query is begun anew every few hundred letters: a
/// reader that stands still for a whole run would keep SQLite from clearing its log, which would grow without end.
class FrozenLetters {
public:
    enum class Which : std::uint8_t { StillToDo, All };

    static Result<std::shared_ptr<FrozenLetters>> open(Connection& origin, const RunRow& run, Which which) {
        auto frozen = std::make_shared<FrozenLetters>();
        auto& db = frozen->db_;
        db = TRY(origin.another(Driver::Access::Read));
        frozen->rows_ = TRY(Statement::prepare(
            db, fmt::format("{}, template, position FROM places JOIN contents USING (letter)"
                            " WHERE position > ? AND position <= ? {} ORDER BY position LIMIT ?",
                            letter_columns, which == Which::StillToDo ? "AND batch IS NULL AND reason IS NULL" : "")));
        frozen->schemas_ = TRY(FieldSchemas::prepare(db));
        auto templates = TRY(templates_of(db, run));
        for (std::uint32_t index = 0; TRY(templates.step()); ++index)
            frozen->template_index_[templates.number(0)] = index;
        frozen->position_ = run.first - 1;
        frozen->last_ = run.first + run.letters - 1;
        return frozen;
    }

    Result<std::optional<Letter>> next() {
        if (left_on_page_ == 0) begin_page();
        if (!TRY(rows_.step())) {
            position_ = last_;
            left_on_page_ = 0;
            rows_.reset();
            return std::optional<Letter>{};
        }
        --left_on_page_;
        auto letter = TRY(letter_in(rows_, schemas_));
        letter.template_index = template_index_[rows_.number(5)];
        position_ = rows_.number(6);
        return std::optional(std::move(letter));
    }

    /// The next letter given is the `offset`-th of the run, from 0.
    void skip_to(std::int64_t first, std::int64_t offset) {
        position_ = first + offset - 1;
        left_on_page_ = 0;
        page_ = 1;
    }

    void keep_to(const Unit& unit) {
        position_ = unit.first - 1;
        last_ = unit.first + unit.letters - 1;
    }

private:
    void begin_page() {
        rows_.reset();
        rows_.bind(position_, last_, page_);
        left_on_page_ = page_;
    }

    Connection db_;
    Statement rows_;
    FieldSchemas schemas_;
    std::unordered_map<std::int64_t, std::uint32_t> template_index_;
    std::int64_t position_ = 0, last_ = 0;
    int page_ = 500, left_on_page_ = 0;
};

}  // namespace

Result<std::optional<RunRow>> SqlStore::unfinished_run() {
    auto row = TRY(Statement::prepare(db_, std::string(run_columns) + "WHERE finished = 0"));
    return one_run(row);
}

Result<RunRow> SqlStore::run_named(const std::string& name) {
    auto row = TRY(Statement::prepare(db_, std::string(run_columns) + "WHERE name = ?"));
    row.bind(name);
    auto run = TRY(one_run(row));
    if (!run) return failure(Fault::NotFound, db_.place(), fmt::format("there is no run {}", name));
    return std::move(*run);
}

Result<RunRecord> SqlStore::record_of(const RunRow& run) {
    RunRecord record;
    record.run = run.name;
    record.day = run.day;
    record.letters = static_cast<std::uint64_t>(run.letters);
    record.finished = run.finished;
    auto rows = TRY(templates_of(db_, run));
    while (TRY(rows.step())) record.templates.push_back(rows.text(1));
    return record;
}

Result<RunRow> SqlStore::begin_run(Day day) {
    RunRow run;
    run.day = day;
    run.first = TRY(db_.number("SELECT coalesce(max(position), 0) + 1 FROM places"));
    const auto earlier = TRY(db_.number(fmt::format("SELECT count(*) FROM runs WHERE day = {}", day.days)));
    run.name = fmt::format("{}-{}", day.iso(), earlier + 1);
    auto insert =
        TRY(Statement::prepare(db_, "INSERT INTO runs (name, day, first, letters) VALUES (?, ?, ?, 0) RETURNING id"));
    run.id = TRY(insert.bind(run.name, day.days, run.first).returned());
    return run;
}

/// SQLite: in the order of the queue, though the places are in postal order: see the note in migrations/0001_queue.sql.
Done SqlStore::claim(const RunRow& run) {
    if (db_.dialect() != Dialect::Sqlite) return claim_at_once(run);
    auto placed =
        TRY(Statement::prepare(db_, "SELECT letter, position FROM places WHERE position >= ? ORDER BY letter"));
    auto update = TRY(Statement::prepare(db_, "UPDATE letters SET state = 2, place = ? WHERE id = ?"));
    placed.bind(run.first);
    while (TRY(placed.step())) TRY(update.bind(placed.number(1), placed.number(0)).execute());
    return {};
}

/// What the server knows of the tables is from before they grew; without a look at them it would search them from end to end.
Done SqlStore::claim_at_once(const RunRow& run) {
    TRY(
        db_.run(fmt::format("UPDATE letters SET state = 2, place = position FROM places"
                            " WHERE position >= {} AND places.letter = letters.id",
                            run.first)));
    return db_.run("ANALYZE letters; ANALYZE places; ANALYZE contents");
}

Done SqlStore::reject_late(const RunOrder& order) {
    auto late = TRY(Statement::prepare(
        db_, "SELECT id FROM letters WHERE state = 0 AND deadline > 0 AND test = 0 AND deadline < ? ORDER BY id"));
    std::vector<std::int64_t> letters;
    late.bind(order.day.days);
    while (TRY(late.step())) letters.push_back(late.number(0));
    auto reject = TRY(Statement::prepare(db_, "UPDATE letters SET state = 4 WHERE id = ?"));
    for (const auto letter : letters) TRY(reject.bind(letter).execute());
    LogLine line{jobs::Event::DeadlinePassed, order.at};
    line.why = {jobs::Reason::DeadlinePassed, {}};
    return log_each(line, letters);
}

/// How many.
Result<std::int64_t> SqlStore::place_letters(const RunRow& run, const PostalOrder& order) {
    if (db_.dialect() != Dialect::Sqlite) return place_by_window(run, order);
    if (order) TRY(db_.driver().define("postal_order", order));
    auto place = TRY(Statement::prepare(
        db_, fmt::format("INSERT INTO places (run, letter, template) SELECT ?, id, template FROM letters"
                         " WHERE state = 0 AND test = 0 AND due <= ? ORDER BY priority DESC, {}, id",
                         order ? "postal_order(country, postal_code)" : "country, postal_code")));
    return place.bind(run.id, run.day.days).changed();
}

/// Where the postal order cannot be a function of the database, it is told for each postal code there is.
Result<std::int64_t> SqlStore::place_by_window(const RunRow& run, const PostalOrder& order) {
    if (order) TRY(tell_postal_order(run.day, order));
    auto place = TRY(Statement::prepare(
        db_,
        fmt::format("INSERT INTO places (position, run, letter, template) SELECT ?1 - 1 + row_number() OVER (ORDER BY"
                    " priority DESC, {}, id), ?2, id, template FROM letters {} WHERE state = 0 AND test = 0"
                    " AND due <= ?3 ORDER BY 1",
                    order ? "key" : "country, postal_code",
                    order ? "JOIN postal_keys USING (country, postal_code)" : "")));
    return place.bind(run.first, run.id, run.day.days).changed();
}

Done SqlStore::tell_postal_order(Day day, const PostalOrder& order) {
    TRY(
        db_.run("CREATE TEMPORARY TABLE postal_keys (country text COLLATE \"C\", postal_code text COLLATE \"C\","
                " key bytea) ON COMMIT DROP"));
    auto codes = TRY(Statement::prepare(db_,
                                        "SELECT DISTINCT country, postal_code FROM letters"
                                        " WHERE state = 0 AND test = 0 AND due <= ?"));
    std::vector<std::string> keys;
    std::vector<std::string_view> countries, postal_codes;
    codes.bind(day.days);
    while (TRY(codes.step())) {
        countries.push_back(codes.bytes(0));  // good until the reset: all rows are here
        postal_codes.push_back(codes.bytes(1));
        keys.push_back(order(countries.back(), postal_codes.back()));
    }
    const std::vector<std::string_view> key_views(keys.begin(), keys.end());
    const auto given = array_of_texts(countries), codes_given = array_of_texts(postal_codes),
               ordered = array_of_blobs(key_views);
    auto insert = TRY(
        Statement::prepare(db_, "INSERT INTO postal_keys SELECT * FROM unnest(?1::text[], ?2::text[], ?3::bytea[])"));
    TRY(insert.bind(Statement::blob(given), Statement::blob(codes_given), Statement::blob(ordered)).execute());
    return db_.run("ANALYZE postal_keys");
}

Result<std::optional<RunRow>> SqlStore::freeze(const RunOrder& order) {
    auto run = TRY(begin_run(order.day));
    run.letters = TRY(place_letters(run, order.postal_order));
    if (run.letters == 0) {
        TRY(db_.run(fmt::format("DELETE FROM runs WHERE id = {}", run.id)));
        return std::optional<RunRow>{};
    }
    TRY(db_.run(fmt::format("UPDATE runs SET letters = {} WHERE id = {}", run.letters, run.id)));
    TRY(claim(run));
    TRY(cut_into_units(run, order.letters_per_unit));
    LogLine line{jobs::Event::ClaimedByRun, order.at};
    line.run = run.id;
    line.letters = run.letters;
    TRY(log(line));
    return std::optional(std::move(run));
}

Result<std::optional<RunRecord>> SqlStore::open_run(const RunOrder& order) {
    TRY(write_rejections());
    auto transaction = TRY(Transaction::begin(db_));
    auto run = TRY(unfinished_run());
    const bool resumed = run.has_value();
    if (!run) {
        TRY(reject_late(order));
        run = TRY(freeze(order));
    }
    std::optional<RunRecord> record;
    if (run) {
        record = TRY(record_of(*run));
        record->resumed = resumed;
    }
    TRY(transaction.commit());
    return record;
}

Result<std::function<Result<std::optional<Letter>>()>> SqlStore::letters_of(const RunRecord& record) {
    TRY(write_rejections());
    const auto run = TRY(run_named(record.run));
    const auto letters = TRY(FrozenLetters::open(db_, run, FrozenLetters::Which::StillToDo));
    if (record.unit.fence != 0) letters->keep_to(record.unit);
    return std::function<Result<std::optional<Letter>>()>([letters] { return letters->next(); });
}

Result<std::vector<Letter>> SqlStore::samples_of(const RunRecord& record, std::size_t count) {
    const auto run = TRY(run_named(record.run));
    const auto frozen = TRY(FrozenLetters::open(db_, run, FrozenLetters::Which::All));
    const auto wanted = std::min(static_cast<std::int64_t>(count), run.letters);
    std::vector<Letter> samples;
    for (std::int64_t i = 0; i < wanted; ++i) {
        frozen->skip_to(run.first, i * run.letters / wanted);
        auto letter = TRY(frozen->next());
        if (letter) samples.push_back(std::move(*letter));
    }
    return samples;
}

Result<std::vector<Volume>> SqlStore::volumes_of(const RunRecord& record, int region_digits) {
    const auto run = TRY(run_named(record.run));
    auto rows = TRY(Statement::prepare(
        db_,
        "SELECT name, country, substr(postal_code, 1, ?), count(*) FROM places JOIN letters ON letters.id = letter"
        " JOIN templates ON templates.id = places.template WHERE position BETWEEN ? AND ?"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"));
    rows.bind(region_digits, run.first, run.first + run.letters - 1);
    std::vector<Volume> volumes;
    while (TRY(rows.step())) {
        const auto name = std::find(record.templates.begin(), record.templates.end(), rows.bytes(0));
        if (name == record.templates.end()) continue;
        const auto index = static_cast<std::uint32_t>(name - record.templates.begin());
        volumes.push_back({index, rows.text(1), rows.text(2), rows.number(3)});
    }
    return volumes;
}

Done SqlStore::finish_run(const RunRecord& record) {
    auto transaction = TRY(Transaction::begin(db_));
    const auto run = TRY(run_named(record.run));
    TRY(append_rejections());
    const auto open = TRY(open_letters(run.first, run.letters));
    if (open > 0)
        return failure(Fault::BadInput, db_.place(),
                       fmt::format("run {} has {} letters neither batched nor rejected", run.name, open),
                       "run again: it goes on where it stopped");
    TRY(db_.run(fmt::format("UPDATE runs SET finished = 1 WHERE id = {}", run.id)));
    TRY(transaction.commit());
    rejections_.clear();
    return {};
}

}  // namespace pli::store
