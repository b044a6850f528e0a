#pragma once
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pli::http {

/// The log: a JSON object a line on standard error, with `at` (UTC, milliseconds) and `event` first. Never the content
/// of a letter, an address or a token.
/// Threads  any; a line is written in one piece
void note(std::string_view event, const nlohmann::json& facts);

/// Nothing is written any more, or again: tests are quiet.
void silence(bool quiet);

}  // namespace pli::http
