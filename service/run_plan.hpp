#pragma once
#include <vector>

#include "base/result.hpp"
#include "pipeline/night_run.hpp"
#include "postage/post_office.hpp"
#include "service/composing.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// What a run and the reprints of its batches have in common. Workspace and composing must outlive the plan.
pipeline::RunPlan run_plan(const Workspace& workspace, const Composing& composing, const store::RunRecord& run);

/// The letters frozen into a run. Those of templates that do not compile are rejected, and do not count for any minimum.
Result<std::vector<pipeline::RunPlan::Expected>> expected_letters(store::LetterStore& queue,
                                                                  const store::RunRecord& run,
                                                                  const postage::PostOffice& post_office,
                                                                  const Composing& composing);

}  // namespace pli::service
