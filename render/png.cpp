#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/release.hpp"
#include "render/proof.hpp"

namespace pli::render {
namespace {

// Level 1: a preview is waited for, and letters are mostly white. 9 ms where libpng takes 40 (facts/engine-limits.md
// §5).
constexpr int quick = 1;
using Compressor = Handle<libdeflate_compressor, libdeflate_free_compressor>;

void put_number(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

/// Length, type, data, checksum.   Source: PNG (ISO/IEC 15948) §5.3
void put_chunk(std::string& png, std::string_view type, std::string_view data) {
    put_number(png, static_cast<std::uint32_t>(data.size()));
    const auto begin = png.size();
    png.append(type).append(data);
    put_number(png, libdeflate_crc32(0, png.data() + begin, png.size() - begin));
}

bool colourless(const std::vector<std::uint8_t>& rgb) {
    for (std::size_t i = 0; i < rgb.size(); i += 3)
        if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return false;
    return true;
}

/// Rows with their filter byte. Filter 0 throughout: on letters, white and black, the others gain nothing.
std::string scanlines(const Picture& picture, bool grey) {
    const std::size_t step = grey ? 3 : 1, width = std::size_t{picture.columns} * 3;
    std::string lines;
    lines.reserve(picture.rows * (width / step + 1));
    for (std::size_t row = 0; row < picture.rows; ++row) {
        lines += '\0';
        for (std::size_t at = row * width; at < (row + 1) * width; at += step)
            lines += static_cast<char>(picture.rgb[at]);
    }
    return lines;
}

std::string deflated(const std::string& raw) {
    const Compressor compressor(libdeflate_alloc_compressor(quick));
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), raw.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor.get(), raw.data(), raw.size(), out.data(), out.size()));
    return out;
}

}  // namespace

std::string encode_png(const Picture& picture, int dpi) {
    const bool grey = colourless(picture.rgb);
    std::string header, density, png = "\x89PNG\r\n\x1a\n";
    put_number(header, picture.columns);
    put_number(header, picture.rows);
    header.append({8, grey ? '\0' : '\2', 0, 0, 0});  // bit depth, colour type, no choice in the rest
    const auto per_metre = static_cast<std::uint32_t>((dpi * 10'000 + 127) / 254);
    put_number(density, per_metre);
    put_number(density, per_metre);
    density += '\1';
    put_chunk(png, "IHDR", header);
    put_chunk(png, "pHYs", density);
    put_chunk(png, "IDAT", deflated(scanlines(picture, grey)));
    put_chunk(png, "IEND", {});
    return png;
}

}  // namespace pli::render
