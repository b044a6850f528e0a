#pragma once
#include <map>
#include <qpdf/QPDF.hh>
#include <set>
#include <string>

#include "base/result.hpp"
#include "uploads/reader/used_codes.hpp"

namespace pli::uploads::reader {

/// A Type 3 font, or one whose program is in the file.
bool is_embedded(const QPDFObjectHandle& font);
/// "Arial,Bold", the six letters of a subset left out.
std::string font_name(const QPDFObjectHandle& font);

/// Takes fonts that are named, not embedded and never used out of the resources: they would have to be embedded all the
/// same. Their names.
std::set<std::string> drop_unused_fonts(QPDF& pdf, const std::map<QPDFObjGen, Codes>& used);

/// For a print file: unused fonts go, the others must be there.
/// Source   ISO 15930-7, as reported (every font embedded)
/// Errors   Unsupported: fonts that are not embedded, with their names
Done demand_embedded_fonts(QPDF& pdf);

}  // namespace pli::uploads::reader
