#pragma once
#include <qpdf/QPDF.hh>
#include <string>

#include "uploads/survey.hpp"

namespace pli::uploads::reader {

/// What a document brings besides its pages. Asked before annotations are drawn into the pages, which ends the form.
/// Source   ISO 32000-1 §7.7.2 (catalog), §12.6 (actions), §12.7 (forms), §14.11.5 (output intents)
DocumentFacts facts_of(QPDF& pdf, const std::string& bytes);

}  // namespace pli::uploads::reader
