#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "address/lines.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"

namespace pli::address {

/// How many lines the window holds.
struct Limits {
    int lines = 6;
    int lines_abroad = 6;  // where the profile allows one more for the country
};

/// Writes a recipient as the lines of the window, as the post of the country of destination reads them: order, capitals,
/// postal code, abbreviations. Abroad the town is in capitals and in Latin letters, and the country stands last, in a
/// language of the sender's post; at home there is none. An address at home may be in the country's own script.
/// Ready lines win over the components; they are cleaned, and get or lose the country's line.
/// Source   tables/forms.toml for each country; manners.hpp for France and the United States
/// Errors   AddressTooLong "7 lines, the field holds 6"; BadInput naming the part that is missing
/// Threads  one object per thread
class Writer {
public:
    /// `sender_country` alpha-2.
    explicit Writer(std::string sender_country);
    ~Writer();
    Writer(Writer&&) noexcept;

    /// The letter's language decides among those that the sender's post reads ("fr-CH": SUÈDE, not SCHWEDEN).
    void use_language(std::string_view locale);
    Done write(const Recipient& recipient, Limits limits, Lines& out);
    /// Whether a letter there is inland mail: Réunion from France, Guam from the United States.
    bool is_home(std::string_view country) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::address
