#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/mass.hpp"
#include "postage/sorting.hpp"

namespace pli::postage {

/// Neighbours with one destination, from this piece to the next run's first. Keys are those of `postal_key`, or
/// `abroad` and the country.
struct PostalRun {
    std::string key;
    std::uint32_t first = 0;  // piece, from 0
};
constexpr char abroad = '>';

/// One bundle or one tray: neighbouring pieces.
struct Pack {
    std::uint32_t first = 0, end = 0;  // pieces [first, end), from 0
    std::string destination;           // "Leitregion 53", "AT", "mixed"
    std::string from, to;              // postal codes of its first and last piece, as people write them
    Mass mass;
    Length height;
    std::uint32_t container = 0;  // of a bundle: the tray it lies in, from 0
    std::uint32_t pieces() const { return end - first; }
};

struct Packing {
    std::vector<Pack> containers;
    std::vector<Pack> bundles;  // none where the post wants none
};

/// What the scales say of a piece, by its number from 0.
struct Load {
    Mass mass;
    Length thickness;
};
using LoadOf = std::function<Load(std::uint32_t piece)>;

/// Breaks a numbered posting into trays and, within them, bundles. The order of the pieces is not touched: a
/// destination with enough pieces has trays of its own, what lies between is shared by the next wider level, and no
/// unit holds more pieces, weight or height than its rules allow. A bundle never lies in two trays.
/// Errors   none; a piece that is alone too heavy for a unit gets one to itself
Packing pack(const std::vector<PostalRun>& runs, std::uint32_t pieces, const SortRules& rules, const LoadOf& load);

}  // namespace pli::postage
