#pragma once
#include <string>

#include "uploads/packing.hpp"
#include "uploads/sight.hpp"

namespace pli::uploads {

/// What was seen on the pages as bytes and back. Reading breaks the reader where a map is not as large as it says.
void put_sight(std::string& out, const Sight& sight);
Sight read_sight(Reader& in);

}  // namespace pli::uploads
