#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

namespace pli::uploads::reader {

/// Content without the operators that name what its resources lack: readers pass over them, a press may stop. Text in a
/// font that is not there goes (lines keep their places), so do colours of a space that is not there; marked content of
/// an unknown property list becomes plain.
/// Source   ISO 32000-1 §7.8.3 (names that resources define); how viewers read such files
std::string with_defined_names(std::string content, const QPDFObjectHandle& resources);

}  // namespace pli::uploads::reader
