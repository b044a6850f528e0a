#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "jobs/letter_life.hpp"

namespace pli::jobs {

/// A letter on its way into the queue. Views into the reader's buffers: good during the call that takes it.
struct NewLetter {
    std::string_view key;  // idempotency key; the same key queues one letter
    std::string_view template_name;
    std::string_view locale;
    Day due{};  // not before this day; 0: at once
    Recipient recipient;
    Fields fields;
    bool held = false, test = false;
};

/// A letter as `pli letters list` and `show` tell it.
struct LetterRecord {
    LetterId id;
    std::string key, template_name, recipient, country, postal_code;
    State state{};
    Day due{};
    std::string run, batch;
    std::uint32_t piece = 0;
    std::string reason;                                       // of a rejection
    std::vector<std::pair<std::string, std::string>> fields;  // show only
};

}  // namespace pli::jobs
