// A run in parts, by several processes.
#include <catch2/catch.hpp>
#include <set>

#include "store/work_lock.hpp"
#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::State;
using Keys = std::vector<std::string>;

namespace {

RunRecord opened_in_units(LetterStore& store, std::uint32_t letters_per_unit) {
    const auto run = store.open_run(RunOrder{{20'000}, {}, {}, letters_per_unit});
    REQUIRE(run);
    REQUIRE(*run);
    return **run;
}

std::optional<RunRecord> claimed(LetterStore& store, const RunRecord& run, const std::string& holder,
                                 std::int64_t now) {
    auto unit = store.claim_unit(run, {holder, {now}, {now + 60}});
    if (!unit) FAIL(unit.error().text());
    return *unit;
}

std::vector<LetterId> letters_in(LetterStore& store, const RunRecord& unit) {
    std::vector<LetterId> ids;
    keys_of(store, unit, &ids);
    return ids;
}

}  // namespace

TEST_CASE("the units of a run are its letters in order, each in one of them", "[store]") {
    Queue queue;
    add(*queue.store, numbered(7));
    const auto run = opened_in_units(*queue.store, 3);
    std::vector<std::size_t> sizes;
    Keys all;
    while (const auto unit = claimed(*queue.store, run, "a", 1'000)) {
        const auto keys = keys_of(*queue.store, *unit);
        sizes.push_back(keys.size());
        all.insert(all.end(), keys.begin(), keys.end());
    }
    CHECK(sizes == std::vector<std::size_t>{3, 3, 1});
    CHECK(all == keys_of(*queue.store, run));
}

TEST_CASE("a run that is not cut is one unit, and its batches are counted as ever", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2));
    const auto run = opened(*queue.store);
    const auto unit = claimed(*queue.store, run, "a", 1'000);
    REQUIRE(unit);
    CHECK(unit->unit.number == 0);
    REQUIRE(queue.store->commit(*unit, batch_named("b-1", 2), letters_in(*queue.store, *unit), {}));
    CHECK(queue.store->committed_batches(*unit, "a4-dl").value() == 1);
    REQUIRE(queue.store->finish_unit(*unit));
    CHECK(queue.store->units_left(run).value() == 0);
    CHECK(queue.store->finish_run(run));
}

TEST_CASE("two processes never hold the same unit, and a lease that is renewed is not taken over", "[store]") {
    Queue queue;
    add(*queue.store, numbered(4));
    const auto run = opened_in_units(*queue.store, 2);
    const auto other = queue.place.open();
    const auto first = claimed(*queue.store, run, "a", 1'000), second = claimed(*other, run, "b", 1'000);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->unit.number != second->unit.number);
    CHECK_FALSE(claimed(*other, run, "b", 1'059));
    REQUIRE(queue.store->renew(*first, {1'200}));
    const auto taken = claimed(*other, run, "c", 1'100);
    REQUIRE(taken);
    CHECK(taken->unit.number == second->unit.number);
    CHECK_FALSE(claimed(*other, run, "c", 1'150));
}

TEST_CASE("who lost its lease can commit nothing of the unit, not even rejections, and is told who has it", "[store]") {
    Queue queue;
    add(*queue.store, numbered(3));
    const auto run = opened_in_units(*queue.store, 3);
    const auto slow = queue.place.open();
    const auto lost = claimed(*slow, run, "slow", 1'000);
    REQUIRE(lost);
    const auto ids = letters_in(*slow, *lost);
    REQUIRE(slow->reject(*lost, ids[2], {jobs::Reason::BadData, "no street"}, {}));
    const auto unit = claimed(*queue.store, run, "quick", 1'061);
    REQUIRE(unit);
    CHECK(unit->unit.fence > lost->unit.fence);
    const auto refused = slow->commit(*lost, batch_named("b-1", 2), {ids[0], ids[1]}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Busy);
    CHECK_THAT(refused.error().message, Catch::Contains("was taken over by quick"));
    CHECK_FALSE(slow->renew(*lost, {9'999}));
    CHECK_FALSE(slow->finish_unit(*lost));
    CHECK(letters_in(*queue.store, *unit) == ids);
    REQUIRE(queue.store->commit(*unit, batch_named("b-1", 3), ids, {}));
    REQUIRE(queue.store->finish_unit(*unit));
    CHECK(count(*slow, State::Batched) == 3);
}

TEST_CASE("who works alone takes over what the dead have left, at once", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2));
    const auto run = opened_in_units(*queue.store, 2);
    REQUIRE(claimed(*queue.store, run, "dead", 1'000));
    queue.reopen();
    CHECK_FALSE(claimed(*queue.store, run, "patient", 1'001));
    CHECK(queue.store->claim_unit(run, {"alone", {}, {}, true}).value());
}

TEST_CASE("a unit is finished when its letters are batched or rejected, and then nobody's any more", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2));
    const auto run = opened_in_units(*queue.store, 1);
    const auto unit = claimed(*queue.store, run, "a", 1'000);
    const auto early = queue.store->finish_unit(*unit);
    REQUIRE_FALSE(early);
    CHECK_THAT(early.error().message, Catch::Contains("1 letters neither batched nor rejected"));
    REQUIRE(queue.store->reject(*unit, letters_in(*queue.store, *unit)[0], {jobs::Reason::BadData, "x"}, {}));
    REQUIRE(queue.store->finish_unit(*unit));
    CHECK(queue.store->units_left(run).value() == 1);
    CHECK(claimed(*queue.store, run, "a", 9'999)->unit.number == 2);
}

TEST_CASE("letters of a unit know where they stand in the whole run", "[store]") {
    Queue queue;
    add(*queue.store, numbered(5));
    const auto run = opened_in_units(*queue.store, 2);
    REQUIRE(claimed(*queue.store, run, "a", 1'000));
    const auto second = claimed(*queue.store, run, "a", 1'000);
    const auto placed = queue.store->placed_letters(*second).value();
    REQUIRE(placed.size() == 2);
    CHECK(placed[0].offset == 2);
    CHECK(placed[1].letter == id_of(*queue.store, "k4"));
}

TEST_CASE("one works on a queue alone, or several share it, and a lock goes with its holder", "[store]") {
    Queue queue;
    using store::WorkLock;
    {
        const auto alone = WorkLock::take(queue.place.address);
        REQUIRE(alone);
        const auto second = WorkLock::take(queue.place.address);
        REQUIRE_FALSE(second);
        CHECK(second.error().fault == Fault::Busy);
        CHECK_FALSE(WorkLock::take(queue.place.address, WorkLock::Kind::Shared));
    }
    const auto one = WorkLock::take(queue.place.address, WorkLock::Kind::Shared);
    const auto two = WorkLock::take(queue.place.address, WorkLock::Kind::Shared);
    CHECK(one);
    CHECK(two);
    CHECK_FALSE(WorkLock::take(queue.place.address));
}
