#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace pli::render {

/// How much ink a CMYK picture lays on the paper. What a whole thousandth of its pixels reach counts, so that a few
/// pixels of a JPEG's noise do not.
class InkMeter {
public:
    void add(std::string_view cmyk, bool inverted);
    /// In thousandths of one full ink: 3200 is 320 %.
    std::uint16_t heaviest() const;

private:
    std::array<std::uint64_t, 4 * 255 + 1> pixels_{};  // by the sum of their inks
    std::uint64_t count_ = 0;
};

}  // namespace pli::render
