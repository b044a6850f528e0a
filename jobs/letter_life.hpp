#pragma once
#include <cstddef>
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
    Withdrawn = 9,   // cancelled when a run had it already: to be pulled from its pile
    Mailed = 10,
    Returned = 11,   // mailed, and brought back by the post
    Destroyed = 12,  // withdrawn, pulled and destroyed
    // Never stored, because they follow from something else:
    Scheduled = 13,  // queued, and not to be sent before a day that is still to come
    Delivered = 14,  // batched, and the print house has the batch
};
/// What happens to letters. Stored as these numbers: never renumber.
enum class Event : std::uint8_t {
    HoldAsked = 0,
    ReleaseAsked = 1,
    CancelAsked = 2,
    ClaimedByRun = 3,
    BoundIntoBatch = 4,
    Refused = 5,
    GivenUp = 6,  // the run was
    // What the print house and the post report:
    Produced = 7,
    Spoiled = 8,
    BoundForReprint = 9,
    Reprinted = 10,
    Destroyed = 11,
    Mailed = 12,
    Returned = 13,
    // A letter's beginning, and what time brings:
    Added = 14,
    AddedHeld = 15,
    DayCame = 16,  // not to be sent before it: nobody does anything then, so it is in no log
    DeadlinePassed = 17,
    HandedOver = 18,  // its batch, to the print house
};

/// The whole life of a letter, in one place; an impossible step is nullopt, never a silent no-op.
/// A withdrawn letter may be printed or spoiled before somebody pulls it, which changes nothing, and may slip through into
/// the mail, which is a fact to be recorded, not an order to be refused.
constexpr std::optional<State> after(State state, Event event) {
    using enum State;
    const auto only = [state](State from, State to) { return state == from ? std::optional{to} : std::nullopt; };
    const auto at_press = state == Batched || state == Delivered || state == Reprinting;
    const auto waiting = state == Queued || state == Scheduled;
    switch (event) {
        case Event::Added:
        case Event::AddedHeld: return std::nullopt;  // see first_state
        case Event::DayCame: return only(Scheduled, Queued);
        case Event::DeadlinePassed: return only(Queued, Rejected);
        case Event::HoldAsked: return waiting ? std::optional{Held} : std::nullopt;
        case Event::ReleaseAsked: return state == Held || state == Rejected ? std::optional{Queued} : std::nullopt;
        case Event::CancelAsked:
            // A run that has the letter prints what it has frozen: the same bytes, however often it is taken up again.
            if (state == Claimed || at_press || state == State::Produced) return Withdrawn;
            return waiting || state == Held || state == Rejected || state == State::Spoiled ? std::optional{Cancelled}
                                                                                            : std::nullopt;
        case Event::ClaimedByRun: return only(Queued, Claimed);
        case Event::BoundIntoBatch: return state == Withdrawn ? std::optional{Withdrawn} : only(Claimed, Batched);
        case Event::Refused: return state == Withdrawn ? std::optional{Cancelled} : only(Claimed, Rejected);
        case Event::GivenUp: return state == Withdrawn ? std::optional{Cancelled} : only(Claimed, Queued);
        case Event::HandedOver: return only(Batched, Delivered);
        case Event::Produced:
            if (state == Withdrawn) return Withdrawn;
            return at_press ? std::optional{State::Produced} : std::nullopt;
        case Event::Spoiled:
            if (state == Withdrawn) return Withdrawn;
            return at_press || state == State::Produced ? std::optional{State::Spoiled} : std::nullopt;
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

/// How a life begins; nullopt: with another event.
constexpr std::optional<State> first_state(Event event) {
    if (event == Event::Added) return State::Queued;
    return event == Event::AddedHeld ? std::optional{State::Held} : std::nullopt;
}

/// Whether nothing is open about the letter any more: the states a closed batch consists of.
constexpr bool accounted_for(State state) {
    using enum State;
    return state == Mailed || state == Returned || state == Cancelled || state == Destroyed;
}

inline constexpr std::size_t state_count = 15, event_count = 19;

std::string_view name(State state);
std::optional<State> state_named(std::string_view name);
std::string_view name(Event event);  // "batched": what then is true of the letter
std::optional<Event> event_named(std::string_view name);

}  // namespace pli::jobs
