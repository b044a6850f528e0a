#pragma once
#include <string>

#include "uploads/packing.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads {

/// A survey as bytes and back. Reading breaks the reader where an index points nowhere or a number is none.
void put_survey(std::string& out, const Survey& survey);
Survey read_survey(Reader& in);

}  // namespace pli::uploads
