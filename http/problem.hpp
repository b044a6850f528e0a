#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"

namespace pli::http {

/// What went wrong, for programs by `code`, for people by `detail`.
struct Problem {
    int status = 400;
    std::string code;    // stable: "not-found", "body-too-large"
    std::string detail;  // what is wrong and what was expected
    std::string where{}, remedy{};
};

/// Source  RFC 9457: application/problem+json. `type` is urn:pli:problem:CODE
nlohmann::json as_json(const Problem& problem);
Response response_of(const Problem& problem);
/// The same with `errors`: a list, of the items of a body or the findings of a check.
Response response_of(const Problem& problem, const nlohmann::json& errors);

/// A failure of the rooms below, as clients are told of it. A fault of this installation is not told in full: paths and
/// database messages are for the log.
Problem problem_of(const Error& error);
/// For a status alone: what the server itself refuses.
Problem problem_of(int status, const std::string& detail);

/// As text; bytes that are not UTF-8 become U+FFFD.
std::string dump(const nlohmann::json& body);
Response json_response(int status, const nlohmann::json& body);
/// A status's usual words: "Not Found".
std::string_view title_of(int status);

}  // namespace pli::http
