#pragma once
#include <cstdint>
#include <string_view>

namespace pli::preflight {

/// Source   RFC 1950
std::uint32_t adler32(std::string_view bytes);
/// Source   RFC 1952, ISO 3309
std::uint32_t crc32(std::string_view bytes);

}  // namespace pli::preflight
