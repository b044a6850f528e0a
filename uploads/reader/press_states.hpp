#pragma once
#include <qpdf/QPDF.hh>

namespace pli::uploads::reader {

/// Takes out of resources what a print file may not hold and what says nothing about the design: transfer functions,
/// halftones, black generation, PostScript; blend modes and rendering intents that do not exist. Readers pass over all
/// of these.
/// Source   ISO 15930-7, as reported; ISO 32000-1 §8.4.5, §8.6.5.8, §8.8.2, §10.4, §10.5, §11.3.5
void strip_press_states(QPDF& pdf);

}  // namespace pli::uploads::reader
