#include <fmt/format.h>

#include <variant>

#include "store/letter_body.hpp"
#include "store/letter_reading.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

using jobs::State;

/// A letter's state on a day: what is queued for a later one is scheduled.
std::string state_on(Day today) {
    return fmt::format("CASE WHEN standing.state = {} AND standing.due > {} THEN {} ELSE standing.state END",
                       static_cast<int>(State::Queued), today.days, static_cast<int>(State::Scheduled));
}

std::string record_query(Day today) {
    return "SELECT standing.id, contents.key, templates.name, contents.body, standing.country, standing.postal_code, " +
           state_on(today) +
           ", standing.due, coalesce(runs.name, ''), coalesce(batches.name, ''), coalesce(standing.piece, 0),"
           " coalesce(standing.reason, ''), standing.deadline, standing.priority, standing.test,"
           " coalesce(standing.reason_code, 0), standing.stored"
           " FROM standing JOIN contents ON contents.letter = standing.id"
           " JOIN templates ON templates.id = standing.template LEFT JOIN runs ON runs.id = standing.run"
           " LEFT JOIN batches ON batches.id = standing.batch ";
}

/// From before reasons had codes, or of a letter that was late when its run began and so has no place in it.
jobs::Reason rejection_code(const Statement& row) {
    const auto code = static_cast<jobs::Reason>(row.number(15));
    if (code != jobs::Reason::None) return code;
    return static_cast<State>(row.number(16)) == State::Rejected ? jobs::Reason::DeadlinePassed : jobs::Reason::BadData;
}

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
    record.state = static_cast<State>(row.number(6));
    record.due = {static_cast<std::int32_t>(row.number(7))};
    record.run = row.text(8);
    record.batch = row.text(9);
    record.piece = row.count(10);
    record.reason = row.text(11);
    record.deadline = {static_cast<std::int32_t>(row.number(12))};
    record.priority = static_cast<std::uint8_t>(row.number(13));
    record.test = row.number(14) != 0;
    if (record.state == State::Rejected || !record.reason.empty()) record.reason_code = rejection_code(row);
    if (record.state == State::Rejected && record.reason.empty())
        record.reason = fmt::format("{}: {}", jobs::text(record.reason_code), record.deadline.iso());
    return record;
}

/// The conditions of a list, and their values.
class Conditions {
public:
    /// `{}` stands for the value.
    template <class Value>
    void add(std::string_view condition, Value value) {
        values_.emplace_back(std::move(value));
        add(fmt::format(fmt::runtime(condition), fmt::format("?{}", values_.size())));
    }
    void add(const std::string& condition) { text_ += (text_.empty() ? "WHERE " : " AND ") + condition; }
    const std::string& text() const { return text_; }
    void bind(Statement& statement) const {
        for (std::size_t i = 0; i < values_.size(); ++i)
            std::visit([&](const auto& value) { statement.set(static_cast<int>(i + 1), value); }, values_[i]);
    }

private:
    std::string text_;
    std::vector<std::variant<std::int64_t, std::string>> values_;
};

/// What is stored as it is shown is found by its index; the rest is seen only when its place has been looked at.
void narrow_to(State state, Day today, Conditions& conditions) {
    const auto number = static_cast<int>(state);
    if (state == State::Held || state == State::Queued || state == State::Scheduled)
        conditions.add(fmt::format("standing.stored = {}", state == State::Held ? number : 0));
    if (state == State::Held) conditions.add("standing.stored <> 0 AND standing.stored <> 2");
    conditions.add(fmt::format("{} = {}", state_on(today), number));
}

