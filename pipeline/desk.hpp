#pragma once
#include <atomic>
#include <mutex>
#include <optional>

#include "pipeline/night_run.hpp"

namespace pli::pipeline {

/// The run's one counter to the outside world: calls go out one at a time, whichever stage they come from, and the
/// first error ends the run.
/// Threads  any
class Desk {
public:
    Desk(const RunPlan& plan, const RunEvents& events) : plan_(plan), events_(events) {}

    /// nullopt at the end of the letters, and once something has failed.
    std::optional<Letter> next();
    void reject(Rejected rejected);
    void ready(BatchDone batch);
    void typeset(std::uint64_t letters);
    std::uint32_t committed_batches(const std::string& production_class);

    void fail(Error error);
    bool stopping() const { return stopping_; }
    /// The report, or what ended the run. When all stages are done.
    Result<RunReport> finish();

private:
    void keep(const Done& done);  // with the mutex held
    const RunPlan& plan_;
    const RunEvents& events_;
    std::mutex mutex_;
    std::atomic<bool> stopping_ = false;
    std::optional<Error> first_error_;
    std::uint64_t typeset_ = 0;
    RunReport report_;
};

}  // namespace pli::pipeline
