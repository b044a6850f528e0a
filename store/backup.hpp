#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pli::store {

/// What is in a store, and what does not hang together in it.
struct StoreReport {
    std::vector<std::pair<std::string, std::int64_t>> rows;  // by table
    std::vector<std::string> problems;
};

/// Counts, and looks for what must not be: letters without contents, pieces that two letters have, batches with pieces missing.
/// Errors   as store::open
Result<StoreReport> check(const std::string& place);

/// Writes all of a store into a new file, as it is at one moment, while others go on with it. The file is a queue in SQLite,
/// whatever database the store is in; it has its name only when it is complete and on the disk.
/// Errors   BadInput: there is a file of that name; Environment: cannot be written
Result<StoreReport> back_up(const std::string& place, const std::string& file);

/// Fills an empty store from such a file; whichever database either was in. Looks it over afterwards.
/// Errors   BadInput: the store is not empty, the file is no queue; Newer; Busy: somebody is at work
Result<StoreReport> restore(const std::string& file, const std::string& place);

}  // namespace pli::store
