#pragma once
#include <vector>

#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/run_pipeline.hpp"

namespace pli::pipeline {

/// places.csv: where on a page of print.pdf cameras find what is to be read. First the cells of fronts and backs, then for each
/// template of the batch its sheet code and what the window always shows. Columns: docs/print-house.md.
/// Errors   Environment, naming the path
/// Threads  one thread at a time
class ReadingPlaces {
public:
    /// Of a letter that joins the batch.
    void note(const Composition::Letterform& letterform) {
        if (!known_.empty() && known_.back() == &letterform) return;
        add(letterform);
    }
    Result<HiddenFolder::FileSum> write(const BatchSpec& batch, bool sheet_codes, const HiddenFolder& folder) const;

private:
    void add(const Composition::Letterform& letterform);
    std::vector<const Composition::Letterform*> known_;  // the last one seen at the end
};

}  // namespace pli::pipeline
