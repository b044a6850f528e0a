#include "render/codes.hpp"

#include <qrencode.h>
#include <zint.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "base/release.hpp"
#include "render/qr_fast.hpp"

namespace pli::render {

namespace {

using QrInput = Handle<QRinput, QRinput_free>;
using QrSymbol = Handle<QRcode, QRcode_free>;
using ZintSymbol = Handle<zint_symbol, ZBarcode_Delete>;

QRecLevel level_of(Correction correction) {
    switch (correction) {
        case Correction::L: return QR_ECLEVEL_L;
        case Correction::M: return QR_ECLEVEL_M;
        case Correction::Q: return QR_ECLEVEL_Q;
        case Correction::H: return QR_ECLEVEL_H;
    }
    return QR_ECLEVEL_M;
}

/// libqrencode gives a byte a module, the lowest bit being its colour.
void copy_modules(const QRcode& symbol, Modules& out) {
    out.reset(symbol.width, symbol.width);
    for (int row = 0; row < symbol.width; ++row) {
        for (int column = 0; column < symbol.width; ++column) {
            if (symbol.data[row * symbol.width + column] & 1) out.set_dark(column, row);
        }
    }
}

Done encode_qr(std::string_view payload, Correction correction, Modules& out) {
    if (payload.empty()) return failure(Fault::BadInput, "QR code", "there is nothing to encode", "give it some text");
    const QrInput input(QRinput_new2(0, level_of(correction)));
    const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
    const int appended = QRinput_append(input.get(), QR_MODE_8, static_cast<int>(payload.size()), bytes);
    const QrSymbol symbol(appended == 0 ? QRcode_encodeInput(input.get()) : nullptr);
    if (!symbol) {
        return failure(Fault::Overflow, "QR code", std::to_string(payload.size()) + " bytes do not fit a QR code",
                       "shorten the text or lower the error correction level");
    }
    copy_modules(*symbol, out);
    return {};
}

/// Zint keeps a module a bit, the least significant bit leftmost.
void copy_modules(const zint_symbol& symbol, Modules& out) {
    out.reset(symbol.width, symbol.rows);
    for (int row = 0; row < symbol.rows; ++row) {
        for (int column = 0; column < symbol.width; ++column) {
            if ((symbol.encoded_data[row][column >> 3] >> (column & 7)) & 1) out.set_dark(column, row);
        }
    }
}

/// The sizes of ISO/IEC 16022 table 7 in the order of zint's option_2, from 1: squares, then rectangles.
constexpr std::array<MatrixSize, 30> matrix_sizes{
    {{10, 10},   {12, 12},   {14, 14},   {16, 16},   {18, 18}, {20, 20}, {22, 22}, {24, 24}, {26, 26}, {32, 32},
     {36, 36},   {40, 40},   {44, 44},   {48, 48},   {52, 52}, {64, 64}, {72, 72}, {80, 80}, {88, 88}, {96, 96},
     {104, 104}, {120, 120}, {132, 132}, {144, 144}, {18, 8},  {32, 8},  {26, 12}, {36, 12}, {36, 16}, {48, 16}}};

/// 0: as small as may be. An unknown size gives nothing.
std::optional<int> zint_size(MatrixSize size) {
    if (size == MatrixSize{}) return 0;
    const auto* const at = std::find(matrix_sizes.begin(), matrix_sizes.end(), size);
    if (at == matrix_sizes.end()) return std::nullopt;
    return static_cast<int>(at - matrix_sizes.begin()) + 1;
}

Done encode_data_matrix(zint_symbol& symbol, std::string_view payload, MatrixSize size, Modules& out) {
    if (payload.empty())
        return failure(Fault::BadInput, "DataMatrix", "there is nothing to encode", "give it some text");
    const auto wanted = zint_size(size);
    if (!wanted) {
        return failure(
            Fault::BadInput, "DataMatrix",
            "there is none of " + std::to_string(size.columns) + " x " + std::to_string(size.rows) + " modules",
            "take a size of ISO/IEC 16022, such as 24 x 24");
    }
    ZBarcode_Clear(&symbol);
    symbol.symbology = BARCODE_DATAMATRIX;
    symbol.input_mode = DATA_MODE;
    symbol.option_2 = *wanted;
    symbol.option_3 = *wanted == 0 ? DM_SQUARE : 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
    const bool encoded = ZBarcode_Encode(&symbol, bytes, static_cast<int>(payload.size())) < ZINT_ERROR;
    // Zint takes a larger size by itself where the one asked for is too small.
    if (!encoded || (*wanted != 0 && (symbol.width != size.columns || symbol.rows != size.rows))) {
        return failure(Fault::Overflow, "DataMatrix",
                       std::to_string(payload.size()) + " bytes do not fit a DataMatrix (" + symbol.errtxt + ")",
                       "shorten the text");
    }
    copy_modules(symbol, out);
    return {};
}

ZintSymbol new_symbol() { return ZintSymbol(ZBarcode_Create()); }

}  // namespace

bool Modules::dark(int column, int row) const {
    return (bits[static_cast<std::size_t>(row * stride() + column / 8)] >> (7 - column % 8)) & 1;
}

void Modules::reset(int new_columns, int new_rows) {
    columns = new_columns;
    rows = new_rows;
    bits.assign(static_cast<std::size_t>(stride() * rows), 0);
}

void Modules::set_dark(int column, int row) {
    auto& byte = bits[static_cast<std::size_t>(row * stride() + column / 8)];
    byte = static_cast<std::uint8_t>(byte | (0x80 >> (column % 8)));
}

Result<Modules> qr_code(std::string_view payload, Correction correction) {
    Modules out;
    TRY(encode_qr(payload, correction, out));
    return out;
}

Result<Modules> data_matrix(std::string_view payload, MatrixSize size) {
    Modules out;
    TRY(encode_data_matrix(*new_symbol(), payload, size, out));
    return out;
}

struct CodeEncoder::State {
    FastQr fast_qr;
    ZintSymbol zint = new_symbol();
    Modules modules;
};

CodeEncoder::CodeEncoder() : state_(std::make_unique<State>()) {}
CodeEncoder::~CodeEncoder() = default;
CodeEncoder::CodeEncoder(CodeEncoder&&) noexcept = default;

Result<const Modules*> CodeEncoder::encode(const Code& code, std::string_view payload) {
    State& s = *state_;
    switch (code.symbology) {
        case Symbology::Qr:
            if (payload.empty() || !s.fast_qr.encode(payload, code.correction, s.modules)) {
                TRY(encode_qr(payload, code.correction, s.modules));
            }
            break;
        case Symbology::DataMatrix: TRY(encode_data_matrix(*s.zint, payload, code.matrix, s.modules)); break;
    }
    return &s.modules;
}

}  // namespace pli::render