/// The letters of a run or a batch are found by its places. They count while they have not left for another run.
void narrow_to_places(const Filter& filter, Conditions& conditions) {
    if (!filter.run.empty())
        conditions.add(
            "runs.name = {0} AND standing.id IN (SELECT letter FROM runs AS one JOIN places ON"
            " position BETWEEN one.first AND one.first + one.letters - 1 WHERE one.name = {0})",
            filter.run);
    if (!filter.batch.empty())
        conditions.add(
            "standing.id IN (SELECT letter FROM batches AS one JOIN runs AS its ON its.id = one.run JOIN places"
            " ON position BETWEEN coalesce(first_place, its.first) AND coalesce(last_place, its.first +"
            " its.letters - 1) WHERE one.name = {0} AND places.batch = one.id UNION ALL SELECT letter FROM"
            " batches AS one JOIN reprinted ON reprinted.batch = one.id JOIN places ON position ="
            " reprinted.place WHERE one.name = {0})",
            filter.batch);
}

Conditions conditions_of(const Filter& filter) {
    Conditions conditions;
    if (filter.state) narrow_to(*filter.state, filter.today, conditions);
    if (!filter.template_name.empty()) conditions.add("templates.name = {}", filter.template_name);
    narrow_to_places(filter, conditions);
    if (filter.due_from) conditions.add(fmt::format("standing.due >= {}", filter.due_from->days));
    if (filter.due_until) conditions.add(fmt::format("standing.due <= {}", filter.due_until->days));
    if (filter.test) conditions.add(fmt::format("standing.test = {}", *filter.test ? 1 : 0));
    if (filter.after.value != 0)
        conditions.add(filter.newest_first ? "standing.id < {}" : "standing.id > {}", filter.after.value);
    return conditions;
}

tl::unexpected<Error> no_letter(const Connection& db, LetterId letter) {
    return failure(Fault::NotFound, db.place(), fmt::format("there is no letter {}", letter.value),
                   "pli letters list shows those there are");
}

}  // namespace

Result<std::vector<jobs::LetterRecord>> SqlStore::list(const Filter& filter) {
    TRY(write_rejections());
    std::vector<jobs::LetterRecord> records;
    auto conditions = conditions_of(filter);
    if (!filter.key.empty()) {
        const auto letter = TRY(find({filter.key})).front();
        if (!letter) return records;
        conditions.add("standing.id = {}", letter->value);
    }
    auto rows = TRY(
        Statement::prepare(db_, fmt::format("{} {} ORDER BY standing.id {} LIMIT {}", record_query(filter.today),
                                            conditions.text(), filter.newest_first ? "DESC" : "ASC", filter.limit)));
    conditions.bind(rows);
    while (TRY(rows.step())) records.push_back(TRY(record_in(rows)));
    for (auto& record : records) TRY(tell_returned(record));
    return records;
}

Result<jobs::LetterRecord> SqlStore::show(LetterId letter, Day today) {
    TRY(write_rejections());
    auto row = TRY(Statement::prepare(db_, record_query(today) + "WHERE standing.id = ?"));
    if (!TRY(row.bind(letter.value).step())) return no_letter(db_, letter);
    auto record = TRY(record_in(row));
    TRY(tell_returned(record));
    std::string template_name;
    const auto loaded = TRY(load(letter, template_name));
    for (std::size_t i = 0; i < loaded.fields.values.size(); ++i)
        record.fields.emplace_back(loaded.fields.names->names[i], loaded.fields.values[i].text);
    return record;
}

Result<Letter> SqlStore::load(LetterId letter, std::string& template_name) {
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

Result<std::vector<std::pair<State, std::uint64_t>>> SqlStore::counts(Day today) {
    TRY(write_rejections());
    auto rows = TRY(Statement::prepare(
        db_, fmt::format("SELECT {}, count(*) FROM standing GROUP BY 1 ORDER BY 1", state_on(today))));
    std::vector<std::pair<State, std::uint64_t>> counts;
    while (TRY(rows.step()))
        counts.emplace_back(static_cast<State>(rows.number(0)), static_cast<std::uint64_t>(rows.number(1)));
    return counts;
}

}  // namespace pli::store
