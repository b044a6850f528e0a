#pragma once
#include <string>

#include "base/result.hpp"
#include "uploads/opinion.hpp"

namespace pli::uploads::reader {

/// What qpdf, or PoDoFo, sees in a file. Both ask for objects alone; how a page inherits its box and which strings are
/// text is worked out by the same code of ours, so that they differ only where the libraries read the file differently.
/// Source   ISO 32000-1 §7.7.3.4 (inherited attributes), §9.4.3 (showing text)
/// Errors   BadInput: the library cannot open the file, or no pages; their exceptions pass through
Result<Opinion> opinion_of_qpdf(const std::string& bytes, int most_pages);
Result<Opinion> opinion_of_podofo(const std::string& bytes, int most_pages);

}  // namespace pli::uploads::reader
