#include <fmt/format.h>

#include "store/sql_store.hpp"

namespace pli::store {
namespace {

using jobs::Event;
using jobs::State;

bool asked_by_people(Event event) {
    return event == Event::HoldAsked || event == Event::ReleaseAsked || event == Event::CancelAsked;
}

tl::unexpected<Error> cannot(const Connection& db, LetterId letter, State state, Event event) {
    const auto what = asked_by_people(event) ? jobs::name(event) : "moved by hand";  // the other steps are a run's
    return failure(Fault::BadInput, db.place(),
                   fmt::format("letter {} is {} and cannot be {}", letter.value, jobs::name(state), what));
}

/// Whether the state is kept with the letter's place in its run rather than with the letter.
bool kept_with_place(State state) {
    return state != State::Queued && state != State::Held && state != State::Rejected && state != State::Cancelled;
}

}  // namespace

Result<State> SqlStore::apply(LetterId letter, Event event, Instant at) {
    TRY(write_rejections());
    auto transaction = TRY(Transaction::begin(db_));
    auto row = TRY(Statement::prepare(db_, "SELECT state FROM standing WHERE id = ?"));
    if (!TRY(row.bind(letter.value).step()))
        return failure(Fault::NotFound, db_.place(), fmt::format("there is no letter {}", letter.value),
                       "pli letters list shows those there are");
    const auto state = static_cast<State>(row.number(0));
    row.reset();
    const auto next = asked_by_people(event) ? jobs::after(state, event) : std::nullopt;
    if (!next) return cannot(db_, letter, state, event);
    if (event == Event::ReleaseAsked) TRY(clear_returned(letter));
    TRY(move(letter, state, *next));
    LogLine line{event, at, letter.value, letter.value};
    line.why = {event == Event::HoldAsked ? jobs::Reason::AwaitsApproval : jobs::Reason::AskedFor, {}};
    TRY(log(line));
    TRY(transaction.commit());
    return *next;
}

/// Released after a rejection, a letter leaves its place in the old run; the place itself keeps the story. One that was too
/// late goes without its deadline from now on: somebody has decided that it is still wanted.
Done SqlStore::move(LetterId letter, State from, State to) {
    const auto sql =
        kept_with_place(from)
            ? "UPDATE places SET standing = ?1 WHERE position = (SELECT place FROM letters WHERE id = ?2)"
            : "UPDATE letters SET place = CASE WHEN ?1 = 0 THEN NULL ELSE place END,"
              " deadline = CASE WHEN state = 4 AND ?1 = 0 THEN 0 ELSE deadline END, state = ?1 WHERE id = ?2";
    auto update = TRY(Statement::prepare(db_, sql));
    return update.bind(static_cast<int>(to), letter.value).execute();
}

}  // namespace pli::store
