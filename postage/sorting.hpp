#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "base/mass.hpp"
#include "base/result.hpp"
#include "postage/source.hpp"

namespace pli::postage {

/// How postal codes are written, and therefore what their order is.
enum class CodeShape : std::uint8_t {
    Digits,   // 53111; "D-53111" and "53 111" are the same
    Outward,  // United Kingdom: SW1A 1AA: area, district by number, inward code
    Plain,    // letters and digits as they stand
};

/// A postal code in the form whose byte order is the postal order: "53111", "SW01A1AA". A code that does not have its
/// country's shape begins with '~' and stands behind all others: such pieces are sorted by hand.
std::string postal_key(CodeShape shape, int length, std::string_view postal_code);

/// Postal codes that begin alike lie together: "Leitregion", the first two digits.
struct Level {
    std::string name;
    int digits = 0;  // of the key
    /// Where codes with this beginning go by more digits: France overseas, "971".
    struct Longer {
        std::string prefix;
        int digits = 0;
    };
    std::vector<Longer> longer;
    /// The part of the key that this level looks at.
    std::string_view part_of(std::string_view key) const;
};

/// Bundles or trays: what one holds, and from how many pieces on a destination gets its own.
struct Unit {
    std::string name;        // "Briefbehälter", "bundle"
    std::int64_t least = 1;  // fewer of one destination go with those of the next wider level
    std::int64_t most_pieces = 1;
    Mass most_mass;
    Length most_height;
    std::vector<int> levels;  // of SortRules::levels, finest first
    Source source;
};

/// How one country's post wants a posting sorted and packed. postage/sorting/*.toml.
/// Source   named in each file
/// Threads  immutable once loaded; share freely
struct SortRules {
    std::string country;
    Day valid_from;
    std::optional<Day> valid_until;
    CodeShape shape = CodeShape::Plain;
    int code_length = 0;  // Digits: what a code has at least
    std::vector<Level> levels;
    std::optional<Unit> bundle;  // none: pieces stand in the tray as they are
    Unit container;

    /// "SW01A" → "SW1A": as people write it.
    std::string shown(std::string_view part) const;
};

class Sorting {
public:
    /// `extra`, the workspace's sorting/*.toml, wins.   Errors: BadInput with file, line and column
    static Result<Sorting> load(const std::string& folder, const std::string& extra);
    /// The country's rules on that day; where it has none, those of the file without a country.
    const SortRules& rules_for(std::string_view country, Day on) const;
    const std::vector<SortRules>& all() const { return rules_; }

private:
    std::vector<SortRules> rules_;
    SortRules general_;
};

}  // namespace pli::postage
