#pragma once
#include <cstdint>
#include <vector>

#include "base/length.hpp"
#include "base/mass.hpp"
#include "postage/stock.hpp"

namespace pli::postage {

/// What one mailpiece is made of.
struct Makeup {
    std::uint32_t sheets = 1;
    Size sheet;  // unfolded
    Paper paper;
    Envelope envelope;
    std::vector<Insert> inserts;
};

/// A mailpiece on the scales and in the gauge.
struct Weighed {
    Mass mass;          // of everything, the envelope included
    Length thickness;   // closed
    Length filling;     // of what is in the envelope
    int panels = 1;     // how often one sheet lies on itself, folded to fit
    bool fits = true;   // the filling is not thicker than a machine inserts
    bool known = true;  // no figure it rests on was a guess
};

/// Source   sheets x area x grammage + envelope + inserts; thickness as folded leaves x caliper + envelope
/// Errors   none: an insert that is too thick is told by `fits`
Weighed weigh(const Makeup& makeup);

/// How many layers a sheet makes when it is folded to go into the envelope: A4 in DL 3, in C5 2, in C4 1.
int panels_of(Size sheet, Size envelope);

}  // namespace pli::postage
