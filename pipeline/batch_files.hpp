#pragma once
#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/night_run.hpp"
#include "pipeline/piece_list.hpp"
#include "pipeline/piece_notes.hpp"
#include "pipeline/postage_list.hpp"
#include "pipeline/reading_places.hpp"
#include "pipeline/samples.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {

/// The files of a batch while letters still come in.
struct OpenBatch {
    HiddenFolder folder;
    render::BatchPdf pdf;
    PieceNotes notes;
    PieceList pieces;
    PostageList postage;
    SampleDrawer samples;
    ReadingPlaces places{};
};
Result<OpenBatch> open_batch(const RunPlan& plan, const BatchSpec& batch);

/// Impose, print file, manifest, posting list, tray labels, control sheet, job ticket, checksums, hand-over.
/// Errors   Environment: cannot write; the hidden folder is gone then
Result<BatchDone> close_batch(const RunPlan& plan, const BatchSpec& batch, OpenBatch open, render::ResourceUse use);

}  // namespace pli::pipeline
