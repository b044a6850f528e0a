#pragma once
#include <string>
#include <string_view>

namespace pli::layouts {

/// Appends `text` in capitals or small letters as the language has them (Turkish i, Greek accents, German ß).
/// Source   Unicode special casing, ICU; plain ASCII takes a short cut where the language allows
/// Threads  pure
void append_upper(std::string_view text, const std::string& locale, std::string& out);
void append_lower(std::string_view text, const std::string& locale, std::string& out);
/// Words with a capital first: "JEAN-PIERRE" → "Jean-Pierre".
void append_title(std::string_view text, const std::string& locale, std::string& out);

}  // namespace pli::layouts
