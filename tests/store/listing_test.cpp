// Finding letters, and what they ask of their run.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::Event;
using jobs::State;
using Keys = std::vector<std::string>;

namespace {

Keys keys(LetterStore& store, Filter filter) {
    filter.today = {20'000};
    const auto letters = store.list(filter);
    if (!letters) FAIL(letters.error().text());
    Keys found;
    for (const auto& letter : *letters) found.push_back(letter.key);
    return found;
}

template <class Set>
Filter narrowed(Set set) {
    Filter filter;
    set(filter);
    return filter;
}

}  // namespace

TEST_CASE("the list can be narrowed by state, template, run, batch, key, due day and test", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    auto letters = numbered(6);
    letters[3].template_name = "coupon";
    letters[4].due = 20'007;
    letters[5].test = true;
    add(store, letters);
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.commit(run, batch_named("b-1", 2), {ids[0], ids[1]}, {}));
    CHECK(keys(store, narrowed([](Filter& f) { f.state = State::Batched; })) == Keys{"k1", "k2"});
    CHECK(keys(store, narrowed([](Filter& f) { f.state = State::Scheduled; })) == Keys{"k5"});
    CHECK(keys(store, narrowed([](Filter& f) { f.state = State::Queued; })) == Keys{"k6"});
    CHECK(keys(store, narrowed([](Filter& f) { f.template_name = "coupon"; })) == Keys{"k4"});
    CHECK(keys(store, narrowed([&](Filter& f) { f.run = run.run; })).size() == 4);
    CHECK(keys(store, narrowed([](Filter& f) { f.batch = "b-1"; })) == Keys{"k1", "k2"});
    CHECK(keys(store, narrowed([](Filter& f) { f.key = "k3"; })) == Keys{"k3"});
    CHECK(keys(store, narrowed([](Filter& f) { f.due_from = Day{20'001}; })) == Keys{"k5"});
    CHECK(keys(store, narrowed([](Filter& f) { f.due_until = Day{20'000}; })).size() == 5);
    CHECK(keys(store, narrowed([](Filter& f) { f.test = true; })) == Keys{"k6"});
    CHECK(keys(store, narrowed([](Filter& f) { f.batch = "b-9"; })).empty());
    CHECK(keys(store, narrowed([](Filter& f) { f.key = "' OR 1 = 1 --"; })).empty());
}

TEST_CASE("page after page, in either direction, every letter comes once though others come and go", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(5));
    Filter page;
    page.limit = 2;
    CHECK(keys(store, page) == Keys{"k1", "k2"});
    page.after = id_of(store, "k2");
    REQUIRE(store.apply(id_of(store, "k1"), Event::CancelAsked, {}));
    add(store, {{"late"}});
    CHECK(keys(store, page) == Keys{"k3", "k4"});
    page.newest_first = true;
    page.after = {};
    CHECK(keys(store, page) == Keys{"late", "k5"});
    page.after = id_of(store, "k5");
    CHECK(keys(store, page) == Keys{"k4", "k3"});
}

TEST_CASE("a letter is scheduled until its day, then queued", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    Given later{"later"};
    later.due = 20'001;
    add(store, {later});
    const auto id = id_of(store, "later");
    CHECK(store.show(id, {20'000}).value().state == State::Scheduled);
    CHECK(store.show(id, {20'001}).value().state == State::Queued);
    CHECK(store.counts({20'000}).value().at(0).first == State::Scheduled);
    CHECK(store.counts({20'001}).value().at(0).first == State::Queued);
}

TEST_CASE("the higher priority goes first, whatever the postal order says", "[store]") {
    Queue queue;
    Given urgent{"urgent", "", "99000"}, slow{"slow", "", "01000"};
    urgent.priority = 9;
    slow.priority = 0;
    add(*queue.store, {slow, {"b", "", "75002"}, urgent, {"a", "", "75001"}});
    CHECK(keys_of(*queue.store, opened(*queue.store)) == Keys{"urgent", "a", "b", "slow"});
}

TEST_CASE("a letter past its deadline is rejected when the run begins; released, it goes without one", "[store]") {
    Queue queue;
    auto& store = *queue.store;
    Given late{"late"}, today{"today"};
    late.deadline = 19'999;
    today.deadline = 20'000;
    add(store, {late, today});
    CHECK(keys_of(store, opened(store)) == Keys{"today"});
    const auto id = id_of(store, "late");
    CHECK(shown(store, id).state == State::Rejected);
    CHECK(shown(store, id).reason_code == jobs::Reason::DeadlinePassed);
    CHECK_THAT(shown(store, id).reason, Catch::Contains("2024-10-03"));
    CHECK(store.events_of(id).value().back().event == Event::DeadlinePassed);
    CHECK(keys(store, narrowed([](Filter& f) { f.state = State::Rejected; })) == Keys{"late"});
    REQUIRE(store.apply(id, Event::ReleaseAsked, {}));
    const auto run = store.open_run(Day{20'000}).value().value();
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.commit(run, batch_named("b-1"), ids, {}));
    REQUIRE(store.finish_run(run));
    CHECK(keys_of(store, opened(store)) == Keys{"late"});
}

TEST_CASE("with nothing but late letters there is no run, and they are rejected", "[store]") {
    Queue queue;
    Given late{"late"};
    late.deadline = 19'999;
    add(*queue.store, {late});
    CHECK_FALSE(queue.store->open_run(Day{20'000}).value());
    queue.reopen();
    CHECK(count(*queue.store, State::Rejected) == 1);
}

TEST_CASE("cancelled while a run has it, a letter is to be pulled; rejected by that run, it is just cancelled",
          "[store]") {
    Queue queue;
    auto& store = *queue.store;
    add(store, numbered(2));
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    CHECK(store.apply(ids[0], Event::CancelAsked, {}).value() == State::Withdrawn);
    CHECK(store.apply(ids[1], Event::CancelAsked, {}).value() == State::Withdrawn);
    CHECK(keys_of(store, run) == Keys{"k1", "k2"});  // the run prints what it froze
    REQUIRE(store.reject(run, ids[1], {jobs::Reason::BadData, "no street"}, {}));
    REQUIRE(store.commit(run, batch_named("b-1"), {ids[0]}, {}));
    CHECK(shown(store, ids[0]).state == State::Withdrawn);
    CHECK(shown(store, ids[1]).state == State::Cancelled);
    CHECK(store.pieces_of("b-1").value().at(0).state == State::Withdrawn);
}

TEST_CASE("who adds letters is told the number of each, and whether it is new", "[store]") {
    Queue queue;
    add(*queue.store, {{"b"}});
    std::vector<std::pair<LetterId, bool>> told;
    std::size_t given = 0;
    const Keys wanted{"a", "b", "a"};
    const auto next = [&](jobs::NewLetter& letter) {
        if (given == wanted.size()) return false;
        letter = {};
        letter.key = wanted[given++];
        letter.template_name = "thanks";
        return true;
    };
    REQUIRE(queue.store->add({next, {}, [&](LetterId id, bool fresh) { told.emplace_back(id, fresh); }}));
    const auto a = id_of(*queue.store, "a"), b = id_of(*queue.store, "b");
    CHECK(told == std::vector<std::pair<LetterId, bool>>{{a, true}, {b, false}, {a, false}});
}
