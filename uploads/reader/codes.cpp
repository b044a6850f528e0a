#include "uploads/reader/codes.hpp"

#include <algorithm>
#include <array>

#define ZX_USE_UTF8 1  // texts as std::string
#include <ZXing/ReadBarcode.h>

namespace pli::uploads::reader {
namespace {

using ZXing::BarcodeFormat;

ZXing::DecodeHints hints() {
    ZXing::DecodeHints wanted;
    wanted.setFormats(BarcodeFormat::QRCode | BarcodeFormat::MicroQRCode | BarcodeFormat::DataMatrix |
                      BarcodeFormat::Aztec | BarcodeFormat::PDF417 | BarcodeFormat::EAN13 | BarcodeFormat::Code128);
    wanted.setTryHarder(false);
    wanted.setTryRotate(true);
    wanted.setTryDownscale(false);  // the pixels are drawn, not photographed: there is no noise to smooth
    wanted.setMaxNumberOfSymbols(20);
    return wanted;
}

Rect bounds_of(const ZXing::Position& corners, const DrawnPage& page) {
    const auto [left, right] = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
    const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    const double across = page.size.width.to_mm() / page.columns, down = page.size.height.to_mm() / page.rows;
    return {{Length::mm(left * across), Length::mm(top * down)},
            {Length::mm((right - left) * across), Length::mm((bottom - top) * down)}};
}

}  // namespace

std::vector<CodeSeen> codes_on(const DrawnPage& page) {
    const ZXing::ImageView view(page.pixels, static_cast<int>(page.columns), static_cast<int>(page.rows),
                                ZXing::ImageFormat::BGRX, static_cast<int>(page.stride));
    std::vector<CodeSeen> codes;
    for (const ZXing::Result& found : ZXing::ReadBarcodes(view, hints())) {
        if (!found.isValid()) continue;
        const bool linear = found.format() == BarcodeFormat::EAN13 || found.format() == BarcodeFormat::Code128;
        codes.push_back({ZXing::ToString(found.format()), found.text(), bounds_of(found.position(), page), !linear});
    }
    return codes;
}

}  // namespace pli::uploads::reader
