#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "intake/columns.hpp"
#include "intake/json_object.hpp"
#include "intake/letter_builder.hpp"
#include "jobs/queued_letter.hpp"

namespace pli::http {

/// A letter of a request's body, ready for the queue, with all that its views point into.
struct PreparedLetter {
    jobs::NewLetter letter;
    bool key_of_request = false;  // made of the Idempotency-Key, not the letter's own

    intake::JsonObject object;
    intake::RawRow row;
    std::shared_ptr<const intake::Columns> columns;
    std::optional<intake::LetterBuilder> builder;
    std::string template_name, key, lines;
};

/// What holds for all letters of a request.
struct LetterRules {
    std::string home_country;
    std::string idempotency_key;  // empty: none was given
    bool test = false;
};

/// The letters of a body: the items of a list, or the one object that it is. Views into the body; what is within an item
/// is not looked at yet.
/// Errors   BadInput: neither, or brackets that do not close; more than `most`; where: "byte 17"
Result<std::vector<std::string_view>> items_of(std::string_view body, std::size_t most);

/// {"template": …, "recipient": {…}, "data": {…}, …} as docs/api.md has it. Every value is checked as a row of a file
/// would be.
/// Errors   BadInput: a member that is not known, a value that cannot be printed, no address; where: "/recipient/country"
/// Threads  plain function; remembers the shapes of letters per thread
Result<std::unique_ptr<PreparedLetter>> read_letter(std::string_view item, std::size_t index, const LetterRules& rules);

}  // namespace pli::http
