#include "jobs/letter_life.hpp"

#include <algorithm>
#include <array>

namespace pli::jobs {
namespace {
constexpr std::array<std::string_view, 13> names{"queued",    "held",     "claimed",  "batched",    "rejected",
                                                 "cancelled", "produced", "spoiled",  "reprinting", "withdrawn",
                                                 "mailed",    "returned", "destroyed"};
}

std::string_view name(State state) { return names.at(static_cast<std::size_t>(state)); }

std::optional<State> state_named(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<State>(found - names.begin());
}

}  // namespace pli::jobs
