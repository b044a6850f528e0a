#pragma once
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "base/result.hpp"

namespace pli::uploads::reader {

/// A copy of a form in which every form it draws is a copy too, one for each time it is drawn: what is changed in one
/// place changes nowhere else.
/// Errors   BadInput: forms in each other too deep, or drawn too often
Result<QPDFObjectHandle> with_forms_of_its_own(QPDF& pdf, const QPDFObjectHandle& form);

}  // namespace pli::uploads::reader
