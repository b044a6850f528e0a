#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "frame/frame.hpp"

namespace pli::render {

/// A code as a bitmap, one bit a module, 1 = dark, rows padded to bytes, most significant bit left; no quiet zone.
struct Modules {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> bits;
    bool dark(int column, int row) const;
};

/// libqrencode in byte mode, smallest version that holds the payload.   Errors: Overflow beyond version 40
Result<Modules> qr_code(std::string_view payload, Correction correction);
/// libzint, ECC 200, square.   Errors: Overflow
Result<Modules> data_matrix(std::string_view payload);

}  // namespace pli::render
