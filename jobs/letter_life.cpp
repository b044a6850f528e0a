#include "jobs/letter_life.hpp"

#include <algorithm>
#include <array>

namespace pli::jobs {
namespace {
constexpr std::array<std::string_view, state_count> states{
    "queued",     "held",      "claimed", "batched",  "rejected",  "cancelled", "produced", "spoiled",
    "reprinting", "withdrawn", "mailed",  "returned", "destroyed", "scheduled", "delivered"};
constexpr std::array<std::string_view, event_count> events{
    "held",     "released",    "cancelled",  "claimed",         "batched",   "rejected", "given-up",
    "produced", "spoiled",     "reprinting", "reprinted",       "destroyed", "mailed",   "returned",
    "queued",   "queued-held", "day-came",   "deadline-passed", "delivered"};

template <class Named, std::size_t n>
std::optional<Named> found(const std::array<std::string_view, n>& names, std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Named>(at - names.begin());
}
}  // namespace

std::string_view name(State state) { return states.at(static_cast<std::size_t>(state)); }
std::string_view name(Event event) { return events.at(static_cast<std::size_t>(event)); }
std::optional<State> state_named(std::string_view name) { return found<State>(states, name); }
std::optional<Event> event_named(std::string_view name) { return found<Event>(events, name); }

}  // namespace pli::jobs
