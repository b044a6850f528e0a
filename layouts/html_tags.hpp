#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "layouts/text_finding.hpp"

namespace pli::layouts {

/// Looks at the tags as written, before gumbo repairs them: a browser drops a stray `</b>`, a `<td>` or a script
/// without a word, a printed letter must not. False if the text is nested too deep to be parsed at all.
bool check_tags(std::string_view html, std::vector<TextFinding>& findings);

/// For each byte of decoded text the offset in its source, which may hold entities ("&eacute;", "&#233;").
std::vector<std::size_t> origins_of(std::string_view text, std::string_view source);

}  // namespace pli::layouts
