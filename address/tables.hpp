#pragma once
#include <string_view>
#include <vector>

namespace pli::address {

/// The room's tables, which are part of the program. A table is lines of text with tabs between the cells; a line that
/// begins with # says where they are from.
std::string_view forms_toml();
std::string_view countries_tsv();
std::string_view regions_tsv();
/// Postal codes and their towns; empty where there is no table of the country.
std::string_view places_tsv(std::string_view alpha2);

inline std::vector<std::string_view> split(std::string_view text, char between) {
    std::vector<std::string_view> cells;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = text.find(between, start);
        cells.push_back(text.substr(start, end - start));
        if (end == text.npos) break;
        start = end + 1;
    }
    return cells;
}

inline std::vector<std::string_view> rows(std::string_view table) {
    std::vector<std::string_view> found;
    for (const auto line : split(table, '\n'))
        if (!line.empty() && line.front() != '#') found.push_back(line);
    return found;
}

constexpr bool is_alpha2(std::string_view s) {
    return s.size() == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z';
}
/// Countries are looked up by array access: AA is 0, ZZ the last.
constexpr std::size_t country_places = 26 * 26;
constexpr std::size_t place_of(std::string_view alpha2) {
    return static_cast<std::size_t>((alpha2[0] - 'A') * 26 + (alpha2[1] - 'A'));
}

}  // namespace pli::address
