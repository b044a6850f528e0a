#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace pli::preflight {

/// Takes one record off the front of `csv`; false where a quote is left open.
/// Source   RFC 4180
bool take_record(std::string_view& csv, std::vector<std::string>& fields);

}  // namespace pli::preflight
