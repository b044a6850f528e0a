#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "address/tables.hpp"

namespace pli::address {

/// The last line of a letter abroad, by country: "DEUTSCHLAND", "ÉTATS-UNIS". In capitals and whole words, for the sender's
/// post is who reads it.
struct CountryNames {
    std::array<std::string, country_places> lines;
    const std::string& of(std::string_view alpha2) const { return lines[place_of(alpha2)]; }
};

/// Languages the sender's post reads, the first where nothing else is said; English where a country writes in other than
/// Latin letters, or where nothing is known.
/// Source   Universal Postal Union: a language known in the country of posting, Latin letters; Deutsche Post: German, French
///          or English; La Poste: French
std::vector<std::string_view> post_languages(std::string_view sender_country);

/// Source   CLDR through ICU, short names where they are words (USA, HONGKONG), whole ones for abbreviations (UK, É.-U.)
/// Threads  any; a language's names are made once and stay
const CountryNames& country_names(std::string_view language);

}  // namespace pli::address
