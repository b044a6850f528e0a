#include "uploads/spots.hpp"

#include "uploads/packing.hpp"

namespace pli::uploads {

/// The spots stand in front of the PDF, as the press profile of a repair does.
Asked<SpotsSeen> look_closely(std::string_view pdf, const std::vector<Spot>& spots, int dpi, std::string_view where,
                              const Limits& limits) {
    std::string input;
    for (const Spot& spot : spots) {
        put(input, spot.page);
        for (const Length side : {spot.place.left(), spot.place.top(), spot.place.size.width, spot.place.size.height})
            put(input, side.nm());
        put(input, static_cast<std::uint8_t>(spot.words));
    }
    const std::size_t start = input.size();
    input += pdf;
    auto seen = ask_for<SpotsSeen>({"spots", std::to_string(start), std::to_string(dpi)}, input, where, limits);
    if (seen && seen->spots.size() != spots.size())
        return tl::unexpected(
            Refusal{RuleId::Attack, {Fault::BadInput, std::string(where), "the reader's answer is not complete", {}}});
    return seen;
}

}  // namespace pli::uploads
