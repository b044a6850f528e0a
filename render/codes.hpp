#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "frame/frame.hpp"

namespace pli::render {

/// A code as a bitmap, one bit a module, 1 = dark, rows padded to bytes, most significant bit left; no quiet zone.
struct Modules {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> bits;

    int stride() const { return (columns + 7) / 8; }
    bool dark(int column, int row) const;
    void reset(int new_columns, int new_rows);  // all light
    void set_dark(int column, int row);
};

/// libqrencode in byte mode, smallest version that holds the payload.
/// Errors   Overflow beyond version 40; BadInput: empty
Result<Modules> qr_code(std::string_view payload, Correction correction);
/// libzint, ECC 200; the payload is taken byte by byte.
/// Errors   Overflow: too long, for the size asked for too; BadInput: empty, or a size that DataMatrix does not have
Result<Modules> data_matrix(std::string_view payload, MatrixSize size = {});

/// The same symbologies for the hot path of one thread, without allocating: QR up to version 11 through FastQr, larger
/// ones through libqrencode; DataMatrix through one reused zint symbol.
/// Errors   Overflow: the payload does not fit the symbology
/// Threads  one object per thread
class CodeEncoder {
public:
    CodeEncoder();
    ~CodeEncoder();
    CodeEncoder(CodeEncoder&&) noexcept;

    /// Good until the next call.
    Result<const Modules*> encode(const Code& code, std::string_view payload);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::render
