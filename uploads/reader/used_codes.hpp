#pragma once
#include <bitset>
#include <functional>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjGen.hh>
#include <string>

namespace pli::uploads::reader {

/// Hands on every string that is shown, with the font it is shown in. Where it cannot be told in which font (set by a
/// graphics state, or by whoever draws the form), every font of the resources counts. Fonts that stand directly in
/// resources become objects, so that they have a number.
/// Source   ISO 32000-1 §9.3, §9.4
void each_shown_string(QPDF& pdf, const std::function<void(QPDFObjGen font, const std::string& bytes)>& use);

using Codes = std::bitset<256>;

/// The bytes that strings shown in each font of an upload hold, for simple fonts: their character codes.
std::map<QPDFObjGen, Codes> used_codes(QPDF& pdf);

}  // namespace pli::uploads::reader
