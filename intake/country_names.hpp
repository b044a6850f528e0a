#pragma once
#include <optional>
#include <string_view>

namespace pli::intake {

/// The ISO 3166-1 alpha-2 code of a country as people write it: alpha-2 or alpha-3 code, its name in French, German,
/// English, Italian, Spanish or Dutch, in the country's own language, or a usual short form ("USA", "Holland", "D").
/// Capitals, accents and punctuation do not matter. nullopt: not a country Pli knows.
/// Source   CLDR through ICU; short forms are listed in the .cpp
/// Threads  may be called from any thread
std::optional<std::string_view> country_code(std::string_view text);

}  // namespace pli::intake
