// The log: what happened to a letter, told from few lines.
#include <catch2/catch.hpp>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::Event;
using jobs::Report;
using jobs::State;

namespace {

constexpr std::int64_t noon = 1'728'043'200;  // of day 20,000

std::vector<Event> happened_to(LetterStore& store, LetterId letter) {
    const auto events = store.events_of(letter);
    if (!events) FAIL(events.error().text());
    std::vector<Event> kinds;
    for (const auto& event : *events) kinds.push_back(event.event);
    return kinds;
}

std::vector<jobs::LetterEvent> log_of(LetterStore& store) {
    auto events = store.events_after(0, 1'000);
    if (!events) FAIL(events.error().text());
    return *std::move(events);
}

std::vector<LetterId> letters_in(LetterStore& store, const jobs::LetterEvent& event) {
    std::vector<LetterId> letters;
    for (std::int64_t place = 0;;) {
        const auto some = store.letters_of(event, place, 2);
        if (!some) FAIL(some.error().text());
        if (some->empty()) return letters;
        for (const auto& one : *some) letters.push_back(one.letter);
        place = some->back().place;
    }
}

void tell(LetterStore& store, const std::string& batch, const std::vector<jobs::PieceReport>& reports) {
    jobs::ResultBook book(store.pieces_of(batch).value(), store.reports_of(batch).value());
    for (const auto& report : reports)
        if (const auto entered = book.enter(report); !entered) FAIL(entered.error().text());
    REQUIRE(store.record(batch, book.moved(), book.reported(), {noon + 5}));
}

jobs::PieceReport told(std::uint32_t piece, Report what, std::uint64_t line) {
    return {piece, 0, what, "2026-11-24", "", line};
}

}  // namespace

TEST_CASE("a letter tells all that happened to it, from the queue to the mail and back", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(3), {noon});
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.commit(run, batch_named("b-1", 3), ids, {noon + 1}));
    REQUIRE(store.finish_run(run));
    REQUIRE(store.mark_delivered("b-1", "sftp://printer.example/in", {noon + 2}));
    CHECK(shown(store, ids[0]).state == State::Delivered);
    tell(store, "b-1", {told(1, Report::Spoiled, 2), told(2, Report::Produced, 3)});
    REQUIRE(store.commit_reprint("b-1", batch_named("b-1-reprint-1"), {ids[0]}, {noon + 6}));
    REQUIRE(store.mark_delivered("b-1-reprint-1", "sftp://printer.example/in", {noon + 7}));
    tell(store, "b-1-reprint-1", {told(1, Report::Reprinted, 2), told(1, Report::Mailed, 3)});
    CHECK(happened_to(store, ids[0]) == std::vector{Event::Added, Event::ClaimedByRun, Event::BoundIntoBatch,
                                                    Event::HandedOver, Event::Spoiled, Event::BoundForReprint,
                                                    Event::HandedOver, Event::Reprinted, Event::Mailed});
    CHECK(happened_to(store, ids[1]) ==
          std::vector{Event::Added, Event::ClaimedByRun, Event::BoundIntoBatch, Event::HandedOver, Event::Produced});
    const auto events = store.events_of(ids[0]).value();
    CHECK(events[0].at == Instant{noon});
    CHECK(events[2].at == Instant{noon + 1});
    CHECK(events[2].batch == "b-1");
    CHECK(events[2].run == run.run);
    CHECK(events[5].batch == "b-1-reprint-1");
}

TEST_CASE("a run of many letters writes a handful of lines, which name every letter once", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(500), {noon});
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.commit(run, batch_named("b-1", 300), {ids.begin(), ids.begin() + 300}, {noon}));
    REQUIRE(store.commit(run, batch_named("b-2", 200), {ids.begin() + 300, ids.end()}, {noon}));
    const auto log = log_of(store);
    REQUIRE(log.size() == 4);
    const std::vector<std::uint64_t> counts{500, 500, 300, 200};
    for (std::size_t i = 0; i < log.size(); ++i) CHECK(log[i].letters == counts[i]);
    CHECK(letters_in(store, log[0]).size() == 500);
    CHECK(letters_in(store, log[1]) == ids);
    CHECK(letters_in(store, log[2]) == std::vector(ids.begin(), ids.begin() + 300));
    CHECK(letters_in(store, log[3]) == std::vector(ids.begin() + 300, ids.end()));
}

TEST_CASE("the log is read on from any line, and numbers only grow", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(3));
    const auto id = id_of(store, "k2");
    REQUIRE(store.apply(id, Event::HoldAsked, {noon}));
    queue.reopen();
    REQUIRE(queue.store->apply(id, Event::ReleaseAsked, {noon + 9}));
    const auto log = log_of(*queue.store);
    REQUIRE(log.size() == 3);
    CHECK(log[0].number < log[1].number);
    const auto rest = queue.store->events_after(log[1].number, 10).value();
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].event == Event::ReleaseAsked);
    CHECK(rest[0].at == Instant{noon + 9});
    CHECK(letters_in(*queue.store, rest[0]) == std::vector{id});
    CHECK(queue.store->events_after(0, 1).value().size() == 1);
}

TEST_CASE("reports name just the pieces of their file", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(3));
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.commit(run, batch_named("b-1", 3), ids, {}));
    tell(store, "b-1", {told(1, Report::Produced, 2), told(3, Report::Produced, 3)});
    tell(store, "b-1", {told(2, Report::Produced, 2)});
    const auto log = log_of(store);
    REQUIRE(log.size() == 5);
    CHECK(letters_in(store, log[3]) == std::vector{ids[0], ids[2]});
    CHECK(letters_in(store, log[4]) == std::vector{ids[1]});
}

TEST_CASE("a rejection keeps its code and its words, also after the letter was released and came through", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(1));
    const auto run = opened(store);
    const auto id = id_of(store, "k1");
    REQUIRE(store.reject(run, id, {jobs::Reason::AddressTooLong, "7 lines, the window holds 6"}, {noon}));
    REQUIRE(store.finish_run(run));
    CHECK(shown(store, id).reason_code == jobs::Reason::AddressTooLong);
    REQUIRE(store.apply(id, Event::ReleaseAsked, {}));
    const auto second = opened(store);
    REQUIRE(store.commit(second, batch_named("b-1"), {id}, {}));
    CHECK(happened_to(store, id) == std::vector{Event::Added, Event::ClaimedByRun, Event::Refused, Event::ReleaseAsked,
                                                Event::ClaimedByRun, Event::BoundIntoBatch});
    const auto refused = store.events_of(id).value()[2];
    CHECK(refused.why.reason == jobs::Reason::AddressTooLong);
    CHECK(refused.why.words == "7 lines, the window holds 6");
    CHECK(refused.run == run.run);
}

TEST_CASE("letters held when they came in are told apart from the others of their file", "[store]") {
    Queue queue;
    auto letters = numbered(4);
    letters[1].held = letters[2].held = true;
    add(*queue.store, letters);
    const auto log = log_of(*queue.store);
    REQUIRE(log.size() == 3);
    CHECK(log[1].event == Event::AddedHeld);
    CHECK(letters_in(*queue.store, log[1]) == std::vector{id_of(*queue.store, "k2"), id_of(*queue.store, "k3")});
    CHECK(happened_to(*queue.store, id_of(*queue.store, "k4")) == std::vector{Event::Added});
}
