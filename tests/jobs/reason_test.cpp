#include "jobs/reason.hpp"

#include <catch2/catch.hpp>

using namespace pli;
using namespace pli::jobs;

TEST_CASE("each reason has a code of its own that leads back to it, and a text", "[jobs]") {
    for (std::size_t r = 1; r < reason_count; ++r) {
        const auto reason = static_cast<Reason>(r);
        CHECK(reason_coded(code(reason)) == reason);
        CHECK_FALSE(text(reason).empty());
    }
    CHECK_FALSE(reason_coded("bad-luck"));
}

TEST_CASE("what stopped a letter says why it is rejected", "[jobs]") {
    CHECK(reason_of(Fault::AddressTooLong) == Reason::AddressTooLong);
    CHECK(reason_of(Fault::MissingGlyph) == Reason::CharacterMissing);
    CHECK(reason_of(Fault::Overflow) == Reason::TextTooLong);
    CHECK(reason_of(Fault::Unsupported) == Reason::NotPrintable);
    CHECK(reason_of(Fault::BadInput) == Reason::BadData);
}
