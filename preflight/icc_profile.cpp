#include "preflight/icc_profile.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace pli::preflight {
namespace {

constexpr std::size_t header_size = 128, tag_size = 12;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (const char c : bytes.substr(at, 4)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

int components_of(std::string_view colours) {
    if (colours == "GRAY") return 1;
    if (colours == "RGB " || colours == "Lab ") return 3;
    return colours == "CMYK" ? 4 : 0;
}

std::string fault_of_tags(std::string_view bytes) {
    const std::uint32_t count = number_at(bytes, header_size);
    if (count == 0 || count > (bytes.size() - header_size - 4) / tag_size)
        return fmt::format("a table of {} tags", count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t at = header_size + 4 + i * tag_size;
        const std::uint64_t offset = number_at(bytes, at + 4), size = number_at(bytes, at + 8);
        if (offset < header_size || offset + size > bytes.size())
            return fmt::format("the tag {} lies outside the profile", bytes.substr(at, 4));
    }
    return {};
}

std::string fault_of(std::string_view bytes, int version) {
    if (bytes.substr(36, 4) != "acsp") return "no signature acsp";
    if (number_at(bytes, 0) != bytes.size())
        return fmt::format("{} bytes, its header says {}", bytes.size(), number_at(bytes, 0));
    if (version != 2 && version != 4) return fmt::format("version {}", version);
    return fault_of_tags(bytes);
}

}  // namespace

IccProfile read_icc_profile(std::string_view bytes) {
    IccProfile profile;
    if (bytes.size() < header_size + 4) {
        profile.fault = fmt::format("{} bytes, too short for a profile", bytes.size());
        return profile;
    }
    profile.version = static_cast<unsigned char>(bytes[8]);
    profile.device_class = bytes.substr(12, 4);
    profile.colours = bytes.substr(16, 4);
    profile.components = components_of(profile.colours);
    profile.fault = fault_of(bytes, profile.version);
    return profile;
}

}  // namespace pli::preflight
