#pragma once
#include <string>
#include <vector>

namespace pli::uploads {

/// What is seen in a place on a page.
struct SpotSeen {
    std::vector<std::string> codes;  // DataMatrix and QR, byte for byte
    std::string words;               // UTF-8, of any content
    double ink = 0;                  // share of its pixels that are dark, 0 to 1
};
struct SpotsSeen {
    std::vector<SpotSeen> spots;  // one for each that was asked for
};

}  // namespace pli::uploads
