#include "service/proof.hpp"

#include <utility>

#include "uploads/spots.hpp"

namespace pli::service {
namespace {

constexpr int dots_an_inch = 200;  // four pixels a module of the sheet code

/// A chunk of pages, large pictures among them, on a busy machine.
constexpr uploads::Limits chunk_limits() {
    uploads::Limits limits;
    limits.cpu_seconds = 120;
    limits.wall_seconds = 600;
    return limits;
}

Result<std::vector<preflight::Seen>> look(const std::string& pdf, const std::vector<preflight::Look>& looks) {
    std::vector<uploads::Spot> spots;
    spots.reserve(looks.size());
    for (const auto& one : looks) spots.push_back({one.page, one.place, one.words});
    auto answer = TRY(uploads::as_result(uploads::look_closely(pdf, spots, dots_an_inch, "print.pdf", chunk_limits())));
    std::vector<preflight::Seen> seen;
    seen.reserve(answer.spots.size());
    for (auto& spot : answer.spots) seen.push_back({std::move(spot.codes), std::move(spot.words), spot.ink});
    return seen;
}

}  // namespace

Result<preflight::ProofReport> prove(const std::string& folder, const preflight::ProofOrder& order) {
    return preflight::prove_batch(folder, order, look);
}

}  // namespace pli::service
