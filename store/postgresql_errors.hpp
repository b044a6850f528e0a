#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::store {

/// PostgreSQL's five-character code in the words of somebody who has a queue, not a database.
/// Source   PostgreSQL 15 documentation, appendix A
Error explained(std::string_view code, const std::string& place, std::string message);

/// Why nobody answers, or why we are not let in: here PostgreSQL gives no code.
Error no_connection(const std::string& place, std::string message);

}  // namespace pli::store
