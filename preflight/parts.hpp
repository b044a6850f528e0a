#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "preflight/inspection.hpp"
#include "preflight/pages.hpp"

namespace pli::preflight {

/// A leaf of the document part tree.
struct DocumentPart {
    std::uint32_t first_page = 0, last_page = 0;  // from 1; 0: not a page of the file
    std::string pieces;  // the identifiers of its pieces, with a space between: CIP4_UniqueID, or Pli_Pieces
};

/// The document parts of PDF/VT: the tree itself, its metadata, and that it covers the pages.
/// Source   ISO 32000-2 §14.12, the Arlington PDF model (DPartRoot, DPart), ISO 16612-2 as reported
std::vector<DocumentPart> check_parts(const Inspection& inspection, const std::vector<PageEntry>& pages);

/// The GTS keys of an XObject. True: it says that it is drawn once only.
bool check_scope(const Inspection& inspection, Object xobject);

}  // namespace pli::preflight
