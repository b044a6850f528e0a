#include "address/places.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "address/capitals.hpp"
#include "address/tables.hpp"

namespace pli::address {
namespace {

constexpr std::array with_tables{"AT", "CH", "DE", "FR", "LI", "LU"};
constexpr std::size_t shortest_piece = 4;  // "Bonn" in "Bonn-Beuel"; shorter pieces prove nothing

struct Place {
    std::string_view code, towns;
};
using Places = std::vector<Place>;

Places read_places(std::string_view country) {
    Places places;
    for (const auto row : rows(places_tsv(country))) {
        const auto tab = row.find('\t');
        places.push_back({row.substr(0, tab), row.substr(tab + 1)});
    }
    return places;
}

const Places& places_of(std::string_view country) {
    static const std::array<Places, with_tables.size()> all = [] {
        std::array<Places, with_tables.size()> read;
        for (std::size_t i = 0; i < with_tables.size(); ++i) read[i] = read_places(with_tables[i]);
        return read;
    }();
    static const Places none;
    const auto found = std::find(with_tables.begin(), with_tables.end(), country);
    return found == with_tables.end() ? none : all[static_cast<std::size_t>(found - with_tables.begin())];
}

/// "Saint-Étienne", "ST ETIENNE" and "Sankt" alike; ä, ae and a alike; no blanks.
std::string key_of(std::string_view town) {
    std::string bare, key;
    append_bare_capitals(town, bare);
    for (auto word : split(bare, ' ')) {
        if (word == "CEDEX") break;
        if (word == "SAINT" || word == "SANKT") word = "ST";
        if (word == "SAINTE") word = "STE";
        key += word;
    }
    for (std::size_t i = 1; i < key.size(); ++i)
        if (key[i] == 'E' && (key[i - 1] == 'A' || key[i - 1] == 'O' || key[i - 1] == 'U')) key.erase(i, 1);
    return key;
}

bool same_town(const std::string& a, const std::string& b) {
    const auto& [small, large] = std::minmax(a, b, [](const auto& x, const auto& y) { return x.size() < y.size(); });
    return a == b || (small.size() >= shortest_piece && large.find(small) != large.npos);
}

}  // namespace

PlaceAnswer look_up(std::string_view country, std::string_view code, std::string_view town) {
    const Places& places = places_of(country);
    if (places.empty()) return {};
    const auto found =
        std::lower_bound(places.begin(), places.end(), code,
                         [](const Place& place, std::string_view wanted) { return place.code < wanted; });
    if (found == places.end() || found->code != code) return {PlaceFit::UnknownCode, {}};
    PlaceAnswer answer{PlaceFit::Elsewhere, split(found->towns, '|')};
    const auto key = key_of(town);
    if (std::any_of(answer.towns.begin(), answer.towns.end(),
                    [&](auto known) { return same_town(key, key_of(known)); }))
        answer.fit = PlaceFit::Fits;
    return answer;
}

}  // namespace pli::address
