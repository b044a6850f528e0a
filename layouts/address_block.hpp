#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/letter.hpp"
#include "base/result.hpp"

namespace pli::layouts {

/// The lines of an address, reused from letter to letter.
struct AddressLines {
    std::vector<std::string> lines;
    std::size_t count = 0;  // lines beyond it are spares

    void clear() { count = 0; }
    std::string& add();  // an empty line, appended
};

/// How many lines the window holds.
struct AddressLimits {
    int lines = 6;
    int lines_abroad = 6;  // where the profile allows one more for the country
};

/// Writes a recipient as the lines of the window, in the order and the capitals of the country of destination.
/// Source   facts: DIN 5008 and Deutsche Post (country in capitals, last, no prefix), NF Z10-011 (last three lines in
///          capitals), ÖNORM A 1080, Royal Mail (post town and postcode on lines of their own), USPS Publication 28
/// Errors   AddressTooLong "7 lines, the field holds 6"; BadInput naming the part that is missing
/// Threads  one object per thread
class AddressWriter {
public:
    /// `sender_country` alpha-2: an address at home has no country line.
    explicit AddressWriter(std::string sender_country);
    ~AddressWriter();
    AddressWriter(AddressWriter&&) noexcept;

    Done write(const Recipient& recipient, AddressLimits limits, AddressLines& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::layouts
