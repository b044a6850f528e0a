#pragma once
#include <string_view>

#include "preflight/inspection.hpp"

namespace pli::preflight {

/// What concerns the file as a whole: header, identifier, encryption; forms, actions, files, layers of the catalogue.
void check_document(const Inspection& inspection, std::string_view first_bytes);

/// The XMP packet and the Info dictionary, and that they say the same. `has_parts`: there is a /DPartRoot.
void check_metadata(const Inspection& inspection, bool has_parts);

/// The PDF/X output intent; learns the press's colours for everything after it.
void check_output_intent(Inspection& inspection);

/// An action is one in any of these: /A, /AA, /OpenAction of the catalogue, a page, an annotation.
void check_actions(const Inspection& inspection, Object owner);

}  // namespace pli::preflight
