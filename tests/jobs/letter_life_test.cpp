#include "jobs/letter_life.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace pli::jobs;

namespace {
constexpr std::array states{State::Queued,  State::Held,     State::Claimed,
                            State::Batched, State::Rejected, State::Cancelled};
constexpr std::array events{Event::HoldAsked,      Event::ReleaseAsked, Event::CancelAsked, Event::ClaimedByRun,
                            Event::BoundIntoBatch, Event::Refused,      Event::Returned};
}  // namespace

TEST_CASE("a letter goes from the queue through a run into a batch", "[jobs]") {
    CHECK(after(State::Queued, Event::ClaimedByRun) == State::Claimed);
    CHECK(after(State::Claimed, Event::BoundIntoBatch) == State::Batched);
}

TEST_CASE("a batched or cancelled letter is at its end: nothing moves it any more", "[jobs]") {
    for (const auto event : events) {
        CHECK_FALSE(after(State::Batched, event));
        CHECK_FALSE(after(State::Cancelled, event));
    }
}

TEST_CASE("a letter that a run has claimed can be neither held nor cancelled", "[jobs]") {
    CHECK_FALSE(after(State::Claimed, Event::HoldAsked));
    CHECK_FALSE(after(State::Claimed, Event::CancelAsked));
    CHECK(after(State::Claimed, Event::Returned) == State::Queued);
}

TEST_CASE("a rejected letter can be released for another try, or cancelled", "[jobs]") {
    CHECK(after(State::Claimed, Event::Refused) == State::Rejected);
    CHECK(after(State::Rejected, Event::ReleaseAsked) == State::Queued);
    CHECK(after(State::Rejected, Event::CancelAsked) == State::Cancelled);
}

TEST_CASE("each state has a name of its own that leads back to it", "[jobs]") {
    for (const auto state : states) CHECK(state_named(name(state)) == state);
    CHECK_FALSE(state_named("posted"));
    CHECK_FALSE(state_named(""));
}
