#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pli::pipeline::test {

/// A page of a PDF as a camera sees it: grey pixels and nothing else.
struct PagePixels {
    int dpi = 0, columns = 0, rows = 0;
    std::string grey;

    bool dark(int column, int row) const;
    int pixels(double mm) const { return static_cast<int>(mm / 25.4 * dpi + 0.5); }
    double mm(double pixels_) const { return pixels_ * 25.4 / dpi; }
};
PagePixels photograph(const std::string& pdf, int page, int dpi);

/// A dark bar across the lane of a camera for OMR, in millimetres.
struct SeenMark {
    double middle, thickness, left, right;
};
/// Every mark that crosses a lane down the page at `x`, between `from` and `to`.
std::vector<SeenMark> marks_in_lane(const PagePixels& page, double x, double from, double to);

/// A part of a page, in millimetres from its top left corner.
struct Spot {
    double x, y, width, height;
};
/// Whether no pixel of it is dark.
bool is_clear(const PagePixels& page, const Spot& spot);

/// The bars of a four-state code within a spot that holds nothing else.
struct SeenBars {
    std::string states;                      // F A D T
    double pitch, width, full, left, right;  // mm; the first two are means
};
SeenBars bars_in(const PagePixels& page, const Spot& spot);

}  // namespace pli::pipeline::test
