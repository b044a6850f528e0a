#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <algorithm>
#include <cassert>
#include <string>
#include <string_view>

#include "render/proof.hpp"

namespace pli::render {
namespace {

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

bool colourless(const Canvas& canvas) {
    constexpr std::ptrdiff_t block = 4096;  // looked at as a whole, which the compiler does by eights
    for (auto at = canvas.pixels.begin(); at != canvas.pixels.end();) {
        const auto end = at + std::min(block, canvas.pixels.end() - at);
        std::uint32_t differs = 0;
        for (; at != end; ++at) differs |= (*at ^ *at >> 8) & 0xFFFF;
        if (differs != 0) return false;
    }
    return true;
}

/// Rows with their filter byte. Filter 0 throughout: on letters, white and black, the others gain nothing.
void scanlines(const Canvas& canvas, bool grey, std::string& lines) {
    const auto width = static_cast<std::size_t>(canvas.columns);
    lines.resize(static_cast<std::size_t>(canvas.rows) * (width * (grey ? 1 : 3) + 1));
    char* to = lines.data();
    for (int row = 0; row < canvas.rows; ++row) {
        const auto* from = canvas.row(row);
        *to++ = '\0';
        if (grey) {
            for (std::size_t i = 0; i < width; ++i) to[i] = static_cast<char>(from[i]);
            to += width;
            continue;
        }
        for (std::size_t i = 0; i < width; ++i, to += 3) {
            to[0] = static_cast<char>(from[i] >> 16);
            to[1] = static_cast<char>(from[i] >> 8);
            to[2] = static_cast<char>(from[i]);
        }
    }
}

}  // namespace

/// A preview is waited for: ISA-L at level 1 takes 1 ms for an A4 page in colour at 96 dpi, libdeflate at its quickest 7,
/// because it looks at each byte of a white line; the picture becomes a tenth larger.
struct PngWriter::State {
    std::string lines, deflated;
    std::string tables = std::string(ISAL_DEF_LVL1_DEFAULT, '\0');

    std::string_view deflate() {
        deflated.resize(lines.size() + lines.size() / 8 + 1024);  // more than stored blocks would take
        isal_zstream stream;
        isal_deflate_stateless_init(&stream);
        stream.level = 1;
        stream.level_buf = reinterpret_cast<std::uint8_t*>(tables.data());
        stream.level_buf_size = static_cast<std::uint32_t>(tables.size());
        stream.gzip_flag = IGZIP_ZLIB;
        stream.end_of_stream = 1;
        stream.next_in = reinterpret_cast<std::uint8_t*>(lines.data());
        stream.avail_in = static_cast<std::uint32_t>(lines.size());
        stream.next_out = reinterpret_cast<std::uint8_t*>(deflated.data());
        stream.avail_out = static_cast<std::uint32_t>(deflated.size());
        [[maybe_unused]] const int status = isal_deflate_stateless(&stream);
        assert(status == COMP_OK);  // all it can lack is room
        return std::string_view(deflated).substr(0, stream.total_out);
    }
};

PngWriter::PngWriter() : state_(std::make_unique<State>()) {}
PngWriter::~PngWriter() = default;
PngWriter::PngWriter(PngWriter&&) noexcept = default;

std::string PngWriter::encode(const Canvas& canvas, int dpi) {
    const bool grey = colourless(canvas);
    scanlines(canvas, grey, state_->lines);
    std::string header, density, png = "\x89PNG\r\n\x1a\n";
    put_number(header, static_cast<std::uint32_t>(canvas.columns));
    put_number(header, static_cast<std::uint32_t>(canvas.rows));
    header.append({8, grey ? '\0' : '\2', 0, 0, 0});  // bit depth, colour type, no choice in the rest
    const auto per_metre = static_cast<std::uint32_t>((dpi * 10'000 + 127) / 254);
    put_number(density, per_metre);
    put_number(density, per_metre);
    density += '\1';
    put_chunk(png, "IHDR", header);
    put_chunk(png, "pHYs", density);
    put_chunk(png, "IDAT", state_->deflate());
    put_chunk(png, "IEND", {});
    return png;
}

std::string encode_png(const Picture& picture, int dpi) { return PngWriter().encode(canvas_of(picture), dpi); }

}  // namespace pli::render
