#pragma once
#include <string>
#include <string_view>

namespace pli::layouts {

/// A name with letters in lower case, without accents, blanks and hyphens as underscores: "Prénom" → "prenom".
std::string folded_name(std::string_view name);

/// A dotted path in Pli's own words, whatever language of fr de en it es nl its author wrote: "Prénom" → "first_name",
/// "commande.total" → "order.total". Words that are not in the table only get folded.
/// Source   placeholder names of the usual mailing services and CSV headers of the usual shops
/// Threads  pure
std::string canonical_path(std::string_view path);

}  // namespace pli::layouts
