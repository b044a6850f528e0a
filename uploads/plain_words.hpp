#pragma once
#include <string>
#include <string_view>

namespace pli::uploads {

/// What a child says to people, made fit for a terminal and for JSON: valid UTF-8 on one line, no control characters,
/// at most 400 bytes. The words of a PDF's error may be those of the PDF.
/// Threads  pure
std::string plain_words(std::string_view said);

}  // namespace pli::uploads
