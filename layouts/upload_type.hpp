#pragma once
#include <string>

#include "fonts/font_set.hpp"
#include "frame/field_lines.hpp"

namespace pli::layouts {

/// The family that stands in for a font of an upload.
struct StandIn {
    std::string family;
    bool same = false;  // it is the upload's own
};

/// The upload's own family, if the workspace or the system has it; else one with the same widths (Arial: Liberation
/// Sans); else one of its kind: typewriter, serif or sans.
/// Errors   as FontSet::chain; NotFound: not even one of its kind is installed
Result<StandIn> stand_in_for(const ForeignType& type, fonts::FontSet& fonts);

}  // namespace pli::layouts
