#pragma once
#include <string>
#include <string_view>

#include "base/letter.hpp"

namespace pli::address {

/// Small questions that are asked of the parts of an address. Letters outside ASCII are compared as they are.
/// Threads  pure
bool same_text(std::string_view a, std::string_view b);  // capitals or not
bool starts_with_word(std::string_view text, std::string_view beginning);
bool ends_with_word(std::string_view text, std::string_view end);
bool has_digit(std::string_view text);

/// Without blanks, commas and semicolons at its end, and blanks at its start.
std::string_view trimmed(std::string_view text);

/// Control characters and runs of blanks become one blank: a line of an address is one line.
void append_clean(std::string_view part, std::string& out);

/// "75008 Paris" in the city, though there is a postal code as well: only the town.
std::string_view without_code(std::string_view city, std::string_view code);

/// "Hauptstraße 5, 53111 Bonn" in the street, though town and code are there: only the street.
std::string_view without_town(std::string_view street, std::string_view code, std::string_view city);

/// A hamlet or place: below the street in France, and an address without a number.
bool is_lieu_dit(std::string_view text);

/// "BP 12", "Postfach 1 23", "CS 40001", "PO Box 7": a box, though it stands in the street.
bool is_box(std::string_view text);

/// The number of characters, as a reader counts them.
std::size_t length_of(std::string_view text);

}  // namespace pli::address
