#pragma once
#include "frame/assets.hpp"

namespace pli::uploads {

/// Whether these bytes are one PDF object and nothing beside it: brackets in pairs, no word but true, false and null,
/// references only where the child names them, a stream exactly as long as its /Length says. The print file takes the
/// bytes as they are; a reader that its upload has taken over must not be able to close the object and write another, or
/// to reach other letters' objects by a number of its own.
/// Source   ISO 32000-1 §7.3
/// Threads  pure
bool is_one_object(const ForeignObject& object);

}  // namespace pli::uploads
