#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

namespace pli::fonts {

/// Puts the parts of one line, in the order they are read, into the order they stand in from left to right: from the
/// highest level down to 1, each stretch of parts at that level or above is turned round.
/// Source   UAX #9 rule L2
template <class Part, class LevelOf>
void to_visual_order(std::vector<Part>& parts, LevelOf level_of) {
    std::uint8_t highest = 0;
    for (const Part& part : parts) highest = std::max<std::uint8_t>(highest, level_of(part));
    for (std::uint8_t level = highest; level > 0; --level)
        for (auto from = parts.begin(); from != parts.end();) {
            from = std::find_if(from, parts.end(), [&](const Part& part) { return level_of(part) >= level; });
            const auto to = std::find_if(from, parts.end(), [&](const Part& part) { return level_of(part) < level; });
            std::reverse(from, to);
            from = to;
        }
}

}  // namespace pli::fonts
