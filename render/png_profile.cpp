#include "render/png_profile.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "render/icc.hpp"

namespace pli::render {
namespace {

constexpr std::size_t signature = 8, around_data = 12;  // length, type; checksum

/// One chunk, and all bytes it takes up.
struct Chunk {
    std::string_view type, data, whole;
};

/// An empty type where the file ends or is broken: the rest is left to libpng.
Chunk chunk_at(std::string_view png, std::size_t at) {
    if (png.size() < at + around_data) return {};
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(png[at + i]);
    if (length > png.size() - at - around_data) return {};
    return {png.substr(at + 4, 4), png.substr(at + 8, length), png.substr(at, length + around_data)};
}

struct Close {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

std::string inflated(std::string_view data) {
    constexpr std::size_t most = std::size_t{8} << 20;  // a large press profile has 3 MB
    const std::unique_ptr<libdeflate_decompressor, Close> decompressor(libdeflate_alloc_decompressor());
    for (std::size_t room = std::size_t{64} << 10; room <= most; room *= 2) {
        std::string out(room, '\0');
        std::size_t size = 0;
        const auto result =
            libdeflate_zlib_decompress(decompressor.get(), data.data(), data.size(), out.data(), out.size(), &size);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE) continue;
        out.resize(result == LIBDEFLATE_SUCCESS ? size : 0);
        return out;
    }
    return {};
}

/// Name, a zero, the method (0 is deflate), the profile.
std::string profile_in(std::string_view data) {
    const auto name_end = data.find('\0');
    if (name_end == std::string_view::npos || name_end + 2 > data.size()) return {};
    std::string profile = inflated(data.substr(name_end + 2));
    return is_rgb_source(profile) ? profile : std::string();
}

}  // namespace

ProfiledPng split_profile(std::string_view png) {
    ProfiledPng split{std::string(png.substr(0, signature)), {}};
    std::size_t at = signature;
    for (Chunk chunk = chunk_at(png, at); !chunk.type.empty(); chunk = chunk_at(png, at)) {
        at += chunk.whole.size();
        if (chunk.type == "iCCP") split.profile = profile_in(chunk.data);
        const auto speaks_of_colour = {"iCCP", "gAMA", "cHRM", "sRGB"};
        if (std::ranges::find(speaks_of_colour, chunk.type) == speaks_of_colour.end()) split.png += chunk.whole;
    }
    split.png += png.substr(std::min(at, png.size()));
    if (split.profile.empty()) split.png = png;
    return split;
}

}  // namespace pli::render
