#pragma once
#include "base/result.hpp"
#include "layouts/template.hpp"
#include "render/press_condition.hpp"
#include "service/workspace.hpp"
#include "uploads/zones.hpp"

namespace pli::service {

/// The press a workspace is set up for: what its inks mean, and what it cannot print.
struct PressSetup {
    render::PressCondition condition;
    layouts::PressLimits limits;
    uploads::PressLimits upload_limits;
};

/// Source   `[print]` of pli.toml; press_conditions.toml for what the names mean
/// Errors   BadInput: not a CMYK profile of a press, or a condition whose profile Pli does not have; NotFound
Result<PressSetup> press_setup(const Workspace& workspace);

/// The limits of the press that Pli takes where nobody names one.
uploads::PressLimits usual_press();

}  // namespace pli::service
