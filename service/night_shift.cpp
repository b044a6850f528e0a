#include "service/night_shift.hpp"

#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "service/shift.hpp"
#include "service/unit_claims.hpp"
#include "store/work_lock.hpp"

namespace pli::service {
namespace {

using Queue = std::unique_ptr<store::LetterStore>;

/// Some posts number each posting, and each batch is one: their batches follow on each other through the whole run.
std::uint32_t letters_per_unit(const Workspace& workspace) {
    const bool by_batch = workspace.franking && pipeline::numbers_of_batch(*workspace.franking, 2) == 1;
    return by_batch ? 0 : workspace.letters_per_unit;
}

struct Opened {
    std::uint64_t held = 0;
    std::optional<store::RunRecord> run;
};
Result<Opened> open_run(store::LetterStore& queue, const Workspace& workspace, const NightShiftOptions& options) {
    Opened opened;
    opened.held = TRY(queue.hold_returned(options.day, options.clock()));
    const auto post_office = TRY(open_post_office(workspace, options.day));
    opened.run = TRY(queue.open_run(
        {options.day, postal_order(post_office, workspace), options.clock(), letters_per_unit(workspace)}));
    return opened;
}

NightShiftReport nothing_due(std::uint64_t held) {
    NightShiftReport nothing;
    nothing.held = held;
    return nothing;
}

/// A worker's round: units as long as there are any.
class Round {
public:
    Round(RunAtWork& at_work, UnitClaims& claims, const WorkerOptions& options)
        : at_work_(at_work), claims_(claims), options_(options) {}

    /// False: others are still at work on the rest.
    Result<bool> go() {
        while (true) {
            if (const auto unit = TRY(claims_.next())) {
                TRY(work(*unit));
                if (options_.once) return claims_.all_finished();
            } else if (TRY(claims_.all_finished())) {
                return true;
            } else {
                std::this_thread::sleep_for(std::chrono::seconds(1));  // a unit takes seconds, a dead worker's a lease
            }
        }
    }
    std::vector<std::string>& lost() { return lost_; }

private:
    Done work(const store::RunRecord& unit) {
        auto done = [&] {
            const LeaseKeeper keeper(claims_, unit, options_.lease_seconds);
            return at_work_.work(unit);
        }();
        if (done) return done;
        const auto ours = claims_.renew(unit);
        if (ours || ours.error().fault != Fault::Busy) return done;
        lost_.push_back(ours.error().text());
        return {};
    }
    RunAtWork& at_work_;
    UnitClaims& claims_;
    const WorkerOptions& options_;
    std::vector<std::string> lost_;
};

}  // namespace

Result<NightShiftReport> work_night_shift(const Workspace& workspace, const NightShiftOptions& options) {
    const auto lock = TRY(store::WorkLock::take(workspace.queue));
    const auto queue = TRY(store::open(workspace.queue));
    const auto opened = TRY(open_run(*queue, workspace, options));
    if (!opened.run) return nothing_due(opened.held);
    const auto at_work = TRY(RunAtWork::prepare(workspace, *queue, *opened.run, options));
    const store::Holder alone{"pli run", {}, {}, true};
    while (const auto unit = TRY(queue->claim_unit(*opened.run, alone))) TRY(at_work->work(*unit));
    TRY(queue->finish_run(*opened.run));
    auto report = at_work->report(true);
    report.held = opened.held;
    return report;
}

Result<NightShiftReport> work_as_one_of_many(const Workspace& workspace, const WorkerOptions& options) {
    const auto lock = TRY(store::WorkLock::take(workspace.queue, store::WorkLock::Kind::Shared));
    const auto queue = TRY(store::open(workspace.queue));
    const auto opened = TRY(open_run(*queue, workspace, options.shift));
    if (!opened.run) return nothing_due(opened.held);
    const auto at_work = TRY(RunAtWork::prepare(workspace, *queue, *opened.run, options.shift));
    const auto claims =
        TRY(claims_by_lease(workspace.queue, *opened.run, {options.name, options.lease_seconds, options.shift.clock}));
    Round round(*at_work, *claims, options);
    const bool finished = TRY(round.go());
    if (finished) TRY(queue->finish_run(*opened.run));
    auto report = at_work->report(false);
    report.finished = finished;
    report.lost = std::move(round.lost());
    report.held = opened.held;
    return report;
}

}  // namespace pli::service
