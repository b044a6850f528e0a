#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pli::pipeline {

/// Elements with attributes, indented, as UTF-8. All that a job ticket needs; text is escaped, and characters that
/// XML 1.0 cannot hold become U+FFFD.
/// Source   XML 1.0 §2.2 (characters), §2.4 (escapes), §3.3.3 (line breaks in attributes)
/// Threads  one object per thread
class XmlText {
public:
    using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    XmlText();
    /// An attribute with an empty value is left out.
    void open(std::string_view element, Attributes attributes = {});
    void close();
    void leaf(std::string_view element, Attributes attributes = {});
    void leaf_text(std::string_view element, Attributes attributes, std::string_view words);
    /// The document. All elements must be closed.
    std::string finish();

private:
    void begin(std::string_view element, Attributes attributes);
    std::string text_;
    std::vector<std::string> open_;
};

/// The characters of `text` as they may stand between quotes or tags.
void append_xml(std::string& out, std::string_view text);

}  // namespace pli::pipeline
