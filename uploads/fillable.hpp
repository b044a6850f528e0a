#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "frame/field_lines.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// Pages of an uploaded PDF, as import_pdf has them, with {first_name} and the like taken out. A page that lost its
/// placeholders has no `source`: it no longer looks like it, and previews draw its objects.
/// Errors   as import_pdf
/// Threads  any; each call runs its own child
Result<std::vector<FillablePage>> import_fillable(std::string bytes, std::string_view where,
                                                  const ImportOptions& options = {});

}  // namespace pli::uploads
