#pragma once
#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Fills of text that are black to the eye become full K that overprints, as Pli's own text: RGB and grey near black,
/// black made of several inks. Other colours, strokes, pictures and areas stay; so does what a form inherits.
/// Source   docs/decisions/006 (why K overprints under mode 1); ISO 32000-1 §8.6.7
Done blacken_text(const RepairDesk& desk);

}  // namespace pli::uploads::reader
