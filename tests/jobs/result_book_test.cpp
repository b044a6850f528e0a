#include "jobs/result_book.hpp"

#include <catch2/catch.hpp>

using namespace pli;
using namespace pli::jobs;

namespace {

ResultBook book(std::vector<Piece> pieces, const std::vector<PieceReport>& known = {}) {
    return ResultBook(std::move(pieces), known);
}
Piece piece(std::uint32_t number, State state = State::Batched, std::uint32_t generation = 1, std::uint32_t own = 1) {
    return {number, LetterId{number + 100}, generation, own, state};
}
PieceReport told(std::uint32_t number, Report what, std::uint64_t line, std::uint32_t generation = 0) {
    return {number, generation, what, "", "", line};
}

}  // namespace

TEST_CASE("a piece is produced, mailed, and may come back", "[jobs]") {
    auto results = book({piece(1), piece(2)});
    for (const auto what : {Report::Produced, Report::Mailed, Report::Returned})
        CHECK(results.enter(told(1, what, 2)).value() == ResultBook::Outcome::New);
    REQUIRE(results.moved().size() == 1);
    CHECK(results.moved()[0].state == State::Returned);
    CHECK(results.reported().size() == 3);
}

TEST_CASE("a row that was known before changes nothing", "[jobs]") {
    auto results = book({piece(1, State::Mailed)}, {told(1, Report::Produced, 0, 1), told(1, Report::Mailed, 0, 1)});
    CHECK(results.enter(told(1, Report::Produced, 2)).value() == ResultBook::Outcome::Known);
    CHECK(results.enter(told(1, Report::Mailed, 3)).value() == ResultBook::Outcome::Known);
    CHECK(results.moved().empty());
    CHECK(results.reported().empty());
}

TEST_CASE("a file that names a piece twice, or one that is not there, is refused with the line", "[jobs]") {
    auto results = book({piece(1)});
    REQUIRE(results.enter(told(1, Report::Produced, 2)));
    CHECK(results.enter(told(1, Report::Produced, 5)).error().message == "piece 1 is produced twice, first in line 2");
    CHECK(results.enter(told(9, Report::Produced, 6)).error().message == "piece 9 is not in this batch");
}

TEST_CASE("what cannot follow is refused with what should have come before", "[jobs]") {
    const auto refused = [](State state, Report what) {
        return book({piece(1, state)}).enter(told(1, what, 2)).error();
    };
    CHECK(refused(State::Batched, Report::Mailed).message == "piece 1 is batched and cannot be mailed");
    CHECK_THAT(refused(State::Batched, Report::Mailed).remedy, Catch::Contains("produced first"));
    CHECK_THAT(refused(State::Batched, Report::Returned).remedy, Catch::Contains("mailed first"));
    CHECK_THAT(refused(State::Spoiled, Report::Reprinted).remedy, Catch::Contains("pli batch reprint"));
    CHECK_THAT(refused(State::Produced, Report::Destroyed).remedy, Catch::Contains("cancel the letter first"));
    for (const auto what : {Report::Produced, Report::Spoiled, Report::Mailed})
        CHECK_FALSE(book({piece(1, State::Destroyed)}).enter(told(1, what, 2)));
    CHECK_FALSE(book({piece(1, State::Mailed)}).enter(told(1, Report::Spoiled, 2)));
}

TEST_CASE("a withdrawn piece ends destroyed; one that slips into the mail is told", "[jobs]") {
    auto pulled = book({piece(1, State::Withdrawn)});
    REQUIRE(pulled.enter(told(1, Report::Produced, 2)));
    CHECK(pulled.moved().empty());
    REQUIRE(pulled.enter(told(1, Report::Destroyed, 3)));
    CHECK(pulled.moved()[0].state == State::Destroyed);
    CHECK(pulled.slipped_through().empty());
    auto mailed = book({piece(4, State::Withdrawn)});
    REQUIRE(mailed.enter(told(4, Report::Mailed, 2)));
    CHECK(mailed.slipped_through() == std::vector<std::uint32_t>{4});
    CHECK(mailed.moved()[0].state == State::Mailed);
}

TEST_CASE("of sheets that were printed again only the destruction is news", "[jobs]") {
    auto first = book({piece(1, State::Reprinting, 2, 1)}, {told(1, Report::Spoiled, 0, 1)});
    CHECK(first.enter(told(1, Report::Spoiled, 2)).value() == ResultBook::Outcome::Known);
    CHECK(first.enter(told(1, Report::Destroyed, 3)).value() == ResultBook::Outcome::New);
    CHECK(first.moved().empty());
    CHECK_THAT(first.enter(told(1, Report::Mailed, 4)).error().message,
               Catch::Contains("printed again as generation 2"));
    CHECK_THAT(first.enter(told(1, Report::Mailed, 5, 3)).error().message, Catch::Contains("last generation is 2"));
    auto reprint = book({piece(1, State::Reprinting, 2, 2)});
    REQUIRE(reprint.enter(told(1, Report::Reprinted, 2)));
    REQUIRE(reprint.enter(told(1, Report::Mailed, 3)));
    CHECK(reprint.moved()[0].state == State::Mailed);
}

TEST_CASE("each report has a name of its own that leads back to it", "[jobs]") {
    for (const auto what :
         {Report::Produced, Report::Spoiled, Report::Reprinted, Report::Destroyed, Report::Mailed, Report::Returned})
        CHECK(report_named(name(what)) == what);
    CHECK_FALSE(report_named("posted"));
}
