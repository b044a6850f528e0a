#include <algorithm>
#include <cstddef>

#include "render/jpeg.hpp"

namespace pli::render {
namespace {

/// Numbers of a TIFF block in its own byte order; 0 behind its end.
class Tiff {
public:
    explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}
    std::uint32_t number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || bytes_.size() - at < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes_[at + (little_ ? size - 1 - i : i)]);
        return value;
    }

private:
    std::string_view bytes_;
    bool little_;
};

}  // namespace

std::uint8_t exif_orientation(std::string_view bytes) {
    constexpr std::uint32_t orientation = 0x0112;
    constexpr std::size_t entry_size = 12;
    const Tiff tiff(bytes);
    const std::size_t directory = tiff.number(4, 4), entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * entry_size;
        if (entry > bytes.size()) break;
        if (tiff.number(entry, 2) != orientation) continue;
        const std::uint32_t value = tiff.number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<std::uint8_t>(value) : 1;
    }
    return 1;
}

}  // namespace pli::render
