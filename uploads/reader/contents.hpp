#pragma once
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

namespace pli::uploads::reader {

/// One piece of content of an upload: of a page, a form, a tiling pattern, a glyph of a Type 3 font.
struct Content {
    QPDFObjectHandle holder;     // the page's dictionary, or the stream
    QPDFObjectHandle resources;  // a dictionary
    int page = 0;                // the first page it is met on, from 1
    bool colourless = false;     // an uncoloured pattern, a glyph that is a stencil

    std::string operators() const;
    void replace(const std::string& operators) const;
};

/// Everything that can be drawn, each piece once, the pages first and in order; soft masks and annotations' appearances
/// included. Forms without resources get those of the page they are met on.
/// Source   ISO 32000-1 §7.8.2, §8.7.3, §8.10, §9.6.5, §11.6.5.2, §12.5.5
/// Errors   qpdf's exceptions pass through
std::vector<Content> contents_of(QPDF& pdf);

}  // namespace pli::uploads::reader
