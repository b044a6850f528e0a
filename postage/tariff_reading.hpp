#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "postage/tariff.hpp"

namespace pli::postage {

/// The editions of a folder's *.toml files. The keys are told in docs/postage.md.
/// Errors   BadInput with file, line and column
Result<std::vector<Edition>> read_editions(const std::string& folder);

}  // namespace pli::postage
