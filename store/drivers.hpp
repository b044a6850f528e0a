#pragma once
#include <functional>
#include <memory>
#include <string>

#include "store/database.hpp"

namespace pli::store {

/// Creates the file where it is not there.
Result<std::unique_ptr<Driver>> connect_sqlite(const std::string& path, Driver::Access access);

/// postgresql://…, with `?schema=NAME` for one of several workspaces in a database: see postgresql_driver.cpp.
Result<std::unique_ptr<Driver>> connect_postgresql(const std::string& url, Driver::Access access);

/// The one or the other, by how the place begins.
Result<std::unique_ptr<Driver>> connect(const std::string& place, Driver::Access access);

/// Both must be SQLite's.
Done copy_sqlite(Driver& from, Driver& to);

/// Lines for COPY … FROM STDIN; false: no more. The driver must be PostgreSQL's.
using LineSource = std::function<Result<bool>(std::string& line)>;
Done copy_into_postgresql(Driver& to, const std::string& sql, const LineSource& next);

}  // namespace pli::store
