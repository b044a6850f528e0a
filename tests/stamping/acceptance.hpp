#pragma once
#include <cstdint>
#include <string>

#include "tests/stamping/real_files.hpp"

namespace pli::stamping {

/// What becomes of an upload that is checked, repaired as the check offers, and checked again.
enum class Fate : std::uint8_t {
    Accepted,
    Repaired,  // accepted after the repairs that were offered
    Refused,   // with a finding
    Wrong,     // a repair that was offered failed or cured nothing, the child was killed, or it took too long
};
struct Verdict {
    Fate fate = Fate::Wrong;
    std::string told;    // the repairs, or why not
    double seconds = 0;  // of the slowest check
};
Verdict verdict_on(const RealFile& file);

}  // namespace pli::stamping
