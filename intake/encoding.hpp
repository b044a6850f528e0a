#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::intake {

/// A character encoding under the name ICU and people know, and the bytes of its mark at the start of the file.
struct Encoding {
    std::string name;
    std::size_t mark = 0;
};

/// Recognises UTF-8, UTF-16 of both orders with or without a mark, windows-1252 and ISO-8859-15.
/// `sample` begins where the file begins; `foreign` is where its first bytes beyond ASCII lie, if further on.
/// Errors   BadInput: not text at all, or text of an encoding that cannot be told safely from another
Result<Encoding> recognise_encoding(std::string_view sample, std::string_view foreign, const std::string& path);

}  // namespace pli::intake
