#pragma once
#include <string>

#include "base/result.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads::reader {

/// What is on the pages of an upload, as import_pages would take them.
/// Errors   as import_pages
Result<Survey> survey_pages(const std::string& bytes, int most_pages);

}  // namespace pli::uploads::reader
