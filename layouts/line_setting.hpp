#pragma once
#include <vector>

#include "layouts/boxes.hpp"
#include "layouts/compiled_template.hpp"

namespace pli::layouts {

/// Where a line goes. `measure` is the room it is aligned in; zero: it grows from `start` by its own width.
struct LinePlace {
    Point start;  // left end of the measure, on the baseline
    Length measure;
    Align align = Align::Start;
};

/// Turns lines of boxes into text runs: one run per style and face, spaces included, so that a line of one style is one
/// run. Justified lines share their rest among the spaces.
/// Threads  one object per thread; the styles and fonts are shared
class LineSetter {
public:
    LineSetter(const fonts::FontSet& fonts, const std::vector<TypeStyle>& styles) : fonts_(fonts), styles_(styles) {}

    void set(const Prose& prose, const SetLine& line, const LinePlace& place, Frame& frame);

private:
    Length tracking_at_end(const Prose& prose, const SetLine& line) const;
    void set_in_order(const Prose& prose, const SetLine& line, Point pen, Length stretch, Frame& frame);
    void set_reordered(const Prose& prose, const SetLine& line, Point pen, Length stretch, Frame& frame);

    const fonts::FontSet& fonts_;
    const std::vector<TypeStyle>& styles_;
};

}  // namespace pli::layouts
