#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pli::address {

enum class Part : std::uint8_t {
    Name,
    Company,
    Department,
    CareOf,
    Extra,
    Street,
    Box,
    Code,
    Town,
    Region,
    Fixed,    // text of the form itself
    Country,  // never in a form: the last line abroad
};

/// One part of a line, and what is printed before it where another stands there.
struct Step {
    Part part = Part::Fixed;
    bool capitals = false;
    std::string between, text;
};
using LineForm = std::vector<Step>;

/// What a country's post asks for beyond the order of the parts.
enum class Manner : std::uint8_t { Plain, French, American };

/// How one country writes addresses. The tables are tables/forms.toml, with the sources, and tables/countries.tsv.
struct Form {
    std::string country;             // alpha-2
    std::vector<LineForm> lines;     // in Latin letters, and for all who have no `script`
    std::vector<LineForm> script;    // at home in the country's own script
    std::vector<std::string> codes;  // masks of postal_code.hpp; empty: none, or too many kinds to tell
    std::string example;             // of a postal code
    std::string box;                 // before a bare number of a post office box
    bool box_pairs = false;
    std::vector<std::string> prefixes;  // before a postal code, dropped
    Manner manner = Manner::Plain;
    std::string home;     // whose inland mail it is; its own where nothing is said
    bool number = false;  // a street wants a house number
    std::string needs;    // Z postal code, R region, S street or box

    bool needs_code() const { return needs.find('Z') != std::string::npos; }
    bool needs_region() const { return needs.find('R') != std::string::npos; }
    bool needs_street() const { return needs.find('S') != std::string::npos; }
    bool prints(Part part) const;
};

/// The form of a country; nullptr: there is no such country.
/// Threads  any; the tables are read once
const Form* form_of(std::string_view alpha2);

/// All countries, by code.
std::vector<std::string> countries();

}  // namespace pli::address
