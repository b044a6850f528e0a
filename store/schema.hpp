#pragma once
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/database.hpp"

namespace pli::store {

/// The SQL of store/migrations, by number: the first leads from nothing to schema 1. Each database counts for itself.
const std::vector<std::string_view>& sqlite_migrations();
const std::vector<std::string_view>& postgresql_migrations();

/// Applies the migrations a store still lacks, all or none.
/// Errors   Newer: written by a later Pli; BadInput: a database of somebody else
Done bring_up_to_date(Connection& db);

}  // namespace pli::store
