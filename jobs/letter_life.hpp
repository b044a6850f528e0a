#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace pli::jobs {

/// Where a letter stands. Stored as these numbers: never renumber.
enum class State : std::uint8_t { Queued = 0, Held = 1, Claimed = 2, Batched = 3, Rejected = 4, Cancelled = 5 };
enum class Event : std::uint8_t {
    HoldAsked,
    ReleaseAsked,
    CancelAsked,
    ClaimedByRun,
    BoundIntoBatch,
    Refused,
    Returned
};

/// The whole life of a letter, in one place; an impossible step is nullopt, never a silent no-op.
constexpr std::optional<State> after(State state, Event event) {
    using enum State;
    switch (event) {
        case Event::HoldAsked: return state == Queued ? std::optional{Held} : std::nullopt;
        case Event::ReleaseAsked: return state == Held || state == Rejected ? std::optional{Queued} : std::nullopt;
        case Event::CancelAsked:
            return state == Queued || state == Held || state == Rejected ? std::optional{Cancelled} : std::nullopt;
        case Event::ClaimedByRun: return state == Queued ? std::optional{Claimed} : std::nullopt;
        case Event::BoundIntoBatch: return state == Claimed ? std::optional{Batched} : std::nullopt;
        case Event::Refused: return state == Claimed ? std::optional{State::Rejected} : std::nullopt;
        case Event::Returned: return state == Claimed ? std::optional{Queued} : std::nullopt;  // the run was given up
    }
    return std::nullopt;
}

std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

}  // namespace pli::jobs
