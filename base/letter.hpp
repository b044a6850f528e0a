#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"

namespace pli {

/// A letter of the queue, for its whole life.
struct LetterId {
    std::int64_t value = 0;
    constexpr auto operator<=>(const LetterId&) const = default;
};

/// The names of the merge fields of letters that came together, shared by all of them. Nested objects of JSON are
/// flattened with dots ("order.total"); a list keeps its name and carries JSON text.
struct FieldNames {
    std::vector<std::string> names;
    /// -1 where there is no such field. Names are matched exactly; aliases are the template's affair.
    int index_of(std::string_view name) const;
};

enum class FieldKind : std::uint8_t { Text, List };  // List: the value is a JSON array

struct FieldValue {
    std::string_view text;
    FieldKind kind = FieldKind::Text;
};

/// The merge data of one letter: `values[i]` belongs to `names->names[i]`. An absent value is empty text.
struct Fields {
    std::shared_ptr<const FieldNames> names;
    std::vector<FieldValue> values;
};

/// Who gets the letter, by component. All text UTF-8, trimmed; empty where unknown.
struct Recipient {
    std::string_view company, department, title, first_name, last_name;
    std::string_view name;  // as given whole; else layouts joins title, first and last name
    std::string_view care_of;
    std::string_view street;  // with house number, as given
    std::string_view extra;   // second address line: building, floor, flat
    std::string_view po_box;
    std::string_view postal_code, city, region;
    std::string_view country;  // ISO 3166-1 alpha-2, capitals; empty: the workspace's own country
    std::string_view lines;    // address given as ready lines, '\n' between; wins over the components
};

enum class Sides : std::uint8_t { Simplex, Duplex };

/// What a single letter asks for beyond its template's own defaults.
struct LetterOptions {
    std::optional<Sides> sides{};
    bool test = false;  // renders, never prints
};

/// One letter to typeset. The views point into `storage`, which the letter owns: move it, never copy the views out.
/// Threads  a value; may move from thread to thread
struct Letter {
    Letter() = default;
    Letter(Letter&&) = default;
    Letter& operator=(Letter&&) = default;

    LetterId id{};
    std::uint32_t template_index = 0;  // into the run's list of templates
    std::string_view key;              // the idempotency key, given by the merchant or derived
    std::string_view locale;           // BCP 47 ("fr-CH"); empty: the template's
    Recipient recipient;
    Fields fields;
    LetterOptions options;
    std::unique_ptr<char[]> storage;
};

}  // namespace pli
