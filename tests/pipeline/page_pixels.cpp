#include "tests/pipeline/page_pixels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/outside/outside.hpp"

namespace pli::pipeline::test {

bool PagePixels::dark(int column, int row) const {
    if (column < 0 || row < 0 || column >= columns || row >= rows) return false;
    const auto at =
        static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
    return static_cast<unsigned char>(grey[at]) < 128;
}

PagePixels photograph(const std::string& pdf, int page, int dpi) {
    const pli::test::Folder folder;
    pli::test::output_of(
        fmt::format("pdftoppm -gray -r {} -f {} -l {} -singlefile {} {}", dpi, page, page, pdf, folder / "page"));
    std::istringstream file(pli::test::read_file(folder / "page.pgm"));
    PagePixels seen;
    std::string magic;
    int white = 0;
    file >> magic >> seen.columns >> seen.rows >> white;
    REQUIRE(magic == "P5");
    file.get();
    seen.dpi = dpi;
    seen.grey.resize(static_cast<std::size_t>(seen.columns) * static_cast<std::size_t>(seen.rows));
    file.read(seen.grey.data(), static_cast<std::streamsize>(seen.grey.size()));
    return seen;
}

std::vector<SeenMark> marks_in_lane(const PagePixels& page, double x, double from, double to) {
    const int lane = page.pixels(x);
    std::vector<SeenMark> marks;
    for (int row = page.pixels(from); row < page.pixels(to); ++row) {
        if (!page.dark(lane, row)) continue;
        int end = row;
        while (page.dark(lane, end)) ++end;
        int left = lane, right = lane;
        const int middle = (row + end) / 2;
        while (page.dark(left - 1, middle)) --left;
        while (page.dark(right + 1, middle)) ++right;
        marks.push_back({page.mm((row + end) / 2.0), page.mm(end - row), page.mm(left), page.mm(right + 1)});
        row = end;
    }
    return marks;
}

bool is_clear(const PagePixels& page, const Spot& spot) {
    for (int row = page.pixels(spot.y); row < page.pixels(spot.y + spot.height); ++row)
        for (int column = page.pixels(spot.x); column < page.pixels(spot.x + spot.width); ++column)
            if (page.dark(column, row)) return false;
    return true;
}

namespace {

struct Bar {
    int left, right, top, bottom;  // pixels; right and bottom lie behind it
};

/// Bars are what stands in the rows where all of them do: in the middle of the spot's dark rows.
std::vector<Bar> bars_of(const PagePixels& page, const Spot& spot) {
    const int x0 = page.pixels(spot.x), x1 = page.pixels(spot.x + spot.width);
    int top = page.rows, bottom = 0;
    for (int row = page.pixels(spot.y); row < page.pixels(spot.y + spot.height); ++row)
        for (int column = x0; column < x1; ++column)
            if (page.dark(column, row)) {
                top = std::min(top, row);
                bottom = std::max(bottom, row + 1);
            }
    const int middle = (top + bottom) / 2;
    std::vector<Bar> bars;
    for (int column = x0; column < x1; ++column) {
        if (!page.dark(column, middle)) continue;
        Bar bar{column, column, middle, middle};
        while (page.dark(bar.right, middle)) ++bar.right;
        const int inside = (bar.left + bar.right) / 2;
        while (page.dark(inside, bar.top - 1)) --bar.top;
        while (page.dark(inside, bar.bottom)) ++bar.bottom;
        bars.push_back(bar);
        column = bar.right;
    }
    return bars;
}

}  // namespace

SeenBars bars_in(const PagePixels& page, const Spot& spot) {
    const auto bars = bars_of(page, spot);
    REQUIRE(bars.size() > 1);
    int top = page.rows, bottom = 0, width = 0;
    for (const Bar& bar : bars) {
        top = std::min(top, bar.top);
        bottom = std::max(bottom, bar.bottom);
        width += bar.right - bar.left;
    }
    const int sixth = (bottom - top) / 6;  // halfway between a tracker's end and a full bar's
    SeenBars seen;
    for (const Bar& bar : bars) {
        const bool rises = bar.top<top + sixth, falls = bar.bottom> bottom - sixth;
        seen.states += rises ? (falls ? 'F' : 'A') : (falls ? 'D' : 'T');
    }
    const double count = static_cast<double>(bars.size());
    seen.width = page.mm(width / count);
    seen.pitch = page.mm((bars.back().left - bars.front().left) / (count - 1));
    seen.full = page.mm(bottom - top);
    seen.left = page.mm(bars.front().left);
    seen.right = page.mm(bars.back().right);
    return seen;
}

}  // namespace pli::pipeline::test
