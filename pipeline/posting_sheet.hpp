#pragma once
#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/posting_list.hpp"
#include "pipeline/table_sheet.hpp"

namespace pli::pipeline {

/// The rows of posting-list.csv as a list to sign: the lettershop hands it in with the mail, the post signs for it.
PaperTable posting_table(const RunPlan& plan, const BatchSpec& batch, const PostingList& list);

/// Writes posting-list.pdf into the folder.   Errors: Environment; MissingGlyph
Result<HiddenFolder::FileSum> write_posting_sheet(const RunPlan& plan, const BatchSpec& batch, const PostingList& list,
                                                  const HiddenFolder& folder);

}  // namespace pli::pipeline
