#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::jobs {

/// Why a letter is held, rejected or cancelled, for programs. Stored as these numbers: never renumber.
enum class Reason : std::uint8_t {
    None = 0,
    AwaitsApproval = 1,   // held on purpose
    AddressCameBack = 2,  // an earlier letter to it did
    DeadlinePassed = 3,
    AddressTooLong = 4,
    CharacterMissing = 5,
    TextTooLong = 6,
    BadData = 7,
    TemplateBroken = 8,
    NotPrintable = 9,  // well formed, but nothing Pli prints
    AskedFor = 10,     // by a person or a program
};
inline constexpr std::size_t reason_count = 11;

std::string_view code(Reason reason);  // "address-too-long"
std::string_view text(Reason reason);  // a sentence for people, without a full stop
std::optional<Reason> reason_coded(std::string_view code);
/// What the failure of a letter to be typeset means for it.
Reason reason_of(Fault fault);

/// A reason, and the particular case: place, cause and remedy in words. Empty words: the reason says it all.
struct Why {
    Reason reason = Reason::None;
    std::string words;
};

}  // namespace pli::jobs
