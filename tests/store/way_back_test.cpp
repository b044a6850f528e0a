#include <catch2/catch.hpp>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::Event;
using jobs::Report;
using jobs::State;

namespace {

/// A run of `count` letters in one batch "b-1", opened anew so that nothing is remembered that is not written.
struct Posted {
    explicit Posted(int count) {
        store = place.open();
        add(*store, numbered(count));
        run = opened(*store);
        keys_of(*store, run, &letters);
        REQUIRE(store->commit(run, batch_named("b-1", static_cast<std::uint32_t>(count)), letters, {}));
        REQUIRE(store->finish_run(run));
        store = place.open();
    }
    /// As a file of results does.
    void tell(const std::string& batch, const std::vector<jobs::PieceReport>& reports) {
        jobs::ResultBook book(store->pieces_of(batch).value(), store->reports_of(batch).value());
        for (const auto& report : reports)
            if (const auto entered = book.enter(report); !entered) FAIL(entered.error().text());
        REQUIRE(store->record(batch, book.moved(), book.reported(), {}));
    }
    State state_of(std::size_t piece) { return shown(*store, letters.at(piece - 1)).state; }

    Place place;
    std::unique_ptr<LetterStore> store;
    RunRecord run;
    std::vector<LetterId> letters;
};

jobs::PieceReport told(std::uint32_t piece, Report what, std::uint64_t line, const std::string& reason = "") {
    return {piece, 0, what, "2026-11-24", reason, line};
}

}  // namespace

TEST_CASE("a batch closes when every piece is mailed, cancelled, destroyed or returned", "[store]") {
    Posted posted(4);
    auto& store = *posted.store;
    CHECK_FALSE(store.account_of("b-1").value().closed());
    posted.tell("b-1", {told(1, Report::Produced, 2), told(2, Report::Produced, 3), told(1, Report::Mailed, 4),
                        told(2, Report::Mailed, 5), told(2, Report::Returned, 6, "moved")});
    REQUIRE(store.apply(posted.letters[2], Event::CancelAsked, {}));
    CHECK(posted.state_of(3) == State::Withdrawn);
    posted.tell("b-1", {told(3, Report::Destroyed, 2), told(4, Report::Produced, 3)});
    const auto open = store.account_of("b-1").value();
    CHECK_FALSE(open.closed());
    CHECK(open.counts == std::vector<std::pair<State, std::uint64_t>>{
                             {State::Produced, 1}, {State::Mailed, 1}, {State::Returned, 1}, {State::Destroyed, 1}});
    posted.tell("b-1", {told(4, Report::Mailed, 2)});
    CHECK(store.account_of("b-1").value().closed());
}

TEST_CASE("spoiled pieces go into a reprint batch, as the same pieces of the next generation", "[store]") {
    Posted posted(3);
    auto& store = *posted.store;
    posted.tell("b-1", {told(2, Report::Spoiled, 2), told(3, Report::Produced, 3), told(3, Report::Spoiled, 4)});
    const auto spoiled = store.spoiled_letters_of("b-1").value();
    REQUIRE(spoiled.size() == 2);
    CHECK(spoiled[0].piece == 2);
    CHECK(spoiled[0].generation == 2);
    CHECK(spoiled[0].letter.id == posted.letters[1]);
    REQUIRE(store.commit_reprint("b-1", batch_named("b-1-reprint-1", 2), {posted.letters[1], posted.letters[2]}, {}));
    CHECK(posted.state_of(2) == State::Reprinting);
    CHECK(store.account_of("b-1").value().reprints == 1);
    CHECK(store.account_of("b-1").value().spoiled_sheets_open == 2);
    const auto reprint = store.account_of("b-1-reprint-1").value();
    CHECK(reprint.reprint_of == "b-1");
    CHECK(reprint.counts == std::vector<std::pair<State, std::uint64_t>>{{State::Reprinting, 2}});
    const auto pieces = store.pieces_of("b-1-reprint-1").value();
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].piece == 2);
    CHECK(pieces[0].own == 2);
    posted.tell("b-1-reprint-1",
                {told(2, Report::Reprinted, 2), told(2, Report::Mailed, 3), told(3, Report::Spoiled, 4)});
    posted.tell("b-1", {told(2, Report::Destroyed, 2)});
    CHECK(posted.state_of(2) == State::Mailed);
    CHECK(store.account_of("b-1").value().spoiled_sheets_open == 2);  // piece 3, both times
    const auto again = store.spoiled_letters_of("b-1").value();
    REQUIRE(again.size() == 1);
    CHECK(again[0].generation == 3);
    CHECK_FALSE(store.commit_reprint("b-1", batch_named("b-1-reprint-2", 1), {posted.letters[0]}, {}));
    CHECK(store.committed_batches(posted.run, "a4-dl").value() == 1);  // a reprint takes no number of the run's
}

TEST_CASE("reports are kept, and come back whole", "[store]") {
    Posted posted(1);
    posted.tell("b-1", {told(1, Report::Produced, 2)});
    const auto reports = posted.store->reports_of("b-1").value();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].at == "2026-11-24");
    CHECK(reports[0].generation == 1);
    jobs::ResultBook again(posted.store->pieces_of("b-1").value(), reports);
    CHECK(again.enter(told(1, Report::Produced, 2)).value() == jobs::ResultBook::Outcome::Known);
    CHECK(again.moved().empty());
}

TEST_CASE("a delivery is remembered with its time", "[store]") {
    Posted posted(1);
    CHECK(posted.store->account_of("b-1").value().delivered_to.empty());
    REQUIRE(posted.store->mark_delivered("b-1", "sftp://printer.example/in", {1'795'000'000}));
    const auto account = posted.store->account_of("b-1").value();
    CHECK(account.delivered_to == "sftp://printer.example/in");
    CHECK(account.delivered_at.seconds == 1'795'000'000);
    CHECK(posted.store->mark_delivered("b-9", "x", {0}).error().fault == Fault::NotFound);
}

TEST_CASE("the next letter to an address that brought one back is held, until it is released", "[store]") {
    Posted posted(2);
    auto& store = *posted.store;
    CHECK(store.hold_returned({30'000}, {}).value() == 0);
    posted.tell("b-1",
                {told(1, Report::Produced, 2), told(1, Report::Mailed, 3), told(1, Report::Returned, 4, "moved")});
    add(store, {{.key = "next"}, {.key = "elsewhere", .postal_code = "13001"}});
    CHECK(store.hold_returned({30'000}, {}).value() == 1);
    const auto held = shown(store, id_of(store, "next"));
    CHECK(held.state == State::Held);
    CHECK(held.reason == "letter 1 to this address came back: moved");
    CHECK(shown(store, id_of(store, "elsewhere")).state == State::Queued);
    REQUIRE(store.apply(held.id, Event::ReleaseAsked, {}));  // somebody has looked: the address is right
    CHECK(store.hold_returned({30'000}, {}).value() == 0);
    CHECK(shown(store, held.id).reason.empty());
}
