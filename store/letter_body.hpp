#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/letter.hpp"
#include "base/result.hpp"

namespace pli::store {

/// Recipient and field values of a letter as one run of bytes, so that reading a letter is one copy and no allocation
/// per field. First the parts of the recipient in the order of the struct, then the values: a varint, then that many
/// bytes. A recipient's varint is the length, a value's is twice the length, plus one for a list.
/// Threads  plain functions
void append_body(std::string& body, const Recipient& recipient, const Fields& fields);

/// The views point into `body`. Errors: Environment, damaged bytes
Done read_recipient(std::string_view& body, Recipient& recipient);
Done read_values(std::string_view body, Fields& fields);

/// The recipient in a list: whole name, else first and last, else company.
std::string display_name(const Recipient& recipient);

}  // namespace pli::store
