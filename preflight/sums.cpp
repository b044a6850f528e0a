#include "preflight/sums.hpp"

namespace pli::preflight {

std::uint32_t adler32(std::string_view bytes) {
    constexpr std::uint32_t modulus = 65521;
    constexpr std::size_t before_overflow = 5552;  // so many bytes of 255 keep both sums below 2^32
    std::uint32_t low = 1, high = 0;
    while (!bytes.empty()) {
        const auto block = bytes.substr(0, before_overflow);
        for (const char byte : block) high += low += static_cast<unsigned char>(byte);
        low %= modulus;
        high %= modulus;
        bytes.remove_prefix(block.size());
    }
    return high << 16 | low;
}

std::uint32_t crc32(std::string_view bytes) {
    constexpr std::uint32_t polynomial = 0xedb88320;
    std::uint32_t rest = ~0U;
    for (const char byte : bytes) {
        rest ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ (polynomial & (0U - (rest & 1)));
    }
    return ~rest;
}

}  // namespace pli::preflight
