#include "base/day.hpp"

#include <catch2/catch.hpp>

using namespace pli;

TEST_CASE("a day is read and written as YYYY-MM-DD", "[base]") {
    const auto day = Day::parse("2024-02-29");
    REQUIRE(day);
    CHECK(day->iso() == "2024-02-29");
    CHECK(day->compact() == "20240229");
    CHECK(Day::of(1970, 1, 2).days == 1);
}

TEST_CASE("a day that does not exist is refused and named", "[base]") {
    for (const auto* text : {"2023-02-29", "22.11.2026", "2026-1-1", "2026-13-01", "", "2026-11-2x"}) {
        const auto day = Day::parse(text);
        REQUIRE_FALSE(day);
        CHECK_THAT(day.error().message, Catch::Contains(text));
    }
}

TEST_CASE("an instant is written in UTC", "[base]") {
    CHECK(Instant{1'795'000'000}.iso() == "2026-11-18T11:06:40Z");
    CHECK(Instant::midnight(Day::of(2026, 11, 22)).iso() == "2026-11-22T00:00:00Z");
}
