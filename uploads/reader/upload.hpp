#pragma once
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace pli::uploads::reader {

/// A PDF that qpdf can open, that needs no password and may be printed.
/// Errors   BadInput: not a PDF, damaged beyond repair, no pages; Unsupported: password, printing forbidden, XFA
Result<std::unique_ptr<QPDF>> open_upload(const std::string& bytes);

/// The pages, their annotations drawn into them as a printer would: those that carry the print flag.
/// Errors   BadInput: no pages, or more than `most`
Result<std::vector<QPDFPageObjectHelper>> printed_pages(QPDF& pdf, int most);

}  // namespace pli::uploads::reader
