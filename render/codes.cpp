#include "render/codes.hpp"

#include <qrencode.h>
#include <zint.h>

#include <cerrno>
#include <cstring>

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

Done encode_data_matrix(zint_symbol& symbol, std::string_view payload, Modules& out) {
    if (payload.empty())
        return failure(Fault::BadInput, "DataMatrix", "there is nothing to encode", "give it some text");
    ZBarcode_Clear(&symbol);
    symbol.symbology = BARCODE_DATAMATRIX;
    symbol.input_mode = DATA_MODE;
    symbol.option_3 = DM_SQUARE;
    const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
    if (ZBarcode_Encode(&symbol, bytes, static_cast<int>(payload.size())) >= ZINT_ERROR) {
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

Result<Modules> data_matrix(std::string_view payload) {
    Modules out;
    TRY(encode_data_matrix(*new_symbol(), payload, out));
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
        case Symbology::DataMatrix: TRY(encode_data_matrix(*s.zint, payload, s.modules)); break;
    }
    return &s.modules;
}

}  // namespace pli::render
