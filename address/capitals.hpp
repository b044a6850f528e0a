#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace pli::address {

enum class Accents : std::uint8_t {
    Kept,     // "ÖSTERREICH"; Greek drops its own, as it always does in capitals
    Dropped,  // "OSTERREICH", "STRASBOURG", "L", "O", "AE": what a French or American sorter reads
    Turkish,  // as Kept, and i has its dot
};

/// Appends the text in capitals.
/// Source   Unicode special casing and decomposition, through ICU, taken into a table when first used
/// Threads  pure
void append_capitals(std::string_view text, Accents accents, std::string& out);

/// Capitals without accents; what is neither letter nor digit becomes a blank, none at the ends and never two.
/// Source   NF Z10-011, lines 4 to 6: letters, figures and blanks only
void append_bare_capitals(std::string_view text, std::string& out);

}  // namespace pli::address
