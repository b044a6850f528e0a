// What every queue must do, whatever database is behind it: `Queue` runs each test with all of them.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::Event;
using jobs::State;
using Keys = std::vector<std::string>;

TEST_CASE("the same key queues one letter, in one file or in two", "[store]") {
    Queue queue;
    const auto first = add(*queue.store, {{"a"}, {"b"}, {"a"}});
    CHECK(first.queued == 2);
    CHECK(first.known == 1);
    queue.reopen();
    CHECK(add(*queue.store, {{"b"}, {"c"}}).queued == 1);
    CHECK(count(*queue.store, State::Queued) == 3);
}

TEST_CASE("letters are found by their keys, and a key that nobody used finds none", "[store]") {
    Queue queue;
    add(*queue.store, {{"a"}, {"b"}});
    const auto found = queue.store->find({"b", "never", "a", "b"});
    REQUIRE(found);
    const auto a = id_of(*queue.store, "a"), b = id_of(*queue.store, "b");
    CHECK(*found == std::vector<std::optional<LetterId>>{b, std::nullopt, a, b});
}

TEST_CASE("a run takes its letters by country, postal code and age, those at home first", "[store]") {
    Queue queue;
    add(*queue.store, {{"de", "DE", "20095"}, {"lyon", "", "69002"}, {"paris-2", "", "75002"}, {"at", "AT", "1030"}});
    add(*queue.store, {{"paris-1", "", "75001"}, {"paris-2-again", "", "75002"}});
    const auto run = opened(*queue.store);
    CHECK(run.letters == 6);
    CHECK(keys_of(*queue.store, run) == Keys{"lyon", "paris-1", "paris-2", "paris-2-again", "at", "de"});
}

