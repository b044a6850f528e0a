#pragma once
#include <string>
#include <string_view>

namespace pli::intake {

/// What people mean to be the same word becomes the same text: lower case, no diacritics, spaces, punctuation.
/// "Code postal", "code_postal", "CODE-POSTAL" are "codepostal"; "Straße" is "strasse", "Łódź" is "lodz".
std::string folded(std::string_view text);

}  // namespace pli::intake
