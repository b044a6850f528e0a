#pragma once
#include <string>

#include "base/result.hpp"
#include "preflight/proof.hpp"

namespace pli::service {

/// Proves a batch with the eyes of pli-import: poppler draws, ZXing reads, locked in as for uploads.
/// Errors   as preflight::prove_batch
Result<preflight::ProofReport> prove(const std::string& folder, const preflight::ProofOrder& order);

}  // namespace pli::service