TEST_CASE("a run leaves alone what is held, a test, cancelled or not due yet", "[store]") {
    Queue queue;
    Given held{"held"}, proof{"proof"}, later{"later"}, today{"today"};
    held.held = proof.test = true;
    later.due = 20'001;
    today.due = 20'000;
    add(*queue.store, {held, proof, later, today, {"now"}, {"gone"}});
    REQUIRE(queue.store->apply(id_of(*queue.store, "gone"), Event::CancelAsked, {}));
    CHECK(keys_of(*queue.store, opened(*queue.store, 20'000)) == Keys{"today", "now"});
}

TEST_CASE("with nothing due there is no run", "[store]") {
    Queue queue;
    const auto run = queue.store->open_run(Day{20'000});
    REQUIRE(run);
    CHECK_FALSE(*run);
    add(*queue.store, {{"a"}});
    CHECK(opened(*queue.store, 20'000).run == "2024-10-04-1");
}

TEST_CASE("a letter comes back from the queue as it went in", "[store]") {
    Queue queue;
    Given letter{"order-17", "PL", "00-049"};
    letter.fields = {{"name with spaces", "Świętokrzyska"},
                     {"items", R"([{"sku":"A"}])"},
                     {"empty", ""},
                     {"long", std::string(70'000, 'x')}};
    add(*queue.store, {letter});
    const auto run = opened(*queue.store);
    const auto next = queue.store->letters_of(run);
    REQUIRE(next);
    const auto read = (*next)();
    REQUIRE(read);
    REQUIRE(*read);
    const Letter& got = **read;
    CHECK(got.key == "order-17");
    CHECK(got.recipient.name == "Zoë Lefèvre");
    CHECK(got.recipient.country == "PL");
    CHECK(got.recipient.postal_code == "00-049");
    CHECK(got.fields.names->names == Keys{"name with spaces", "items", "empty", "long"});
    CHECK(got.fields.values[0].text == "Świętokrzyska");
    CHECK(got.fields.values[1].kind == FieldKind::List);
    CHECK(got.fields.values[2].text.empty());
    CHECK(got.fields.values[3].text == std::string(70'000, 'x'));
}

TEST_CASE("each letter of a run knows its template by number, templates sorted by name", "[store]") {
    Queue queue;
    Given thanks{"a"}, coupon{"b"};
    coupon.template_name = "coupon";
    Given unused{"c"};
    unused.template_name = "birthday";
    unused.held = true;
    add(*queue.store, {thanks, coupon, unused});
    const auto run = opened(*queue.store);
    CHECK(run.templates == Keys{"coupon", "thanks"});
    const auto next = queue.store->letters_of(run);
    REQUIRE(next);
    CHECK((*next)().value()->template_index == 1);
    CHECK((*next)().value()->template_index == 0);
}

TEST_CASE("a committed batch tells of each letter which piece it became", "[store]") {
    Queue queue;
    add(*queue.store, numbered(3));
    const auto run = opened(*queue.store);
    std::vector<LetterId> ids;
    keys_of(*queue.store, run, &ids);
    REQUIRE(queue.store->commit(run, batch_named("b-1", 2), {ids[2], ids[0]}, {}));
    const auto piece = shown(*queue.store, ids[0]);
    CHECK(piece.state == State::Batched);
    CHECK(piece.batch == "b-1");
    CHECK(piece.piece == 2);
    CHECK(piece.run == run.run);
    CHECK(shown(*queue.store, ids[1]).state == State::Claimed);
    CHECK(queue.store->committed_batches(run, "a4-dl").value() == 1);
    CHECK(queue.store->committed_batches(run, "a3").value() == 0);
}

TEST_CASE("an interrupted run goes on with the letters that are neither batched nor rejected", "[store]") {
    Queue queue;
    add(*queue.store, numbered(5));
    const auto run = opened(*queue.store);
    std::vector<LetterId> ids;
    keys_of(*queue.store, run, &ids);
    REQUIRE(queue.store->reject(run, ids[1], {jobs::Reason::BadData, "seven lines"}, {}));
    REQUIRE(queue.store->commit(run, batch_named("b-1", 2), {ids[0], ids[3]}, {}));
    add(*queue.store, {{"too late for this run"}});
    queue.reopen();
    const auto again = opened(*queue.store, 20'500);
    CHECK(again.run == run.run);
    CHECK(again.day == run.day);
    CHECK(again.letters == 5);
    CHECK(again.resumed);
    CHECK_FALSE(run.resumed);
    CHECK(keys_of(*queue.store, again) == Keys{"k3", "k5"});
}

TEST_CASE("the samples of a run are the same before and after some of it was batched", "[store]") {
    Queue queue;
    add(*queue.store, numbered(100));
    const auto run = opened(*queue.store);
    const auto sampled = [&](std::size_t count) {
        std::vector<std::string> keys;
        const auto letters = queue.store->samples_of(run, count);
        for (const auto& letter : *letters) keys.emplace_back(letter.key);
        return keys;
    };
    const auto before = sampled(10);
    std::vector<LetterId> ids;
    const auto keys = keys_of(*queue.store, run, &ids);
    CHECK(before.size() == 10);
    CHECK(before[0] == keys[0]);
    CHECK(before[1] == keys[10]);
    REQUIRE(queue.store->commit(run, batch_named("b", 50), {ids.begin(), ids.begin() + 50}, {}));
    CHECK(sampled(10) == before);
    CHECK(sampled(1000) == keys);
}

TEST_CASE("letters can be read while batches are being committed", "[store]") {
    Queue queue;
    add(*queue.store, numbered(1500));
    const auto run = opened(*queue.store);
    const auto next = queue.store->letters_of(run);
    REQUIRE(next);
    for (int n = 1; n <= 1500; ++n) {
        const auto letter = (*next)();
        REQUIRE(letter);
        REQUIRE(*letter);
        REQUIRE((*letter)->key == fmt::format("k{}", n));
        if (n % 100 == 0) REQUIRE(queue.store->commit(run, batch_named(fmt::format("b-{}", n)), {(*letter)->id}, {}));
    }
    CHECK_FALSE(*(*next)());
    CHECK(count(*queue.store, State::Batched) == 15);
}

TEST_CASE("a finished run makes way for the next of the same day", "[store]") {
    Queue queue;
    add(*queue.store, numbered(1));
    const auto run = opened(*queue.store);
    std::vector<LetterId> ids;
    keys_of(*queue.store, run, &ids);
    REQUIRE(queue.store->commit(run, batch_named("b-1"), ids, {}));
    REQUIRE(queue.store->finish_run(run));
    CHECK_FALSE(queue.store->open_run(Day{20'000}).value());
    add(*queue.store, {{"next"}});
    const auto second = opened(*queue.store);
    CHECK(second.run == "2024-10-04-2");
    CHECK(keys_of(*queue.store, second) == Keys{"next"});
}

TEST_CASE("a run cannot finish while letters of it are open", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2));
    const auto run = opened(*queue.store);
    const auto done = queue.store->finish_run(run);
    REQUIRE_FALSE(done);
    CHECK_THAT(done.error().message, Catch::Contains("2 letters neither batched nor rejected"));
}

TEST_CASE("a rejected letter shows its reason, and once released joins the next run", "[store]") {
    Queue queue;
    add(*queue.store, numbered(1));
    const auto run = opened(*queue.store);
    const auto id = id_of(*queue.store, "k1");
    REQUIRE(queue.store->reject(run, id, {jobs::Reason::BadData, "7 lines, the window holds 6"}, {}));
    REQUIRE(queue.store->finish_run(run));
    queue.reopen();
    CHECK(shown(*queue.store, id).state == State::Rejected);
    CHECK(shown(*queue.store, id).reason == "7 lines, the window holds 6");
    REQUIRE(queue.store->apply(id, Event::ReleaseAsked, {}));
    CHECK(shown(*queue.store, id).state == State::Queued);
    CHECK(shown(*queue.store, id).reason.empty());
    CHECK(keys_of(*queue.store, opened(*queue.store)) == Keys{"k1"});
}

TEST_CASE("thousands of rejections are all written by the end of the run", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2500));
    const auto run = opened(*queue.store);
    std::vector<LetterId> ids;
    keys_of(*queue.store, run, &ids);
    for (const auto id : ids) REQUIRE(queue.store->reject(run, id, {jobs::Reason::BadData, "no street"}, {}));
    REQUIRE(queue.store->finish_run(run));
    queue.reopen();
    CHECK(count(*queue.store, State::Rejected) == 2500);
}

TEST_CASE("a letter can be held, released and cancelled, and an impossible step says why", "[store]") {
    Queue queue;
    add(*queue.store, numbered(2));
    const auto id = id_of(*queue.store, "k1"), other = id_of(*queue.store, "k2");
    REQUIRE(queue.store->apply(id, Event::HoldAsked, {}));
    CHECK(shown(*queue.store, id).state == State::Held);
    REQUIRE(queue.store->apply(id, Event::ReleaseAsked, {}));
    const auto run = opened(*queue.store);
    REQUIRE(queue.store->commit(run, batch_named("b-1", 2), {id, other}, {}));
    const auto refused = queue.store->apply(id, Event::HoldAsked, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::BadInput);
    CHECK(refused.error().message == "letter 1 is batched and cannot be held");
    CHECK(queue.store->apply(LetterId{99}, Event::HoldAsked, {}).error().fault == Fault::NotFound);
    CHECK_FALSE(queue.store->apply(other, Event::GivenUp, {}));
}

TEST_CASE("a batch with a letter that is not open in the run is refused whole", "[store]") {
    Queue queue;
    add(*queue.store, numbered(3));
    const auto run = opened(*queue.store);
    std::vector<LetterId> ids;
    keys_of(*queue.store, run, &ids);
    REQUIRE(queue.store->commit(run, batch_named("b-1"), {ids[0]}, {}));
    const auto twice = queue.store->commit(run, batch_named("b-2", 2), {ids[1], ids[0]}, {});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().message == "letter 1 is not open in run 2024-10-04-1");
    CHECK(shown(*queue.store, ids[1]).state == State::Claimed);
    CHECK(queue.store->committed_batches(run, "a4-dl").value() == 1);
    CHECK_THAT(queue.store->commit(run, batch_named("b-1"), {ids[1]}, {}).error().message,
               Catch::Contains("batch b-1 is committed already"));
}

TEST_CASE("a letter shows its fields and loads for a preview with its template's name", "[store]") {
    Queue queue;
    Given proof{"a"};
    proof.test = true;
    add(*queue.store, {proof});
    CHECK(shown(*queue.store, LetterId{1}).fields ==
          std::vector<std::pair<std::string, std::string>>{{"first_name", "Zoë"}});
    std::string template_name;
    const auto loaded = queue.store->load(LetterId{1}, template_name);
    REQUIRE(loaded);
    CHECK(template_name == "thanks");
    CHECK(loaded->options.test);
    CHECK(loaded->fields.values.at(0).text == "Zoë");
    CHECK(queue.store->load(LetterId{2}, template_name).error().fault == Fault::NotFound);
}

TEST_CASE("running numbers of postal codes follow on each other, and a batch gets its own again", "[store]") {
    Queue queue;
    CHECK(queue.store->take_numbers("usps-imb", "run-a-0001", 200).value() == 0);
    CHECK(queue.store->take_numbers("usps-imb", "run-a-0002", 200).value() == 200);
    CHECK(queue.store->take_numbers("dv-freimachung", "run-b-0001", 1).value() == 0);
    queue.reopen();
    CHECK(queue.store->take_numbers("usps-imb", "run-a-0001", 200).value() == 0);
    CHECK(queue.store->take_numbers("usps-imb", "run-c-0001", 50).value() == 400);
    CHECK(queue.store->take_numbers("dv-freimachung", "run-b-0002", 1).value() == 1);
}
