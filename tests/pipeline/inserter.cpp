#include "tests/pipeline/inserter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/outside/outside.hpp"

namespace pli::pipeline::test {
namespace {

using pli::test::Folder;
using pli::test::output_of;

constexpr int dpi = 150;
constexpr Spot sheet_code{5, 154, 16, 14};  // where the test letters have it, on A4
constexpr Spot heading{88, 58, 20, 20};     // what every page of theirs has near its head

/// From, to in pixels.
struct Strip {
    int from, to;
};
struct Cuts {
    std::vector<Strip> columns, rows;
};

PagePixels read_pgm(const std::string& path) {
    std::istringstream file(pli::test::read_file(path));
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

int brightness(const PagePixels& page, int column, int row) {
    return static_cast<unsigned char>(page.grey[static_cast<std::size_t>(row) * static_cast<std::size_t>(page.columns) +
                                                static_cast<std::size_t>(column)]);
}

/// A hairline a quarter of a point wide is grey at this resolution, over one pixel or two.
constexpr int paper_white = 235;

/// Places where a line crosses the whole band from `from` to `to`; upright lines, or level ones.
std::vector<int> lines_across(const PagePixels& page, Strip band, bool upright) {
    std::vector<int> lines;
    const int end = upright ? page.columns : page.rows;
    int begun = -1;
    for (int at = 0; at <= end; ++at) {
        bool dark = at < end;
        for (int across = band.from; dark && across < band.to; ++across)
            dark = brightness(page, upright ? at : across, upright ? across : at) < paper_white;
        if (dark && begun < 0) begun = at;
        if (!dark && begun >= 0) lines.push_back((begun + at) / 2);
        if (!dark) begun = -1;
    }
    return lines;
}

/// Between the cuts lie cells and gutters; gutters are the narrow ones.
std::vector<Strip> cells_between(std::vector<int> cuts) {
    std::sort(cuts.begin(), cuts.end());
    std::vector<Strip> all;
    for (std::size_t i = 1; i < cuts.size(); ++i) all.push_back({cuts[i - 1], cuts[i]});
    int widest = 0;
    for (const auto& strip : all) widest = std::max(widest, strip.to - strip.from);
    std::erase_if(all, [&](const Strip& strip) { return strip.to - strip.from < widest / 2; });
    return all;
}

/// Adds what is known of the trim where no mark tells it: within a pixel or two a mark is the trim's edge.
void add_edges(std::vector<int>& cuts, int first, int last) {
    for (const int edge : {first, last})
        if (std::none_of(cuts.begin(), cuts.end(), [&](int cut) { return std::abs(cut - edge) < 4; }))
            cuts.push_back(edge);
}

struct Box {
    double left, top, right, bottom;  // mm
};

/// Marks stand 3 to 9 mm off the trim; where there is no paper they are ticks of 5 mm at the sheet's edge.
Strip mark_band(const PagePixels& page, double margin) {
    const double from = margin >= 9 ? margin - 8.7 : 0.4, to = margin >= 9 ? margin - 3.3 : 4.6;
    return {page.pixels(from), page.pixels(to)};
}

Cuts find_cuts(const PagePixels& page, const Box& trim) {
    auto upright = lines_across(page, mark_band(page, trim.top), true);
    auto level = lines_across(page, mark_band(page, trim.left), false);
    add_edges(upright, page.pixels(trim.left), page.pixels(trim.right));
    add_edges(level, page.pixels(trim.top), page.pixels(trim.bottom));
    return {cells_between(upright), cells_between(level)};
}

PagePixels cut_out(const PagePixels& page, Strip columns, Strip rows) {
    PagePixels cell;
    cell.dpi = page.dpi;
    cell.columns = columns.to - columns.from;
    cell.rows = rows.to - rows.from;
    for (int row = rows.from; row < rows.to; ++row)
        cell.grey.append(page.grey,
                         static_cast<std::size_t>(row) * static_cast<std::size_t>(page.columns) +
                             static_cast<std::size_t>(columns.from),
                         static_cast<std::size_t>(cell.columns));
    return cell;
}

void turn_around(PagePixels& leaf) { leaf.grey = std::string(leaf.grey.rbegin(), leaf.grey.rend()); }

Box trim_of(const std::string& pdf) {
    const auto info = output_of("pdfinfo -box " + pdf);
    const std::regex box(R"((MediaBox|TrimBox): +([0-9.]+) +([0-9.]+) +([0-9.]+) +([0-9.]+))");
    double height = 0;
    Box trim{};
    for (std::sregex_iterator at(info.begin(), info.end(), box), end; at != end; ++at) {
        const auto mm = [&](int group) { return std::stod((*at)[static_cast<std::size_t>(group)]) * 25.4 / 72; };
        if ((*at)[1] == "MediaBox") height = mm(5);
        if ((*at)[1] == "TrimBox") trim = {mm(2), height - mm(5), mm(4), height - mm(3)};
    }
    return trim;
}

/// By press sheet, from the slug line: "lift 2/3". A sheet that says nothing belongs to the one before.
std::vector<int> lifts_of(const std::string& pdf, std::size_t press_sheets, int sides) {
    std::vector<int> lifts;
    const auto text = output_of("pdftotext " + pdf + " -");
    std::istringstream pages(text);
    const std::regex words("lift ([0-9]+)/[0-9]+");
    std::string page;
    for (std::size_t number = 0; lifts.size() < press_sheets; ++number) {
        std::getline(pages, page, '\f');
        if (number % static_cast<std::size_t>(sides) != 0) continue;
        std::smatch found;
        lifts.push_back(std::regex_search(page, found, words) ? std::stoi(found[1]) : lifts.empty() ? 1 : lifts.back());
    }
    return lifts;
}

std::vector<PagePixels> rasterised(const std::string& pdf) {
    const Folder folder;
    output_of(fmt::format("pdftoppm -gray -r {} {} {}/p", dpi, pdf, folder.path()));
    std::istringstream names(output_of("ls " + folder.path()));
    std::vector<PagePixels> pages;
    for (std::string name; std::getline(names, name);) pages.push_back(read_pgm(folder / name));
    return pages;
}

/// The press sheets as they come out of the press, and the guillotine.
class Cutter {
public:
    Cutter(const std::string& pdf, const Setup& setup)
        : setup_(setup), pages_(rasterised(pdf)), cuts_(find_cuts(pages_.at(0), trim_of(pdf))) {}

    std::size_t press_sheets() const { return pages_.size() / static_cast<std::size_t>(sides()); }
    int sides() const { return setup_.duplex ? 2 : 1; }
    std::size_t columns() const { return cuts_.columns.size(); }
    std::size_t rows() const { return cuts_.rows.size(); }

    /// Paper has a back: what the press printed behind this place when it turned the sheet over.
    Leaf leaf(std::size_t sheet, std::size_t row, std::size_t column) const {
        const auto at = sheet * static_cast<std::size_t>(sides());
        Leaf leaf{cut_out(pages_[at], cuts_.columns[column], cuts_.rows[row]), {}, false};
        if (!setup_.duplex) return leaf;
        const auto& back = pages_[at + 1];
        const auto mirrored = [](Strip strip, int size) { return Strip{size - strip.to, size - strip.from}; };
        if (setup_.turned_head_to_foot) {
            leaf.back = cut_out(back, cuts_.columns[column], mirrored(cuts_.rows[row], back.rows));
            turn_around(leaf.back);  // turned over like the page of a book, the back of such a sheet stands on its head
        } else {
            leaf.back = cut_out(back, mirrored(cuts_.columns[column], back.columns), cuts_.rows[row]);
        }
        return leaf;
    }

private:
    Setup setup_;
    std::vector<PagePixels> pages_;
    Cuts cuts_;
};

/// The operator sees letters that stand on their heads, and turns their piles on the table.
void turn_piles(std::vector<Leaf>& leaves) {
    for (auto& leaf : leaves) {
        if (!is_clear(leaf.front, heading)) continue;
        const double width = leaf.front.mm(leaf.front.columns), height = leaf.front.mm(leaf.front.rows);
        const Spot opposite{width - heading.x - heading.width, height - heading.y - heading.height, heading.width,
                            heading.height};
        if (is_clear(leaf.front, opposite)) continue;  // a blank
        turn_around(leaf.front);
        turn_around(leaf.back);
        leaf.was_turned = true;
    }
}

}  // namespace

std::vector<Leaf> cut_and_stacked(const std::string& pdf, const Setup& setup) {
    const Cutter cutter(pdf, setup);
    const auto lifts = lifts_of(pdf, cutter.press_sheets(), cutter.sides());
    std::vector<Leaf> stack;
    for (std::size_t first = 0, end = 0; first < lifts.size(); first = end) {
        while (end < lifts.size() && lifts[end] == lifts[first]) ++end;
        const auto cells = cutter.rows() * cutter.columns();
        const auto sheets = end - first;
        for (std::size_t i = 0; i < cells * sheets; ++i) {
            const auto cell = setup.strips_are_merged ? i % cells : i / sheets;
            const auto sheet = first + (setup.strips_are_merged ? i / cells : i % sheets);
            stack.push_back(cutter.leaf(sheet, cell / cutter.columns(), cell % cutter.columns()));
        }
    }
    turn_piles(stack);
    return stack;
}

std::vector<std::string> codes_of(const std::vector<const PagePixels*>& sides, const Spot& spot) {
    const Folder folder;
    std::string files;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto& side = *sides[i];
        if (side.grey.empty() || is_clear(side, spot)) continue;
        const auto picture = cut_out(side, {side.pixels(spot.x), side.pixels(spot.x + spot.width)},
                                     {side.pixels(spot.y), side.pixels(spot.y + spot.height)});
        const auto name = fmt::format("{}.pgm", i);
        pli::test::write_file(folder / name,
                              fmt::format("P5 {} {} 255\n{}", picture.columns, picture.rows, picture.grey));
        files += " " + name;
    }
    std::vector<std::string> codes(sides.size());
    std::istringstream lines(output_of("cd " + folder.path() + " && for f in" + files +
                                       "; do printf '%s ' $f; dmtxread -n -N1 -m3000 $f || echo; done"));
    for (std::string name, code; lines >> name >> code;)
        codes.at(static_cast<std::size_t>(std::atoi(name.c_str()))) = code;
    return codes;
}

Inserted insert(const std::vector<Leaf>& leaves) {
    std::vector<const PagePixels*> fronts;
    for (const auto& leaf : leaves) fronts.push_back(&leaf.front);
    const auto codes = codes_of(fronts, sheet_code);
    Inserted done;
    std::string batch;
    std::uint32_t expected = 1, sheets = 0;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (codes[i].size() != 28) {
            ++done.blanks;
            continue;
        }
        const auto part = [&](std::size_t from, std::size_t size) {
            return static_cast<std::uint32_t>(std::stoul(codes[i].substr(from, size)));
        };
        const auto piece = part(15, 7), sheet = part(22, 3);
        if (batch.empty()) batch = codes[i].substr(1, 14);
        if (codes[i].substr(1, 14) != batch) done.stops.push_back("a sheet of another batch");
        if (sheet != expected || (sheet > 1 && piece != done.envelopes.back().piece))
            done.stops.push_back(fmt::format("sheet {} of piece {} when sheet {} was due", sheet, piece, expected));
        if (sheet == 1) done.envelopes.push_back({piece, {}});
        if (done.envelopes.empty()) continue;
        done.envelopes.back().leaves.push_back(&leaves[i]);
        sheets = part(25, 3);
        expected = sheet == sheets ? 1 : sheet + 1;
    }
    if (expected != 1) done.stops.push_back("the last envelope is not complete");
    return done;
}

}  // namespace pli::pipeline::test
