#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pli::address {

enum class Severity : std::uint8_t {
    Note,     // printed otherwise than given, as the post asks
    Warning,  // may come back
    Refused,  // cannot be delivered or printed: a run rejects the letter
};
std::string_view name_of(Severity severity);  // "note", "warning", "refused"

/// Something about one address. Codes are stable; docs/addresses.md lists them.
struct Finding {
    std::string_view code;  // "postal-code-form"
    Severity severity{};
    std::string_view part;  // of the recipient: "postal_code"; empty: the whole address
    std::string message, remedy;
};

/// Findings of a list, by code: how many, and in which rows first.
struct Tally {
    struct Entry {
        Severity severity{};
        std::uint64_t count = 0, last_row = 0;
        std::vector<std::uint64_t> rows;  // the first ones
        std::string example;
    };
    static constexpr std::size_t rows_kept = 20;
    std::map<std::string_view, Entry> entries;
    std::uint64_t addresses = 0, refused = 0, warned = 0;

    /// A code that comes twice in one address counts once.
    void add(std::uint64_t row, const std::vector<Finding>& findings);
};

}  // namespace pli::address
