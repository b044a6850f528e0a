#include "pipeline/night_run.hpp"

#include <memory>

#include "pipeline/run_pipeline.hpp"

namespace pli::pipeline {
namespace {

/// Letters are composed from the run's compiled templates.
Composition compose_with(const RunPlan& plan) {
    Composition composition;
    for (const auto& letterform : *plan.templates)
        composition.letterforms.push_back({letterform.name(), letterform.production()});
    composition.typesetter = [&plan]() -> Typeset {
        // std::function wants a copyable callable; the typesetter itself can only move.
        auto typesetter = std::make_shared<layouts::Typesetter>(*plan.fonts, *plan.assets, plan.day, plan.country);
        return [&plan, typesetter](const Letter& letter, layouts::TypesetLetter& out) {
            return typesetter->lay_out((*plan.templates)[letter.template_index], letter, out);
        };
    };
    return composition;
}

}  // namespace

Result<RunReport> night_run(const RunPlan& plan, const RunEvents& events) {
    return run_pipeline(plan, events, compose_with(plan));
}

}  // namespace pli::pipeline
