#include "jobs/letter_life.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace pli::jobs;

namespace {
constexpr std::array states{State::Queued,    State::Held,     State::Claimed,  State::Batched,    State::Rejected,
                            State::Cancelled, State::Produced, State::Spoiled,  State::Reprinting, State::Withdrawn,
                            State::Mailed,    State::Returned, State::Destroyed};
constexpr std::array events{Event::HoldAsked,      Event::ReleaseAsked,    Event::CancelAsked, Event::ClaimedByRun,
                            Event::BoundIntoBatch, Event::Refused,         Event::GivenUp,     Event::Produced,
                            Event::Spoiled,        Event::BoundForReprint, Event::Reprinted,   Event::Destroyed,
                            Event::Mailed,         Event::Returned};
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
    for (const auto state : {State::Batched, State::Produced, State::Reprinting})
        CHECK(after(state, Event::CancelAsked) == State::Withdrawn);
    CHECK(after(State::Spoiled, Event::CancelAsked) == State::Cancelled);
    for (const auto state : {State::Mailed, State::Returned, State::Withdrawn})
        CHECK_FALSE(after(state, Event::CancelAsked));
}

TEST_CASE("a letter is accounted for only where nothing can be missing any more", "[jobs]") {
    for (const auto state : states) {
        bool open = false;
        for (const auto event : {Event::Produced, Event::Mailed, Event::BoundForReprint, Event::ClaimedByRun,
                                 Event::BoundIntoBatch, Event::ReleaseAsked})
            open = open || after(state, event).has_value();
        CHECK(accounted_for(state) == !open);
    }
}

TEST_CASE("a letter that a run has claimed can be neither held nor cancelled", "[jobs]") {
    CHECK_FALSE(after(State::Claimed, Event::HoldAsked));
    CHECK_FALSE(after(State::Claimed, Event::CancelAsked));
    CHECK(after(State::Claimed, Event::GivenUp) == State::Queued);
}

TEST_CASE("a rejected letter can be released for another try, or cancelled", "[jobs]") {
    CHECK(after(State::Claimed, Event::Refused) == State::Rejected);
    CHECK(after(State::Rejected, Event::ReleaseAsked) == State::Queued);
    CHECK(after(State::Rejected, Event::CancelAsked) == State::Cancelled);
}

TEST_CASE("each state has a name of its own that leads back to it", "[jobs]") {
    for (const auto state : states) CHECK(state_named(name(state)) == state);
    CHECK_FALSE(state_named("lost"));
    CHECK_FALSE(state_named(""));
}
