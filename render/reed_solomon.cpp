#include "render/reed_solomon.hpp"

#include <cassert>
#include <cstring>

namespace pli::render {

namespace {

std::uint8_t multiply(std::uint8_t a, std::uint8_t b) {
    unsigned product = 0;
    for (int bit = 7; bit >= 0; --bit) {
        product = (product << 1) ^ ((product >> 7) * 0x11D);
        product ^= ((b >> bit) & 1U) * a;
    }
    return static_cast<std::uint8_t>(product);
}

/// Coefficients of (x-1)(x-2)(x-4)... without the leading 1, highest power first.
std::vector<std::uint8_t> generator(int degree) {
    std::vector<std::uint8_t> coefficients(static_cast<std::size_t>(degree), 0);
    coefficients.back() = 1;
    std::uint8_t root = 1;
    for (int i = 0; i < degree; ++i) {
        for (std::size_t j = 0; j < coefficients.size(); ++j) {
            coefficients[j] = multiply(coefficients[j], root);
            if (j + 1 < coefficients.size()) coefficients[j] ^= coefficients[j + 1];
        }
        root = multiply(root, 2);
    }
    return coefficients;
}

}  // namespace

ReedSolomon::ReedSolomon(int check_bytes) : check_bytes_(check_bytes), rows_(256, Row{}) {
    assert(check_bytes > 0 && check_bytes <= most_check_bytes);
    const auto coefficients = generator(check_bytes);
    for (std::size_t lead = 0; lead < rows_.size(); ++lead) {
        for (std::size_t i = 0; i < coefficients.size(); ++i) {
            rows_[lead][i] = multiply(coefficients[i], static_cast<std::uint8_t>(lead));
        }
    }
}

void ReedSolomon::encode(std::span<const std::uint8_t> data, std::uint8_t* check) const {
    std::array<std::uint8_t, 33> remainder{};  // one more, so that it can be shifted as a whole
    for (const std::uint8_t byte : data) {
        const Row& row = rows_[byte ^ remainder[0]];
        for (std::size_t i = 0; i < row.size(); ++i) {
            remainder[i] = static_cast<std::uint8_t>(remainder[i + 1] ^ row[i]);
        }
    }
    std::memcpy(check, remainder.data(), static_cast<std::size_t>(check_bytes_));
}

}  // namespace pli::render
