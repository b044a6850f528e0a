#pragma once
#include <cstddef>
#include <string>

namespace pli::layouts {

/// A problem inside one text of a template (a paragraph, a table cell), before it is known where that text stands in
/// the file. `JsonSource::error_at` makes an Error of it.
struct TextFinding {
    std::size_t offset = 0;  // bytes from the start of the text as its author wrote it, JSON escapes undone
    std::string code;        // stable: "placeholder", "html"
    std::string message;     // what is wrong and what was expected, no full stop
    std::string remedy{};
};

}  // namespace pli::layouts
