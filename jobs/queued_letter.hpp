#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "jobs/letter_life.hpp"
#include "jobs/reason.hpp"

namespace pli::jobs {

/// Which letters of a run come first: 9 before 0, whatever the postal order says.
inline constexpr std::uint8_t usual_priority = 5, highest_priority = 9;

/// A letter on its way into the queue. Views into the reader's buffers: good during the call that takes it.
struct NewLetter {
    std::string_view key;  // idempotency key; the same key queues one letter
    std::string_view template_name;
    std::string_view locale;
    Day due{};       // not before this day; 0: at once
    Day deadline{};  // not after this day; 0: whenever
    std::uint8_t priority = usual_priority;
    Recipient recipient;
    Fields fields;
    bool held = false;  // until somebody approves of it
    bool test = false;  // renders, never prints
};

/// A letter as `pli letters list` and `show` tell it.
struct LetterRecord {
    LetterId id;
    std::string key, template_name, recipient, country, postal_code;
    State state{};
    Day due{}, deadline{};
    std::uint8_t priority = usual_priority;
    bool test = false;
    std::string run, batch;
    std::uint32_t piece = 0;
    Reason reason_code = Reason::None;                        // why it is held or rejected
    std::string reason;                                       // the same in words
    std::vector<std::pair<std::string, std::string>> fields;  // show only
};

/// A line of the log. It tells of one letter, of letters that came in together (`first` to `last`), of a batch's pieces or
/// of a run's letters: what happens to a million letters at once is one line.
struct LetterEvent {
    std::int64_t number = 0;  // grows from line to line; no later line has a lower one
    Instant at;
    Event event{};
    LetterId first, last;       // 0: the letters of `batch`, and without one those of `run`
    std::string run, batch;     // where that matters
    std::uint64_t letters = 1;  // how many it happened to
    Why why;
};

/// One letter that a line of the log tells of. `place` is where it stands among them: for reading on behind it.
struct EventLetter {
    std::int64_t place = 0;
    LetterId letter;
};

}  // namespace pli::jobs
