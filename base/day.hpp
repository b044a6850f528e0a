#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli {

/// A local calendar date, without a time zone. Never read from the clock below `service`.
/// Source   proleptic Gregorian calendar, as ISO 8601
/// Errors   parse: BadInput, unless the text is YYYY-MM-DD and names a real day
struct Day {
    std::int32_t days = 0;  // since 1970-01-01
    constexpr auto operator<=>(const Day&) const = default;

    static Result<Day> parse(std::string_view text);
    static Day of(int year, int month, int day);
    std::string iso() const;      // 2026-11-22
    std::string compact() const;  // 20261122
    int year() const;
    int month() const;         // 1..12
    int day_of_month() const;  // 1..31
};

/// A moment in UTC, whole seconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t seconds = 0;
    constexpr auto operator<=>(const Instant&) const = default;
    std::string iso() const;  // 2026-11-22T21:00:00Z
    static Instant midnight(Day day) { return {std::int64_t{day.days} * 86'400}; }
};

}  // namespace pli
