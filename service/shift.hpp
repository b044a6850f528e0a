#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "postage/post_office.hpp"
#include "service/composing.hpp"
#include "service/night_shift.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// What the units of a run have in common, and the report they add up to.
class RunAtWork {
public:
    static Result<std::unique_ptr<RunAtWork>> prepare(const Workspace& workspace, store::LetterStore& queue,
                                                      const store::RunRecord& run, const NightShiftOptions& options);

    /// Typesets, hands over and commits what is still to be done of a unit that was claimed.
    Done work(const store::RunRecord& unit);
    /// Once no more units are to come.
    NightShiftReport report(bool whole_run);

private:
    RunAtWork(const Workspace& workspace, store::LetterStore& queue, const store::RunRecord& run,
              const NightShiftOptions& options)
        : workspace_(workspace), queue_(queue), run_(run), options_(options) {}
    Done read_run();
    Result<pipeline::RunPlan> plan_of(const store::RunRecord& unit);
    Done number_letters(const store::RunRecord& unit, pipeline::RunPlan& plan);
    void add(pipeline::RunReport unit);

    const Workspace& workspace_;
    store::LetterStore& queue_;
    const store::RunRecord run_;
    const NightShiftOptions& options_;
    Composing composing_;
    std::optional<postage::PostOffice> post_office_;
    std::vector<Letter> samples_;
    std::shared_ptr<const render::DeflateTables> fitted_;
    std::vector<pipeline::RunPlan::Expected> expected_;
    NightShiftReport report_;
};

}  // namespace pli::service
