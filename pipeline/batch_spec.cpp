#include "pipeline/batch_spec.hpp"

#include <fmt/format.h>

#include "pipeline/piece_mark.hpp"

namespace pli::pipeline {

BatchSpec batch_spec(const RunPlan& plan, const ProductionClass& production, std::uint32_t number) {
    BatchSpec spec;
    spec.name = fmt::format("{}-{}-{:04}", plan.run, production.name, number);
    spec.id = batch_id(plan.sender, spec.name);
    if (plan.reprint) {
        spec.name = plan.reprint->batch;
        spec.id = plan.reprint->batch_id;
    }
    spec.production = production;
    // Two sheets side by side fill A3 and SRA3 only if they are A4; anything else is printed as it is.
    spec.imposition = is_a4(production.sheet) ? plan.rules.imposition : Imposition::OneUp;
    spec.press_sheet = plan.rules.sheet;
    return spec;
}

}  // namespace pli::pipeline
