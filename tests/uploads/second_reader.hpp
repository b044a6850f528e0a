#pragma once
#include <string>

namespace pli::uploads {

/// What PoDoFo, a reader that shares no code with the importer, sees in a PDF.
struct Seen {
    int pages = 0;
    double width = 0, height = 0;  // of the first page's MediaBox, in points
};
/// Throws PoDoFo's errors: a test then fails with their text.
Seen read_with_podofo(const std::string& pdf);

}  // namespace pli::uploads
