#include "pipeline/samples.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace pli::pipeline {
namespace {

/// Source   SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

}  // namespace

SampleDrawer::SampleDrawer(std::string_view batch_id) : seed_(0) {
    for (const char c : batch_id) seed_ = seed_ * 10 + static_cast<std::uint64_t>(c - '0');
    for (auto& place : by_lot_) place.lot = std::numeric_limits<std::uint64_t>::max();
}

void SampleDrawer::keep(Sample& place, const Offered& piece, std::uint64_t lot, Frame& page) {
    place.piece = piece.piece;
    place.letter = piece.letter;
    place.country.assign(piece.country);
    place.postal_code.assign(piece.postal_code);
    place.lot = lot;
    std::swap(place.page, page);
}

/// Whoever is last may turn out to be in between: it is offered to the lots when the next one comes.
void SampleDrawer::offer(const Offered& piece, Frame& page) {
    if (first_.piece == 0) return keep(first_, piece, 0, page);
    if (last_.piece != 0) {
        auto& highest = *std::max_element(by_lot_.begin(), by_lot_.end(),
                                          [](const Sample& a, const Sample& b) { return a.lot < b.lot; });
        if (last_.lot < highest.lot) std::swap(highest, last_);
    }
    keep(last_, piece, mixed(seed_ ^ mixed(piece.piece)), page);
}

std::vector<const Sample*> SampleDrawer::samples() const {
    std::vector<const Sample*> all{&first_, &last_};
    for (const auto& place : by_lot_) all.push_back(&place);
    std::erase_if(all, [](const Sample* sample) { return sample->piece == 0; });
    std::sort(all.begin(), all.end(), [](const Sample* a, const Sample* b) { return a->piece < b->piece; });
    return all;
}

}  // namespace pli::pipeline
