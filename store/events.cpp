#include <fmt/format.h>

#include <set>

#include "store/sql_store.hpp"

namespace pli::store {
namespace {

using jobs::Event;
using jobs::LetterEvent;

constexpr const char* line_columns =
    "SELECT events.number, events.at, event, events.first, last, coalesce(runs.name, ''), coalesce(batches.name, ''),"
    " events.letters, reason, words, events.run FROM events LEFT JOIN runs ON runs.id = events.run"
    " LEFT JOIN batches ON batches.id = events.batch ";

LetterEvent event_in(const Statement& row) {
    LetterEvent event;
    event.number = row.number(0);
    event.at = {row.number(1)};
    event.event = static_cast<Event>(row.number(2));
    event.first = {row.number(3)};
    event.last = {row.number(4)};
    event.run = row.text(5);
    event.batch = row.text(6);
    event.letters = static_cast<std::uint64_t>(row.number(7));
    event.why = {static_cast<jobs::Reason>(row.number(8)), row.text(9)};
    return event;
}

bool reported_by_house(Event event) {
    return event >= Event::Produced && event <= Event::Returned && event != Event::BoundForReprint;
}

/// A letter's own lines and the one it came in with; then what happened to its runs as a whole, to its batches as a whole,
/// and to it as a piece. ?1: the letter.
constexpr const char* numbers_of_letter =
    "WITH own AS (SELECT number, run FROM events WHERE first = ?1 AND first > 0),"
    " place AS (SELECT position, places.run, batch, piece FROM letters JOIN places ON position = letters.place"
    "  WHERE letters.id = ?1),"
    " its_runs AS (SELECT run FROM own WHERE run > 0 UNION SELECT run FROM place),"
    " its_batches AS (SELECT batch FROM place UNION"
    "  SELECT reprinted.batch FROM place JOIN reprinted ON reprinted.place = place.position)"
    " SELECT number FROM own"
    " UNION SELECT number FROM (SELECT number, last FROM events WHERE first > 0 AND first < ?1 AND event IN (14, 15)"
    "  ORDER BY first DESC LIMIT 1) AS arrival WHERE last >= ?1"
    " UNION SELECT number FROM events JOIN its_runs ON its_runs.run = events.run"
    "  WHERE first = 0 AND events.batch = 0"
    " UNION SELECT number FROM events JOIN batches ON batches.id = events.batch JOIN its_batches ON its_batches.batch ="
    "  batches.id WHERE first = 0 AND events.run = batches.run AND event IN (4, 9, 18)"
    " UNION SELECT reports.event FROM place JOIN reports ON reports.batch = place.batch AND reports.piece = place.piece"
    "  WHERE reports.event IS NOT NULL";

constexpr const char* batch_places =
    " FROM batches JOIN runs ON runs.id = batches.run JOIN places ON position BETWEEN coalesce(first_place, runs.first)"
    " AND coalesce(last_place, runs.first + runs.letters - 1) AND places.batch = batches.id ";

/// Letters of a line and where they stand among them, behind ?1. ?2: its first letter, batch or run; ?3: its last letter or
/// its number; ?4: at most so many.
std::string letters_query(const LetterEvent& event) {
    if (event.first.value != 0)
        return "SELECT id, id FROM letters WHERE id > ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id LIMIT ?4";
    if (event.batch.empty())
        return "SELECT position, letter FROM runs JOIN places ON position BETWEEN first AND first + letters - 1"
               " WHERE position > ?1 AND name = ?2 AND ?3 > 0 ORDER BY position LIMIT ?4";
    if (reported_by_house(event.event))
        return fmt::format(
            "SELECT DISTINCT position, letter{} JOIN reports ON reports.batch = batches.id AND"
            " reports.piece = places.piece WHERE position > ?1 AND batches.name = ?2 AND"
            " reports.event = ?3 ORDER BY position LIMIT ?4",
            batch_places);
    return fmt::format(
        "SELECT position, letter FROM (SELECT position, letter{} WHERE batches.name = ?2 UNION ALL"
        " SELECT position, letter FROM batches JOIN reprinted ON reprinted.batch = batches.id JOIN places"
        " ON position = reprinted.place WHERE batches.name = ?2) AS pieces"
        " WHERE position > ?1 AND ?3 > 0 ORDER BY position LIMIT ?4",
        batch_places);
}

}  // namespace

Result<std::int64_t> SqlStore::log(const LogLine& line) {
    auto insert =
        TRY(Statement::prepare(db_,
                               "INSERT INTO events (at, event, first, last, run, batch, letters, reason, words)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"));
    return insert
        .bind(line.at.seconds, static_cast<int>(line.event), line.first, line.last, line.run, line.batch, line.letters,
              static_cast<int>(line.why.reason), line.why.words)
        .returned();
}

Done SqlStore::log_each(const LogLine& line, const std::vector<std::int64_t>& letters) {
    for (const auto letter : letters) {
        auto one = line;
        one.first = one.last = letter;
        TRY(log(one));
    }
    return {};
}

Result<std::vector<LetterEvent>> SqlStore::events_after(std::int64_t number, std::size_t limit) {
    TRY(write_rejections());
    auto rows = TRY(
        Statement::prepare(db_, std::string(line_columns) + "WHERE events.number > ? ORDER BY events.number LIMIT ?"));
    rows.bind(number, static_cast<std::int64_t>(limit));
    std::vector<LetterEvent> events;
    while (TRY(rows.step())) events.push_back(event_in(rows));
    return events;
}

Result<std::vector<LetterEvent>> SqlStore::events_of(LetterId letter) {
    TRY(write_rejections());
    auto rows = TRY(Statement::prepare(
        db_, fmt::format("{} WHERE events.number IN ({}) ORDER BY events.number", line_columns, numbers_of_letter)));
    rows.bind(letter.value);
    std::vector<LetterEvent> events;
    while (TRY(rows.step())) events.push_back(event_in(rows));
    return events;
}

Result<std::vector<jobs::EventLetter>> SqlStore::letters_of(const LetterEvent& event, std::int64_t after,
                                                            std::size_t limit) {
    auto rows = TRY(Statement::prepare(db_, letters_query(event)));
    if (event.first.value != 0)
        rows.bind(after, event.first.value, event.last.value, static_cast<std::int64_t>(limit));
    else
        rows.bind(after, event.batch.empty() ? event.run : event.batch, event.number, static_cast<std::int64_t>(limit));
    std::vector<jobs::EventLetter> letters;
    while (TRY(rows.step())) letters.push_back({rows.number(0), {rows.number(1)}});
    return letters;
}

}  // namespace pli::store
