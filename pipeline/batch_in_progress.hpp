#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "pipeline/batch_files.hpp"
#include "pipeline/chunk.hpp"
#include "pipeline/run_pipeline.hpp"

namespace pli::pipeline {

/// A batch that letters are still being bound into. Each stage has its own part of it, so none waits for another.
/// The files are opened by the first letter bound.
class BatchInProgress {
public:
    BatchInProgress(const RunPlan& plan, BatchSpec spec) : plan_(plan), spec_(std::move(spec)) {}

    const BatchSpec& spec() const { return spec_; }

    /// For `number`: the next piece number, gap-free from 1.
    std::uint32_t take_number() { return ++numbered_; }
    /// For `number`: where the next sheets stand among all of the batch, from 1.
    std::uint32_t take_sheets(std::uint32_t count) { return std::exchange(sheets_, sheets_ + count) + 1; }

    /// For `encode`: what this worker's pages of the batch use. Merged as a union when the batch closes, so it leaves
    /// no trace which worker had which letter.
    render::ResourceUse& use_of_this_worker() { return use_.local(); }

    /// For `bind`: appends the letter's pages. Pieces come in the order of their numbers. A page may be kept as a sample,
    /// another one's comes back in its place.
    Done add(Seat& seat, const Composition::Letterform& letterform);
    bool is_open() const { return open_.has_value(); }
    Result<BatchDone> close();

private:
    PieceNote note(const Seat& seat, std::string_view template_name);
    const RunPlan& plan_;
    const BatchSpec spec_;
    std::uint32_t numbered_ = 0, sheets_ = 0;
    tbb::enumerable_thread_specific<render::ResourceUse> use_;
    std::optional<OpenBatch> open_;
    std::string page_sums_;  // of the letter at hand
};

}  // namespace pli::pipeline
