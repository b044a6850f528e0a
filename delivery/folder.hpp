#pragma once
#include <memory>
#include <string>

#include "delivery/far_side.hpp"

namespace pli::delivery {

/// A folder of this machine: a mounted share, a hot folder, a memory stick.
Result<std::unique_ptr<FarSide>> open_folder(const Place& place);

}  // namespace pli::delivery
