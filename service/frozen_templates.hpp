#pragma once
#include "base/result.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// The workspace with its templates as they were when the run began: whoever goes on with the run, takes part in it or prints
/// a piece of it again gets the same bytes, though somebody has edited a template since. The first to ask keeps a copy of
/// each template below frozen/, once for each content, and writes down which the run has.
/// Errors   Environment: the copies cannot be written or read; BadInput: what was written down was edited
/// Threads  any, and any number of processes on one file system
Result<Workspace> as_the_run_began(const Workspace& workspace, const store::RunRecord& run);

}  // namespace pli::service
