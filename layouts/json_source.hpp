#pragma once
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "layouts/text_finding.hpp"

namespace pli::layouts {

/// A JSON file that remembers where each of its values stands, so that every finding can name line and column.
/// Units    lines and columns from 1; columns count characters (code points), as editors do
/// Errors   BadInput at "file:line:column": syntax, not UTF-8, the same key twice in an object, nested deeper than 100
/// Threads  immutable once parsed
class JsonSource {
public:
    static Result<JsonSource> parse(std::string name, std::string text);

    const nlohmann::json& value() const { return value_; }
    const std::string& name() const { return name_; }

    /// "file:line:column" of the value at a JSON pointer ("/pages/0/blocks/2"); of its nearest ancestor if there is no
    /// such value (a missing key is best reported where it should have been).
    std::string where(std::string_view pointer) const;
    /// Of the key itself: for keys that do not belong there.
    std::string where_key(std::string_view pointer) const;
    /// Of a byte inside a string value, `offset` counted in the decoded text.
    std::string where_inside(std::string_view pointer, std::size_t offset) const;
    /// A finding in the string at `pointer`, as an error with its place.
    Error error_at(std::string_view pointer, const TextFinding& finding) const;

private:
    struct Place {
        std::size_t key = 0, value = 0;  // byte offsets into text_
    };
    std::string position(std::size_t offset) const;
    const Place& nearest(std::string_view pointer) const;

    std::string name_, text_;
    nlohmann::json value_;
    std::unordered_map<std::string, Place> places_;
    friend class JsonScanner;
};

/// Appends one key to a JSON pointer, '~' and '/' escaped.
std::string pointer_to(std::string_view parent, std::string_view key);
std::string pointer_to(std::string_view parent, std::size_t index);

}  // namespace pli::layouts
