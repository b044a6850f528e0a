#pragma once
#include <string_view>
#include <vector>

#include "layouts/text_finding.hpp"

namespace pli::layouts {

/// Stands in a text for a field's value: some word.
inline constexpr std::string_view field_stand_in = "\uFFFC";

/// What a compositor would ask an author about: spaces before French signs, quotes of another language or the wrong way
/// round, typewriter quotes, two spaces, hyphens for dashes. The text is never changed. Few false alarms: web
/// addresses, times, code and measures in inches pass.
/// Source   Lexique des règles typographiques en usage à l'Imprimerie nationale; Duden, Regeln D 11 and D 72 ff.; New
///          Hart's Rules, 2nd ed.: chapters on quotation marks and dashes
/// Threads  pure
std::vector<TextFinding> check_manners(std::string_view text, std::string_view locale);

}  // namespace pli::layouts
