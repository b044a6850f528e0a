#include "pipeline/batch_spec.hpp"

#include <fmt/format.h>

#include "pipeline/piece_mark.hpp"

namespace pli::pipeline {
namespace {

/// The scheme is made for one size of letter; anything else is printed as it is. So is everything where the scheme does
/// not fit its sheet: whoever takes a scheme from a file has it laid out there and tells what is wrong.
PressLayout layout_for(const PressScheme& scheme, Size letter) {
    if (scheme.paper != PressScheme::Paper::Letter && same_sheet(letter, scheme.letter))
        if (auto layout = lay_out_press(scheme)) return std::move(*layout);
    auto layout = as_letter(letter, scheme.arrangement.turn);
    layout.arrangement.depth = scheme.arrangement.depth;
    return layout;
}

}  // namespace

std::string batch_prefix(const RunPlan& plan) {
    return plan.unit == 0 ? plan.run + "-" : fmt::format("{}-{:04}-", plan.run, plan.unit);
}

BatchSpec batch_spec(const RunPlan& plan, const ProductionClass& production, std::uint32_t number) {
    BatchSpec spec;
    spec.name = fmt::format("{}{}-{:04}", batch_prefix(plan), production.name, number);
    spec.id = batch_id(plan.sender, spec.name);
    if (plan.reprint) {
        spec.name = plan.reprint->batch;
        spec.id = plan.reprint->batch_id;
    }
    spec.production = production;
    spec.layout = layout_for(plan.rules.press, production.sheet);
    return spec;
}

}  // namespace pli::pipeline
