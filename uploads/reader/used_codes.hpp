#pragma once
#include <bitset>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjGen.hh>

namespace pli::uploads::reader {

using Codes = std::bitset<256>;

/// The bytes that strings shown in each font of an upload hold, for simple fonts: their character codes. Where it
/// cannot be told in which font a string is shown (set by a graphics state, or by whoever draws the form), it counts for
/// every font of its resources. Fonts that stand directly in resources become objects, so that they have a number.
/// Source   ISO 32000-1 §9.3, §9.4
std::map<QPDFObjGen, Codes> used_codes(QPDF& pdf);

}  // namespace pli::uploads::reader
