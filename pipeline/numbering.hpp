#pragma once
#include <deque>
#include <vector>

#include "pipeline/batch_in_progress.hpp"
#include "pipeline/chunk.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/franking.hpp"
#include "pipeline/run_pipeline.hpp"

namespace pli::pipeline {

/// The serial stage between typesetting and encoding: turns letters away or gives them their batch and piece number.
/// Letters come in the frozen order, so the same letters meet in the same batch whatever the threads do.
/// Threads  one at a time
class Numbering {
public:
    Numbering(const RunPlan& plan, const Composition& composition, Desk& desk)
        : plan_(plan), composition_(composition), desk_(desk), franking_(plan, composition) {}

    void number(Seat& seat);

    /// Every batch of the run, in the order of opening; addresses stay. Full ones are closed by `bind` meanwhile.
    std::deque<BatchInProgress>& batches() { return batches_; }

private:
    /// A production class and its batch that still takes pieces.
    struct Line {
        ProductionClass production;
        std::uint32_t batches = 0;  // so far, those before a crash included
        BatchInProgress* filling = nullptr;
    };
    /// How letters that look alike are found without putting a name together for each.
    struct Known {
        std::uint32_t template_index;
        Sides sides;
        Size sheet;
        const postage::Product* apart;
        Line* line;
    };
    ProductionClass class_of(const Seat& seat) const;
    Done as_before(const Seat& seat) const;
    Line& line_for(const Seat& seat);
    Line& line_of(ProductionClass production);
    BatchInProgress& filling(Line& line);
    Done frankable(const Seat& seat) const;

    const RunPlan& plan_;
    const Composition& composition_;
    Desk& desk_;
    FrankingDesk franking_;
    std::vector<Known> known_;
    std::deque<Line> lines_;
    std::deque<BatchInProgress> batches_;
};

}  // namespace pli::pipeline
