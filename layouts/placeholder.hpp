#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "layouts/text_finding.hpp"

namespace pli::layouts {

enum class DateStyle : std::uint8_t { Short, Medium, Long };

/// How a value is written. `{amount:money}`, `{due:date:long}`, `{n:number:2}`.
struct Format {
    enum class Kind : std::uint8_t { Text, Upper, Lower, Title, Date, Number, Money, MoneyMinor };
    Kind kind = Kind::Text;
    DateStyle date = DateStyle::Medium;
    std::int8_t decimals = -1;  // Number only; -1: as many as the value has
    bool operator==(const Format&) const = default;
};

/// `{path:format|fallback}` in a text.
struct Placeholder {
    std::string path;  // as written, dots included: "order.total", "prenom"
    Format format;
    std::optional<std::string> fallback;  // used where the value is empty; an empty fallback says "leave it out"
    std::size_t offset = 0;               // of the opening brace, bytes into the text that was parsed
};

/// Literal text, or a placeholder.
using Piece = std::variant<std::string, Placeholder>;

/// Cuts a text at its placeholders. `{{` and `}}` stand for single braces. What cannot be read becomes a finding and is
/// left out of the pieces; the rest is still parsed, so that one check reports every problem.
/// Errors   findings: unclosed or stray brace, empty or odd name, unknown format, decimals out of 0..9
/// Threads  pure
std::vector<Piece> parse_placeholders(std::string_view text, std::vector<TextFinding>& findings);

}  // namespace pli::layouts
