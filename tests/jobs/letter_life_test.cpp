#include "jobs/letter_life.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace pli::jobs;

namespace {
template <class Kind>
std::vector<Kind> all(std::size_t count) {
    std::vector<Kind> kinds;
    for (std::size_t i = 0; i < count; ++i) kinds.push_back(static_cast<Kind>(i));
    return kinds;
}
const auto states = all<State>(state_count);
const auto events = all<Event>(event_count);
}  // namespace

TEST_CASE("a letter goes from the queue through a run into a batch", "[jobs]") {
    CHECK(after(State::Queued, Event::ClaimedByRun) == State::Claimed);
    CHECK(after(State::Claimed, Event::BoundIntoBatch) == State::Batched);
}

TEST_CASE("a letter that came back or was destroyed is at its end: nothing moves it any more", "[jobs]") {
    for (const auto event : events) {
        CHECK_FALSE(after(State::Returned, event));
        CHECK_FALSE(after(State::Destroyed, event));
        CHECK(after(State::Cancelled, event).value_or(State::Cancelled) == State::Cancelled);
    }
}

TEST_CASE("a letter in a batch is cancelled by pulling it out; a spoiled one is just not printed again", "[jobs]") {
    for (const auto state : {State::Batched, State::Delivered, State::Produced, State::Reprinting})
        CHECK(after(state, Event::CancelAsked) == State::Withdrawn);
    CHECK(after(State::Spoiled, Event::CancelAsked) == State::Cancelled);
    for (const auto state : {State::Mailed, State::Returned, State::Withdrawn})
        CHECK_FALSE(after(state, Event::CancelAsked));
}

TEST_CASE("a letter is accounted for only where nothing can be missing any more", "[jobs]") {
    for (const auto state : states) {
        bool open = false;
        for (const auto event : {Event::Produced, Event::Mailed, Event::BoundForReprint, Event::ClaimedByRun,
                                 Event::BoundIntoBatch, Event::ReleaseAsked, Event::DayCame})
            open = open || after(state, event).has_value();
        CHECK(accounted_for(state) == !open);
    }
}

TEST_CASE("a letter that a run has claimed cannot be held; cancelled, it is pulled from its batch, or has none",
          "[jobs]") {
    CHECK_FALSE(after(State::Claimed, Event::HoldAsked));
    const auto cancelled = after(State::Claimed, Event::CancelAsked);
    CHECK(cancelled == State::Withdrawn);
    CHECK(after(*cancelled, Event::BoundIntoBatch) == State::Withdrawn);
    CHECK(after(*cancelled, Event::Refused) == State::Cancelled);
    CHECK(after(State::Claimed, Event::GivenUp) == State::Queued);
}

TEST_CASE("a scheduled letter waits for its day, and can be held or cancelled until then", "[jobs]") {
    CHECK_FALSE(after(State::Scheduled, Event::ClaimedByRun));
    CHECK(after(State::Scheduled, Event::DayCame) == State::Queued);
    CHECK(after(State::Scheduled, Event::HoldAsked) == State::Held);
    CHECK(after(State::Scheduled, Event::CancelAsked) == State::Cancelled);
}

TEST_CASE("a letter past its deadline is rejected, and may be released all the same", "[jobs]") {
    CHECK(after(State::Queued, Event::DeadlinePassed) == State::Rejected);
    CHECK_FALSE(after(State::Claimed, Event::DeadlinePassed));
}

TEST_CASE("a batch at the print house takes reports as one that was brought there by hand", "[jobs]") {
    CHECK(after(State::Batched, Event::HandedOver) == State::Delivered);
    for (const auto event : {Event::Produced, Event::Spoiled, Event::CancelAsked})
        CHECK(after(State::Delivered, event) == after(State::Batched, event));
}

TEST_CASE("every state but the first two is reached from them", "[jobs]") {
    std::set<State> reached{*first_state(Event::Added), *first_state(Event::AddedHeld), State::Scheduled};
    for (std::size_t round = 0; round < state_count; ++round)
        for (const auto state : states)
            for (const auto event : events)
                if (const auto next = after(state, event); next && reached.contains(state)) reached.insert(*next);
    CHECK(reached.size() == state_count);
}

TEST_CASE("a rejected letter can be released for another try, or cancelled", "[jobs]") {
    CHECK(after(State::Claimed, Event::Refused) == State::Rejected);
    CHECK(after(State::Rejected, Event::ReleaseAsked) == State::Queued);
    CHECK(after(State::Rejected, Event::CancelAsked) == State::Cancelled);
}

TEST_CASE("each state has a name of its own that leads back to it", "[jobs]") {
    for (const auto state : states) CHECK(state_named(name(state)) == state);
    for (const auto event : events) CHECK(event_named(name(event)) == event);
    CHECK_FALSE(state_named("lost"));
    CHECK_FALSE(state_named(""));
}
