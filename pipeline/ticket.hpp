#pragma once
#include <string>

#include "base/result.hpp"
#include "pipeline/control_sheet.hpp"
#include "pipeline/hand_over.hpp"

namespace pli::pipeline {

/// ticket.xjdf: what the print house's workflow has to know to take the batch in without typing: paper, press sheet and
/// its cells, inks, cuts, folds, envelope and inserts, the code on each sheet, amounts, the delivery to the post.
/// print.pdf holds press sheets that are imposed already, so Imposition is not among the processes asked for.
/// Source   CIP4 XJDF 2.x, schema namespace http://www.CIP4.org/JDFSchema_2_0
/// Units    points from the lower left, grams, micrometres for thickness: XJDF's own
/// Errors   none: what is not known is left out
std::string ticket_text(const RunPlan& plan, const ControlFacts& facts);

/// Writes ticket.xjdf into the folder.   Errors: Environment
Result<HiddenFolder::FileSum> write_ticket(const RunPlan& plan, const ControlFacts& facts, const HiddenFolder& folder);

}  // namespace pli::pipeline
