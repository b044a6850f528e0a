#pragma once
#include <qpdf/QPDFPageObjectHelper.hh>

#include "base/length.hpp"
#include "base/result.hpp"

namespace pli::uploads::reader {

/// A page as a Form XObject that shows what paper would: the TrimBox, or what comes nearest to it, upright, its lower
/// left corner at the origin, in real points whatever /Rotate and /UserUnit say.
struct PlacedForm {
    QPDFObjectHandle form;
    Size size;
};

/// Source   ISO 32000-1 §14.11.2 (boxes), §8.10 (form XObjects), §8.3.2.3 (UserUnit)
/// Errors   BadInput: no box with a usable size, named with its page
Result<PlacedForm> form_of_page(QPDFPageObjectHelper page, int number);

/// Lets the form show up to `bleed` more on each side, as far as the page's MediaBox goes. Its size remains.
void show_bleed(QPDFObjectHandle form, QPDFPageObjectHelper page, Length bleed);

}  // namespace pli::uploads::reader
