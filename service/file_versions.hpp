#pragma once
#include <string>
#include <vector>

namespace pli::service {

/// Files and folders (with all below them) as they stand: two answers are equal as long as no file was written, added,
/// renamed or removed. Looks at sizes and times, never into files. What does not exist counts as such.
/// Threads  any
std::string versions_of(const std::vector<std::string>& paths);

}  // namespace pli::service
