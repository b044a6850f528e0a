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
    std::function<Instant()> clock;  // for the log and for leases: nothing that is printed depends on it
    std::string out;                 // empty: the workspace's
    int threads = 0;
    std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

struct NightShiftReport {
    std::string run;  // empty: nothing was due
    bool resumed = false;
    bool finished = true;                      // else other workers are still at it
    std::uint32_t units = 0;                   // done by this process
    std::vector<std::string> lost;             // why: units whose lease ran out, and which others took over
    pipeline::RunReport printed;               // by this process
    std::vector<pipeline::Rejected> rejected;  // the first 1000
    PostageSum postage;
    std::uint64_t held = 0;  // because an earlier letter to the same address came back
};

/// The night run of a workspace: locks it, opens a new run or resumes the unfinished one, commits batch by batch.
/// A template that does not compile rejects its own letters; the others go on.
/// Errors   Busy: another run is at work; whatever the store or the pipeline says
Result<NightShiftReport> work_night_shift(const Workspace& workspace, const NightShiftOptions& options);

struct WorkerOptions {
    NightShiftOptions shift;
    std::string name;                  // for the others: machine and process
    std::int64_t lease_seconds = 120;  // how long nobody hears of it before its unit is taken over
    bool once = false;                 // one unit, not all
};
/// One of several processes that share a run: opens it or joins it, and does units of it until it is finished. Together
/// they make the bytes that one night run makes.
/// Errors   as work_night_shift; Busy: a night run, results or a reprint are at work
Result<NightShiftReport> work_as_one_of_many(const Workspace& workspace, const WorkerOptions& options);

}  // namespace pli::service
