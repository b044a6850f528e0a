#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/office_sheet.hpp"
#include "pipeline/plain_text.hpp"
#include "pipeline/posting_list.hpp"
#include "pipeline/samples.hpp"

namespace pli::pipeline {

/// What the control sheet states: the operator compares it with the job on the machine and signs.
struct ControlFacts {
    const BatchSpec& batch;
    PostingList::Tally total;
    std::uint32_t press_sheets = 0, print_pages = 0;
    std::string first_letter, last_letter;  // "0000001 · letter 12 · FR 75001"
    std::vector<HiddenFolder::FileSum> sums;
    std::vector<Postings> postings;  // none: the sheet says nothing of postage
    std::size_t trays = 0, bundles = 0;
    std::vector<const Sample*> samples{};
};

/// The sheet as a Frame: pure, so that it can be read as text in a test.
/// Errors   MissingGlyph: a stock's or envelope's name has a character that no fallback face holds
Result<Frame> control_frame(const RunPlan& plan, const ControlFacts& facts, PlainText& text);

/// The samples, four on a sheet: what must come off the press, to be held beside what did.
/// Errors   MissingGlyph, as above
Result<std::vector<OfficePage>> sample_pages(const ControlFacts& facts, PlainText& text);

/// Writes control.pdf into the folder.
Result<HiddenFolder::FileSum> write_control_sheet(const RunPlan& plan, const ControlFacts& facts,
                                                  const HiddenFolder& folder);

}  // namespace pli::pipeline
