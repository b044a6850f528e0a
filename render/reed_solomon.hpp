#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace pli::render {

/// Reed-Solomon check bytes over GF(256) with the QR polynomial x^8+x^4+x^3+x^2+1, for one number of check bytes. A
/// table holds, for each value of the leading byte, what it adds to the remainder, so a data byte costs one row.
/// Source   ISO/IEC 18004:2015 §7.5.2, annex A
/// Threads  immutable once built
class ReedSolomon {
public:
    static constexpr int most_check_bytes = 30;  // up to QR version 40

    explicit ReedSolomon(int check_bytes);
    int check_bytes() const { return check_bytes_; }
    /// `check` must hold check_bytes().
    void encode(std::span<const std::uint8_t> data, std::uint8_t* check) const;

private:
    using Row = std::array<std::uint8_t, 32>;  // a power of two, so that the compiler adds whole vectors
    int check_bytes_;
    std::vector<Row> rows_;  // 256
};

}  // namespace pli::render
