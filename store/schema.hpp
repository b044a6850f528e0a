#pragma once
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/sqlite.hpp"

namespace pli::store {

/// The SQL of store/migrations, by number: migrations()[0] leads from an empty file to schema 1.
const std::vector<std::string_view>& migrations();

/// Applies the migrations a file still lacks, all or none.
/// Errors   Newer: written by a later Pli; BadInput: a database of somebody else
Done bring_up_to_date(Connection& db);

}  // namespace pli::store
