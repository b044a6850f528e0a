#pragma once
#include <optional>
#include <string_view>

#include "preflight/inspection.hpp"

namespace pli::preflight {

/// What an extended graphics state changes, as far as anything is judged by it.
struct ExtendedState {
    std::optional<bool> fill_overprints, stroke_overprints;
    std::optional<int> overprint_mode;
    std::optional<double> line_width;
    Object font = Object::newNull();       // the font of /Font [font size]
    Object soft_mask = Object::newNull();  // the group of a soft mask
};

/// Judges an extended graphics state.
/// Source   ISO 32000-1 §8.4.5 table 58, §11.6.5; ISO 15930-7 for transfer curves, halftones and black generation
ExtendedState read_extended_state(const Inspection& inspection, Object dictionary);

void check_rendering_intent(const Inspection& inspection, std::uint32_t object, std::string_view name);

}  // namespace pli::preflight
