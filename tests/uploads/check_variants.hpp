#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/check.hpp"

namespace pli::uploads {

/// A window envelope for A4 with round figures: address 20, 50, 80 × 30 in a window 15, 45, 90 × 40; the sender's line in
/// its upper part, a reserved strip below, franking at the right, the inserter's code at the left edge.
SheetZones simple_zones();

/// A page of A4 in grey that breaks no rule: a line of text in an embedded font, a frame, nothing in the zones.
Sketch good_design();

/// A file that breaks a rule, by what is different from the good design.
struct Variant {
    std::string code;
    std::string pdf;
    SheetZones zones = simple_zones();
    CheckOptions options{};
};
std::vector<Variant> variants();

}  // namespace pli::uploads
