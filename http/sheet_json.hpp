#pragma once
#include <nlohmann/json_fwd.hpp>

#include "base/length.hpp"
#include "uploads/zones.hpp"

namespace pli::http {

/// In millimetres from the sheet's top left corner: {"x", "y", "w", "h"}.
nlohmann::json box_json(const Rect& rect);
/// A sheet's size, window, zones and folds.
nlohmann::json sheet_json(const uploads::SheetZones& zones);

}  // namespace pli::http
