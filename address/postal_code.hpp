#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "address/forms.hpp"

namespace pli::address {

/// Appends the code as its country prints it: "sw1a1aa" → "SW1A 1AA", "00950" → "00-950", "1010" → "LV-1010". Blanks,
/// hyphens and full stops of the input do not matter. False where it is none of the country's forms; then nothing is
/// appended. A mask has # for a digit, @ for a letter, * for either, and the rest as itself.
bool append_code(std::string_view code, const std::vector<std::string>& masks, std::string& out);

/// The code without "D-", "F ", "DE-": no country's own post writes them, and sorters abroad stumble over them.
std::string_view without_prefix(std::string_view code, const Form& form);

}  // namespace pli::address
