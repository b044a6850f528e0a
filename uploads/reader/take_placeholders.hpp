#pragma once
#include <qpdf/QPDF.hh>
#include <vector>

#include "uploads/reader/field_lines.hpp"
#include "uploads/reader/page_form.hpp"

namespace pli::uploads::reader {

/// A page without its placeholders, and what a letter needs to set them.
struct OpenPage {
    PlacedForm placed;
    struct Line {
        FieldLine line;                       // its parts' forms are not numbered yet
        std::vector<QPDFObjectHandle> forms;  // by part; null for placeholders
    };
    std::vector<Line> lines;
};

/// Takes the placeholders out of the content of all pages, and with them the text that moves when values are longer or
/// shorter: it becomes forms of its own, in its own font and colour. Forms that pages share lose theirs once.
/// Errors   as of form_of_page
Result<std::vector<OpenPage>> take_placeholders(QPDF& pdf, const std::vector<QPDFPageObjectHelper>& pages);

}  // namespace pli::uploads::reader
