#pragma once
#include <cstddef>
#include <string>

#include "address/lines.hpp"
#include "base/result.hpp"

namespace pli::address {

/// Where the standard counts characters, whatever the type.
constexpr std::size_t french_line = 38, french_street = 32;

/// The place below the street; from the street on, and in any case the last three lines but names, capitals without accents
/// or punctuation; lines of at most 38 characters, by the standard's abbreviations and La Poste's
/// own short names of towns, then by dividing long names while there
/// is `room`. The last word of a street is never abbreviated: it is what the sorter looks up.
/// Source   NF Z10-011 through laposte.fr/sna articles 148 (six rules) and 661 (line 4)
/// Errors   AddressTooLong: a line of more than 38 characters
Done finish_french(Lines& lines, std::size_t room, std::string& scratch);

/// All in capitals without punctuation; the unit behind the street where both fit; units and the street's last word by the
/// usual abbreviations.
/// Source   USPS Publication 28, 211 to 213, 222, appendices C1 and C2
void finish_american(Lines& lines, std::string& scratch);

}  // namespace pli::address
