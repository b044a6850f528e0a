#include "render/ink_meter.hpp"

#include <cstddef>

namespace pli::render {

void InkMeter::add(std::string_view cmyk, bool inverted) {
    for (std::size_t i = 0; i + 4 <= cmyk.size(); i += 4) {
        std::size_t sum = 0;
        for (std::size_t ink = 0; ink < 4; ++ink) sum += static_cast<unsigned char>(cmyk[i + ink]);
        ++pixels_[inverted ? 4 * 255 - sum : sum];
        ++count_;
    }
}

std::uint16_t InkMeter::heaviest() const {
    std::uint64_t reached = 0;
    std::size_t sum = pixels_.size() - 1;
    for (; sum > 0; --sum) {
        reached += pixels_[sum];
        if (reached * 1000 >= count_ && reached > 0) break;
    }
    return static_cast<std::uint16_t>((sum * 1000 + 127) / 255);
}

}  // namespace pli::render
