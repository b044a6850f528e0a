#pragma once
#include "pipeline/batch_spec.hpp"
#include "pipeline/chunk.hpp"
#include "pipeline/franking_code.hpp"

namespace pli::pipeline {

/// What precedes a piece's running number, and the piece's place behind it: in its batch, or on its own.
struct RunningNumber {
    std::uint64_t before = 0;
    std::uint32_t piece = 1;
};
inline RunningNumber running_number(const RunPlan& plan, const BatchSpec& batch, LetterId letter, std::uint32_t piece) {
    if (plan.number_of) return {plan.number_of(letter), 1};
    return {batch.first_number, piece};
}

/// What the franking code of this seat's letter is made of.
inline FrankedPiece franked_piece(const RunPlan& plan, const BatchSpec& batch, const Seat& seat) {
    const Recipient& to = seat.letter.recipient;
    const std::string_view country = to.country.empty() ? std::string_view(plan.country) : to.country;
    const auto [before, piece] = running_number(plan, batch, seat.letter.id, seat.piece);
    return {before, piece, plan.day, country, to.postal_code, seat.franking};
}

}  // namespace pli::pipeline
