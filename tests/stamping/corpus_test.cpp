#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "tests/stamping/print_shop.hpp"
#include "tests/stamping/real_files.hpp"
#include "uploads/import.hpp"

/// Real files by strangers: what is taken is stamped, printed, and held against its source. Run by hand, with the table it
/// prints: PLI_CORPORA=… build/release/test_stamping "[table]". Known: poppler rounds glyphs to quarters of a pixel and
/// does so otherwise in a form, which shows on pages of small text; it leaves out buttons that no form lists.

namespace pli::stamping {
namespace {

constexpr int dpi = 150;
constexpr double stamp_x = 2, stamp_baseline = 4, stamp_height = 5;  // mm
constexpr std::size_t pages_compared = 3;

struct Page {
    std::string file;
    std::size_t page = 0;  // of the file, from 0
    std::string pdf;       // its source as another program shows it
    double unit = 1;
    double off = 1, stamp_off = 99;  // share of pixels; mm
    std::string told() const { return fmt::format("{} page {}", file, page + 1); }
};

struct Set {
    int files = 0;
    std::vector<std::string> refusals;
    std::vector<Page> pages;
};

std::string stamp_of(std::size_t index) { return fmt::format("Stempel{:04}", index); }

/// One template a page: the pages of a letter are of one size, those of files are not.
void take(const RealFile& file, PrintShop& shop, Set& set) {
    ++set.files;
    const auto pages = uploads::import_pdf(file.bytes, file.name);
    if (!pages) return set.refusals.push_back(pages.error().text());
    for (std::size_t page = 0; page < std::min(pages->size(), pages_compared); ++page) {
        const SourcePage source = source_page(file.bytes, page);
        const bool tiny = (*pages)[page].size.width < 30_mm;
        shop.add_page((*pages)[page],
                      tiny ? "[]"
                           : fmt::format(R"([{{"text": "{}", "size": 6, "at": {{"x": {}, "baseline": {}}}}}])",
                                         stamp_of(set.pages.size()), stamp_x, stamp_baseline));
        set.pages.push_back({file.name, page, source.pdf, source.unit, 1, tiny ? 0.0 : 99.0});
    }
}

void measure(Page& page, std::size_t index, const PrintedPage& printed, const Bench& bench) {
    const std::string source = bench / "source.pdf";
    write_file(source, page.pdf);
    const Rgb expected = page_in_colour(source, static_cast<int>(page.page) + 1, dpi * page.unit, bench);
    if (expected.columns == 0) return;
    const Rgb got = page_in_colour(printed.pdf, printed.page, dpi, bench);
    page.off = share_off(expected, got, page.stamp_off == 0 ? 0 : static_cast<int>(stamp_height / 25.4 * dpi));
    if (page.stamp_off == 0) return;
    const auto lines = lines_by_mupdf(printed.pdf, bench, printed.page);
    const PrintedLine stamp = place_of(lines.at(0), stamp_of(index));
    page.stamp_off = std::max(std::abs(stamp.x - stamp_x), std::abs(stamp.baseline - stamp_baseline));
}

Set printed(const std::string& name) {
    PrintShop shop;
    Set set;
    for (const RealFile& file : real_files(name)) take(file, shop, set);
    if (set.pages.empty()) return set;
    const Bench bench;
    auto places = shop.print_all(bench);
    std::map<std::string, std::string> plain;
    for (auto& place : places) {
        auto& copy = plain[place.pdf];
        if (copy.empty()) write_file(copy = place.pdf + ".plain.pdf", without_press(bytes_of(place.pdf)));
        place.pdf = copy;
    }
    for (std::size_t index = 0; index < set.pages.size(); ++index)
        measure(set.pages[index], index, places[index], bench);
    return set;
}

struct Score {
    int taken = 0, equal = 0, pages = 0, misplaced = 0;
};

Score tell(const std::string& name, Set& set) {
    Score score;
    score.taken = set.files - static_cast<int>(set.refusals.size());
    score.pages = static_cast<int>(set.pages.size());
    for (const Page& page : set.pages) {
        score.equal += page.off <= 0.005 ? 1 : 0;
        score.misplaced += page.stamp_off > 0.2 ? 1 : 0;
        if (page.stamp_off > 0.2) std::cout << fmt::format("  stamp {:.2f} mm off: {}\n", page.stamp_off, page.told());
    }
    std::cout << fmt::format(
        "{}: {} files, {} taken, {} refused; {} of {} pages equal to their source, {} stamps misplaced\n", name,
        set.files, score.taken, set.refusals.size(), score.equal, score.pages, score.misplaced);
    for (const auto& refusal : set.refusals) std::cout << "  refused " << refusal << "\n";
    std::ranges::sort(set.pages, std::greater(), &Page::off);
    for (std::size_t i = 0; i < std::min<std::size_t>(5, set.pages.size()); ++i)
        std::cout << fmt::format("  {:5.2f} % off: {}\n", set.pages[i].off * 100, set.pages[i].told());
    return score;
}

void must_reach(const std::string& name, int files_percent, int pages_percent) {
    Set set = printed(name);
    if (set.files == 0) return;
    const Score score = tell(name, set);
    CHECK(score.taken * 100 >= set.files * files_percent);
    CHECK(score.equal * 100 >= score.pages * pages_percent);
    CHECK(score.misplaced == 0);
    for (const auto& refusal : set.refusals) CHECK_FALSE(refusal.empty());
}

}  // namespace

TEST_CASE("good files of strangers are taken and print as they looked, the stamp where it was asked for",
          "[stamping][.table]") {
    must_reach("good", 97, 98);
}

TEST_CASE("archive files of strangers are taken and print as they looked, the stamp where it was asked for",
          "[stamping][.table]") {
    must_reach("pdfa", 97, 98);
}

TEST_CASE("what is taken of hostile files prints as other programs show it", "[stamping][.table]") {
    must_reach("hostile", 0, 0);
}

}  // namespace pli::stamping
