#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "address/writer.hpp"
#include "base/day.hpp"
#include "base/length.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

/// How the address of a letter stands in its window.
struct AddressFit {
    std::size_t lines = 0, widest_line = 0;  // from 0
    Length width, room;                      // of the widest line at full size; of what the window always shows
    double scale = 1;                        // the block is set smaller by it
    Length size;                             // of the type, as set
    Length smallest_read;                    // the market's sorting machines read no smaller; 0: nothing is known
};

/// The lines a template's window holds; none where its address is not written from the recipient.
std::optional<address::Limits> address_limits(const CompiledTemplate& letterform);

/// Measures addresses in the window and the type of a template, without setting the letters.
/// Errors   as Typesetter's, of the address alone; NotFound: the template has no address
/// Threads  one object per thread
class AddressGauge {
public:
    AddressGauge(const fonts::FontSet& fonts, Day day, std::string sender_country);
    ~AddressGauge();
    AddressGauge(AddressGauge&&) noexcept;
    Result<AddressFit> fit(const CompiledTemplate& letterform, const Letter& letter);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::layouts
