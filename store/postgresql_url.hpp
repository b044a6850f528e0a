#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::store {

/// Where a PostgreSQL database is: postgresql://user@host:port/database?schema=NAME, and whatever else libpq takes behind
/// the question mark. Several workspaces share a database by a schema each; without a name it is "pli".
/// Errors   parse: BadInput, where the schema is none
struct PostgresqlUrl {
    std::string libpq;   // as libpq takes it, with a password if one is in it
    std::string schema;  // small letters, digits and underscores
    std::string shown;   // for people: without a password

    static Result<PostgresqlUrl> parse(std::string_view url);
};

bool is_postgresql_url(std::string_view place);

}  // namespace pli::store
