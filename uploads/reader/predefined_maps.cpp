#include "uploads/reader/predefined_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>

namespace pli::uploads::reader {
namespace {

/// A name out of an upload becomes a part of a path.
bool harmless(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
    });
}

std::string file_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string predefined_cmap(std::string_view ordering, std::string_view name) {
    if (!harmless(ordering) || !harmless(name)) return {};
    std::string horizontal(name);
    if (horizontal.ends_with("-V")) horizontal.back() = 'H';
    return file_of(fmt::format("/usr/share/poppler/cMap/Adobe-{}/{}", ordering, horizontal));
}

std::vector<char32_t> characters_of_collection(std::string_view ordering) {
    std::vector<char32_t> characters;
    if (!harmless(ordering)) return characters;
    const std::string lines = file_of(fmt::format("/usr/share/poppler/cidToUnicode/Adobe-{}", ordering));
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        std::uint32_t value = 0;
        std::from_chars(lines.data() + at, lines.data() + end, value, 16);
        characters.push_back(value);
        at = end + 1;
    }
    return characters;
}

}  // namespace pli::uploads::reader
