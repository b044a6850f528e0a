#include "service/run_plan.hpp"

#include <utility>

namespace pli::service {

pipeline::RunPlan run_plan(const Workspace& workspace, const Composing& composing, const store::RunRecord& run) {
    pipeline::RunPlan plan;
    plan.run = run.run;
    plan.day = run.day;
    plan.out = workspace.out;
    plan.country = workspace.country;
    plan.sender = workspace.name;
    plan.rules = workspace.rules;
    plan.templates = &composing.templates;
    plan.fonts = composing.fonts.get();
    plan.assets = composing.assets.get();
    plan.condition = &composing.press->condition;
    plan.omr = composing.omr.get();
    plan.franking_code = composing.franking.get();
    plan.mark_chain = composing.marks;
    return plan;
}

Result<std::vector<pipeline::RunPlan::Expected>> expected_letters(store::LetterStore& queue,
                                                                  const store::RunRecord& run,
                                                                  const postage::PostOffice& post_office,
                                                                  const Composing& composing) {
    std::vector<pipeline::RunPlan::Expected> all;
    for (auto& volume : TRY(queue.volumes_of(run, post_office.asks_for_region() ? 2 : 0)))
        if (composing.broken[volume.template_index].empty())
            all.push_back({volume.template_index, std::move(volume.country), std::move(volume.region), volume.letters});
    return all;
}

}  // namespace pli::service
