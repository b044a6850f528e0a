#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "service/preview_desk.hpp"
#include "tests/cli/shell.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

constexpr int dpi = 150;

/// How light each pixel is, 0 to 255.
struct Grey {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> light;
    int at(int x, int y) const { return light[std::size_t(y) * std::size_t(columns) + std::size_t(x)]; }
};

Grey read_pgm(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string magic;
    int depth = 0;
    Grey grey;
    file >> magic >> grey.columns >> grey.rows >> depth;
    file.get();
    REQUIRE(magic == "P5");
    grey.light.assign(std::istreambuf_iterator<char>(file), {});
    return grey;
}

Grey grey_of(const std::string& png, const test::Folder& scratch) {
    test::output_of(
        fmt::format("convert '{}' -colorspace Gray -depth 8 '{}'", scratch.write("p.png", png), scratch / "p.pgm"));
    return read_pgm(scratch / "p.pgm");
}

/// Poppler's pixels of a page of the print file; in colour first, for its greys take another road from inks.
Grey printed(const std::string& pdf, int page, const test::Folder& scratch) {
    test::output_of(
        fmt::format("pdftoppm -png -r {} -f {} -l {} -singlefile '{}' '{}'", dpi, page, page, pdf, scratch / "page"));
    return grey_of(test::read_file(scratch / "page.png"), scratch);
}

/// The share of a square's pixels that have ink. What colour a mixture of inks has is each program's own opinion.
double inked(const Grey& grey, int x, int y, int side) {
    int count = 0;
    for (int row = y; row < y + side; ++row)
        for (int column = x; column < x + side; ++column) count += grey.at(column, row) < 240;
    return double(count) / (side * side);
}

struct Likeness {
    double worst = 0, mean = 0;  // difference of squares of 4 mm
    int x_mm = 0, y_mm = 0;      // where the worst one is
};

Likeness compare(const Grey& a, const Grey& b) {
    constexpr int side = 24;  // 4 mm
    Likeness likeness;
    double sum = 0;
    int squares = 0;
    for (int y = 0; y + side <= std::min(a.rows, b.rows); y += side)
        for (int x = 0; x + side <= std::min(a.columns, b.columns); x += side, ++squares) {
            const double off = std::abs(inked(a, x, y, side) - inked(b, x, y, side));
            sum += off;
            if (off > likeness.worst) likeness = {off, 0, x * 254 / 10 / dpi, y * 254 / 10 / dpi};
        }
    likeness.mean = sum / squares;
    return likeness;
}

/// Queues the first letter of a file and prints it without the inserter's codes, which no preview has.
std::string print_file(const std::string& shop, const std::string& rows, const std::string& template_name) {
    std::ifstream all("examples/boutique/" + rows, std::ios::binary);
    std::string one, line;
    const int lines = rows.ends_with(".csv") ? 2 : 1;  // with the names of the columns
    for (int i = 0; i < lines && std::getline(all, line); ++i) one += line + "\n";
    test::write_file(shop + "/one-" + rows, one);
    const auto done =
        test::sh(fmt::format("cd '{0}' && sed -i 's/sheet_codes = true/sheet_codes = false/' pli.toml && "
                             "pli letters add one-{1} --template {2} && pli run --date 2026-11-23",
                             shop, rows, template_name));
    INFO(done.out << done.err);
    REQUIRE(done.status == 0);
    const auto batches = test::ready_batches(shop + "/out");
    REQUIRE(batches.size() == 1);
    return batches.front() + "/print.pdf";
}

}  // namespace

// Both are drawn from the same Frames, by different programs from there on: poppler places glyphs at whole pixels
// downwards and rounds edges in its own way. In a square of 4 mm 15 % of the pixels may differ (a line of pixels at an
// edge is 4 %), on the whole page 0.5 %.
TEST_CASE("the preview of a queued letter is the page that is printed, as poppler draws it", "[service]") {
    const auto [template_name, rows] = GENERATE(table<std::string, std::string>({{"merci", "customers.jsonl"},
                                                                                 {"danke", "kunden.csv"},
                                                                                 {"prospectus", "clients.csv"},
                                                                                 {"lettre", "flacons.jsonl"}}));
    CAPTURE(template_name);
    const test::Folder scratch;
    const auto shop = scratch / "boutique";
    fs::copy("examples/boutique", shop, fs::copy_options::recursive);
    const auto pdf = print_file(shop, rows, template_name);
    PreviewRoom room;
    PreviewDesk desk(shop, room);
    PreviewRequest request;
    request.letter = LetterId{1};
    request.day = Day::of(2026, 11, 23);
    request.dpi = dpi;
    const auto pages = desk.draw(request).value().pages;
    for (request.page = 1; request.page <= int(pages); ++request.page) {
        CAPTURE(request.page);
        const auto proof = grey_of(desk.draw(request).value().bytes, scratch);
        const auto likeness = compare(proof, printed(pdf, request.page, scratch));
        CAPTURE(likeness.x_mm, likeness.y_mm);
        CHECK(likeness.worst < 0.15);
        CHECK(likeness.mean < 0.005);
    }
}

}  // namespace pli::service
