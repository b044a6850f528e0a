#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "address/forms.hpp"

namespace pli::address {

/// What was done to an address so that its post can read it. A set of bits.
enum class Remark : std::uint16_t {
    PrefixDropped = 1,    // "D-10115"
    CodeRewritten = 2,    // "00950" is "00-950"
    PartDoubled = 4,      // said twice, printed once
    Abbreviated = 8,      // French words, by the standard's list
    LineDivided = 16,     // a long name on two lines
    TownRomanised = 32,   // "ΑΘΗΝΑ" is "ATHINA"
    NumbersReduced = 64,  // "15/17" is "15"
    CountryDropped = 128  // a country's name in the lines, at home
};

/// The lines of an address, and what each begins with; reused from letter to letter.
struct Lines {
    std::vector<std::string> lines;
    std::vector<Part> parts;
    std::size_t count = 0;  // lines beyond it are spares
    std::uint16_t remarks = 0;

    void clear() { count = 0, remarks = 0; }
    std::string& add(Part part);          // an empty line, appended
    void insert_after(std::size_t line);  // an empty line of the same part below it
    void remove(std::size_t line);
    void swap(std::size_t a, std::size_t b);
    void note(Remark remark) { remarks = static_cast<std::uint16_t>(remarks | static_cast<std::uint16_t>(remark)); }
    bool has(Remark remark) const { return (remarks & static_cast<std::uint16_t>(remark)) != 0; }
};

}  // namespace pli::address
