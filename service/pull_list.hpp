#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "service/workspace.hpp"

namespace pli::service {

struct PullReport {
    std::string folder;  // empty: nothing is to be pulled
    std::uint32_t pieces = 0;
    std::uint32_t in_reprints = 0;  // spoiled and printed again since: they lie in a reprint batch
    bool found = false;             // the last list says the same
};

/// The pieces of a batch that were cancelled after it was made, by where they lie: pull-list.csv and pull-list.pdf in a
/// folder of their own beside the batch, which is never changed. READY last, as in a batch, so that it can be delivered.
/// Errors   NotFound: no such batch or folder; BadInput: its manifest is not one; Environment: cannot write
Result<PullReport> write_pull_list(const Workspace& workspace, const std::string& folder);

}  // namespace pli::service
