#pragma once
#include "layouts/desk.hpp"

namespace pli::layouts {

/// Breaks desk.prose where its author broke it. A line with tabs goes on below the text behind its last tab, where that
/// text begins at its stop; a line without tabs is broken like any other.
/// Errors   Overflow: a line with tabs is wider than the measure
Done break_tabbed(Desk& desk, const Paragraph& paragraph, Length measure);

/// Sets one of those lines: each part at its tab stop, leaders before it.
void set_tabbed(Desk& desk, const Paragraph& paragraph, const SetLine& line, const LinePlace& place, Frame& frame);

/// The width of what stands behind the whole part of the last number of these boxes: its decimal sign and all that
/// follows. Of text without a number all is whole.
Length tail_width(Desk& desk, const Prose& prose, const SetLine& part);

}  // namespace pli::layouts
