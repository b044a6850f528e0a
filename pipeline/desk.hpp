#pragma once
#include <atomic>
#include <mutex>
#include <optional>

#include "pipeline/night_run.hpp"

namespace pli::pipeline {

/// The run's one counter to the outside world, and the first error ends the run. What changes the queue goes out one call
/// at a time, whichever stage it comes from; reading and counting never wait for it.
/// Threads  next: the reading stage alone; typeset: the numbering stage alone; the others: any
class Desk {
public:
    Desk(const RunPlan& plan, const RunEvents& events) : plan_(plan), events_(events) {}

    /// nullopt at the end of the letters, and once something has failed.
    std::optional<Letter> next();
    void reject(Rejected rejected);
    void ready(BatchDone batch);
    void typeset(std::uint64_t letters);
    std::uint32_t committed_batches(const std::string& production_class);
    std::uint64_t take_numbers(const std::string& batch, std::uint64_t count);

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
    std::uint64_t read_ = 0, typeset_ = 0;  // each of one stage
    RunReport report_;
};

}  // namespace pli::pipeline
