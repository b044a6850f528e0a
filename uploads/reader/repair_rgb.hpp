#pragma once
#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Device RGB means sRGB, said by a profile in every resource dictionary that does not say otherwise.
/// Source   ISO 32000-1 §8.6.5.6
void tag_rgb(const RepairDesk& desk);

/// Colours of operators, pictures and palettes in RGB become inks of the press; transparency is blended in them too.
/// What cannot be followed (shadings, pictures of other than 8 bits or with a colour key) stays RGB, is tagged and told.
/// Errors   BadInput: the press's profile is none of four inks
Done convert_rgb(const RepairDesk& desk);

}  // namespace pli::uploads::reader
