#pragma once
#include "layouts/profile.hpp"
#include "uploads/zones.hpp"

namespace pli::service {

/// What an uploaded design has to leave free on the sheet of a profile.
/// Units    Length from the sheet's top left corner, y downwards
uploads::SheetZones zones_of(const layouts::Profile& profile, const uploads::PressLimits& press);

}  // namespace pli::service
