#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Sets fonts that are not embedded, simple and composite ones, in the likest faces there are: that of the same name
/// where it is installed, else a free face of the same kind, weight and slant; characters it lacks in whatever face has
/// them. Every character keeps the width that the PDF gives it, by being drawn wider or narrower, and every code its
/// meaning, so that content stays as it is.
/// Source   ISO 32000-1 §9.7 (composite fonts); Adobe's CMaps and character collections, as poppler-data has them
/// Errors   Environment: no face is installed. The answer: the fonts that could not be set, each with the reason
Result<std::vector<std::string>> set_in_nearest_faces(const RepairDesk& desk,
                                                      const std::vector<QPDFObjectHandle>& fonts);

}  // namespace pli::uploads::reader
