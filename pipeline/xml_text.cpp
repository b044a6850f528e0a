#include "pipeline/xml_text.hpp"

#include <cassert>

namespace pli::pipeline {
namespace {

std::string_view escape_of(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        // As they are, a reader of attributes would make spaces of them.
        case '\t': return "&#9;";
        case '\n': return "&#10;";
        case '\r': return "&#13;";
        default: return static_cast<unsigned char>(c) < 0x20 ? "\xEF\xBF\xBD" : std::string_view{};
    }
}

}  // namespace

void append_xml(std::string& out, std::string_view text) {
    for (const char c : text)
        if (const auto escape = escape_of(c); !escape.empty())
            out += escape;
        else
            out += c;
}

XmlText::XmlText() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::begin(std::string_view element, Attributes attributes) {
    text_.append(open_.size(), ' ');
    (text_ += '<') += element;
    for (const auto& [name, value] : attributes) {
        if (value.empty()) continue;
        ((text_ += ' ') += name) += "=\"";
        append_xml(text_, value);
        text_ += '"';
    }
}

void XmlText::open(std::string_view element, Attributes attributes) {
    begin(element, attributes);
    text_ += ">\n";
    open_.emplace_back(element);
}

void XmlText::close() {
    assert(!open_.empty());
    const auto element = std::move(open_.back());
    open_.pop_back();
    text_.append(open_.size(), ' ');
    ((text_ += "</") += element) += ">\n";
}

void XmlText::leaf(std::string_view element, Attributes attributes) {
    begin(element, attributes);
    text_ += "/>\n";
}

void XmlText::leaf_text(std::string_view element, Attributes attributes, std::string_view words) {
    begin(element, attributes);
    text_ += '>';
    append_xml(text_, words);
    ((text_ += "</") += element) += ">\n";
}

std::string XmlText::finish() {
    assert(open_.empty());
    return std::move(text_);
}

}  // namespace pli::pipeline
