#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/letter.hpp"

namespace pli::layouts {

/// Where the value of one placeholder lies in every letter that shares a FieldNames. One number, so that a letter's
/// fetch is an array access.
struct FieldBinding {
    enum class From : std::uint8_t { Missing, Field, Recipient, Today };
    From from = From::Missing;
    std::uint16_t index = 0;  // into Fields::values, or into the table of recipient parts
    bool operator==(const FieldBinding&) const = default;
};

/// Binds a path. A field of exactly this name wins, then one that differs in case, accents, blanks or hyphens only,
/// then a field and a part of the recipient (`city`, `recipient.city`) under the canonical name of aliases.hpp. `today`
/// is the run's date.
/// Threads  pure
FieldBinding bind(std::string_view path, const FieldNames& names);

/// The value, a view into the letter. `scratch` serves the parts that must be put together (the full name); keep one
/// per worker. `today` is the ISO text of the run's day. Empty where missing.
FieldValue fetch(FieldBinding binding, const Letter& letter, std::string_view today, std::string& scratch);

/// The names a recipient answers to: "first_name", "city" and so on.
const std::vector<std::string_view>& recipient_part_names();

/// The known name most like `path`, for "did you mean"; empty if none is near.
std::string_view closest_name(std::string_view path, const FieldNames& names);

}  // namespace pli::layouts
