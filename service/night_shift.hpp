#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "pipeline/night_run.hpp"
#include "service/post_counter.hpp"
#include "service/workspace.hpp"

namespace pli::service {

struct NightShiftOptions {
    Day day;
    std::function<Instant()> clock;  // for the log alone: nothing that is printed depends on it
    std::string out;                 // empty: the workspace's
    int threads = 0;
    std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

struct NightShiftReport {
    std::string run;  // empty: nothing was due
    bool resumed = false;
    pipeline::RunReport printed;
    std::vector<pipeline::Rejected> rejected;  // the first 1000
    PostageSum postage;
    std::uint64_t held = 0;  // because an earlier letter to the same address came back
};

/// The night run of a workspace: locks it, opens a new run or resumes the unfinished one, commits batch by batch.
/// A template that does not compile rejects its own letters; the others go on.
/// Errors   Busy: another run is at work; whatever the store or the pipeline says
Result<NightShiftReport> work_night_shift(const Workspace& workspace, const NightShiftOptions& options);

}  // namespace pli::service
