#pragma once
#include "pipeline/batch_spec.hpp"
#include "pipeline/chunk.hpp"
#include "pipeline/franking_code.hpp"

namespace pli::pipeline {

/// What the franking code of this seat's letter is made of.
inline FrankedPiece franked_piece(const RunPlan& plan, const BatchSpec& batch, const Seat& seat) {
    const Recipient& to = seat.letter.recipient;
    const std::string_view country = to.country.empty() ? std::string_view(plan.country) : to.country;
    return {batch.first_number, seat.piece, plan.day, country, to.postal_code, seat.franking};
}

}  // namespace pli::pipeline
