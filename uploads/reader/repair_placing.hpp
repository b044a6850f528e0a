#pragma once
#include <optional>

#include "base/result.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// How pages come to stand on the sheet. Turning, scaling and centring are one movement, or a page would be wrapped
/// three times.
struct Placing {
    std::optional<Rotate> rotate;
    std::optional<Scale> scale;
    bool centre = false;
    bool asked() const { return rotate || scale || centre; }
};

/// Each page becomes a form on a page of its own: upright, its boxes in order, without UserUnit.
/// Source   ISO 32000-1 §14.11.2 (boxes), §8.10 (form XObjects); patterns keep their place because they follow the form
/// Errors   as form_of_page
Done place_pages(const RepairDesk& desk, const Placing& placing);

/// Makes a page draw `form` as /Page with the operators given, and nothing else; its boxes are still to be set.
void draw_only(QPDF& pdf, QPDFObjectHandle page, const QPDFObjectHandle& form, const std::string& operators);
/// Trim, bleed and media of the same size, the origin below left.
void set_trim(QPDFObjectHandle page, Size size);

}  // namespace pli::uploads::reader
