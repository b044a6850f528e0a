#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pipeline/night_run.hpp"
#include "service/workspace.hpp"

namespace pli::service {

struct ReprintReport {
    std::string of;                            // the batch that the pieces were spoiled in
    std::vector<pipeline::BatchDone> batches;  // one, or none where nothing is spoiled
    std::vector<pipeline::Rejected> rejected;  // could not be printed as they were: they stay spoiled
};

/// Prints the spoiled pieces of a batch again into a batch folder of its own: as the same pieces, in their next
/// generation, typeset anew from the queue as of the day of their run.
/// Errors   NotFound: no such batch; Busy: a run is at work; whatever the pipeline says
Result<ReprintReport> reprint_batch(const Workspace& workspace, const std::string& folder, const std::string& out,
                                    Instant now);

}  // namespace pli::service
