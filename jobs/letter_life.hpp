#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace pli::jobs {

/// Where a letter stands. Stored as these numbers: never renumber.
enum class State : std::uint8_t {
    Queued = 0,
    Held = 1,
    Claimed = 2,
    Batched = 3,  // in a batch; the print house has said nothing yet
    Rejected = 4,
    Cancelled = 5,
    Produced = 6,    // printed and inserted
    Spoiled = 7,     // damaged on a machine, to be printed again
    Reprinting = 8,  // in a reprint batch, as its next generation
    Withdrawn = 9,   // cancelled when it was in a batch: to be pulled from its pile
    Mailed = 10,
    Returned = 11,   // mailed, and brought back by the post
    Destroyed = 12,  // withdrawn, pulled and destroyed
};
enum class Event : std::uint8_t {
    HoldAsked,
    ReleaseAsked,
    CancelAsked,
    ClaimedByRun,
    BoundIntoBatch,
    Refused,
    GivenUp,  // the run was
    // What the print house and the post report:
    Produced,
    Spoiled,
    BoundForReprint,
    Reprinted,
    Destroyed,
    Mailed,
    Returned,
};

/// The whole life of a letter, in one place; an impossible step is nullopt, never a silent no-op.
/// A withdrawn letter may be printed or spoiled before somebody pulls it, which changes nothing, and may slip through into
/// the mail, which is a fact to be recorded, not an order to be refused.
constexpr std::optional<State> after(State state, Event event) {
    using enum State;
    const auto only = [state](State from, State to) { return state == from ? std::optional{to} : std::nullopt; };
    switch (event) {
        case Event::HoldAsked: return only(Queued, Held);
        case Event::ReleaseAsked: return state == Held || state == Rejected ? std::optional{Queued} : std::nullopt;
        case Event::CancelAsked:
            if (state == Batched || state == Produced || state == Reprinting) return Withdrawn;
            return state == Queued || state == Held || state == Rejected || state == Spoiled ? std::optional{Cancelled}
                                                                                             : std::nullopt;
        case Event::ClaimedByRun: return only(Queued, Claimed);
        case Event::BoundIntoBatch: return only(Claimed, Batched);
        case Event::Refused: return only(Claimed, State::Rejected);
        case Event::GivenUp: return only(Claimed, Queued);
        case Event::Produced:
            if (state == Withdrawn) return Withdrawn;
            return state == Batched || state == Reprinting ? std::optional{State::Produced} : std::nullopt;
        case Event::Spoiled:
            if (state == Withdrawn) return Withdrawn;
            return state == Batched || state == State::Produced || state == Reprinting ? std::optional{State::Spoiled}
                                                                                       : std::nullopt;
        case Event::BoundForReprint: return only(State::Spoiled, Reprinting);
        case Event::Reprinted: return only(Reprinting, State::Produced);
        case Event::Destroyed:
            if (state == State::Spoiled || state == Cancelled) return state;  // the spoiled sheets; the letter waits
            return only(Withdrawn, State::Destroyed);
        case Event::Mailed:
            return state == State::Produced || state == Withdrawn ? std::optional{State::Mailed} : std::nullopt;
        case Event::Returned: return only(State::Mailed, State::Returned);
    }
    return std::nullopt;
}

/// Whether nothing is open about the letter any more: the states a closed batch consists of.
constexpr bool accounted_for(State state) {
    using enum State;
    return state == Mailed || state == Returned || state == Cancelled || state == Destroyed;
}

std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

}  // namespace pli::jobs
