#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace pli::http {

/// A name that may become that of a file or folder: it leads nowhere else, and hides nothing.
bool good_name(std::string_view name);
/// The same for a path within a folder: "art/logo.svg".
bool good_path(std::string_view path);

/// A file as a response: whole, or the one stretch that a Range header asks for; 304 where the client has it already.
/// `sum`: SHA-256 in hex, where it is known; else the tag is made of time and size.
/// Source   RFC 9110 §13.1.2, §14
/// Errors   NotFound: no such file
Result<Reply> file_response(const Request& request, const std::string& path, const std::string& sum);

}  // namespace pli::http
