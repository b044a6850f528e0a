#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "tests/stamping/acceptance.hpp"
#include "tests/stamping/print_shop.hpp"
#include "tests/stamping/real_files.hpp"
#include "uploads/import.hpp"

/// Real files by strangers: each is checked and repaired as offered; what can be imported is stamped, printed, and held
/// against its source. Run by hand, with the table it prints: PLI_CORPORA=… build/release/test_stamping "[table]".
/// Known: poppler rounds glyphs to quarters of a pixel and does so otherwise in a form, which shows on pages of small text.

namespace pli::stamping {
namespace {

constexpr int dpi = 150;
constexpr double stamp_x = 2, stamp_baseline = 4, stamp_height = 5;  // mm
constexpr std::size_t pages_compared = 3;
const std::vector others{Reader::MuPdf, Reader::Ghostscript};

/// Where poppler does not show a source as two other readers do; these are then the judges.
struct Exception {
    std::string_view file, reason;
};
constexpr std::array exceptions{
    Exception{"verapdf__6-4-1-t02-fail-a.pdf", "poppler leaves out a button that the form does not list"},
    Exception{"verapdf__6-5-3-t01-pass-a.pdf", "poppler leaves out a button that the form does not list"},
};

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
    std::array<int, 4> fates{};        // by Fate
    std::vector<std::string> stories;  // of what was refused, or is wrong
    double slowest = 0;
    std::vector<Page> pages;
};

std::string stamp_of(std::size_t index) { return fmt::format("Stempel{:04}", index); }

void judge(const RealFile& file, Set& set) {
    const Verdict verdict = verdict_on(file);
    ++set.files;
    ++set.fates[static_cast<std::size_t>(verdict.fate)];
    set.slowest = std::max(set.slowest, verdict.seconds);
    if (verdict.fate >= Fate::Refused)
        set.stories.push_back(
            fmt::format("{} {}: {}", verdict.fate == Fate::Refused ? "refused" : "WRONG", file.name, verdict.told));
}

/// One template a page: the pages of a letter are of one size, those of files are not.
void take(const RealFile& file, PrintShop& shop, Set& set) {
    judge(file, set);
    const auto pages = uploads::import_pdf(file.bytes, file.name);
    if (!pages) return;
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
    const bool excepted = std::ranges::find(exceptions, page.file, &Exception::file) != exceptions.end();
    const int stamp_rows = page.stamp_off == 0 ? 0 : static_cast<int>(stamp_height / 25.4 * dpi);
    page.off = 0;
    for (const Reader reader : excepted ? others : std::vector{Reader::Poppler}) {
        const Rgb expected = page_in_colour({source, static_cast<int>(page.page) + 1, reader}, dpi * page.unit, bench);
        const Rgb got = page_in_colour({printed.pdf, printed.page, reader}, dpi, bench);
        if (expected.columns == 0 && got.columns == 0) continue;  // a page that this reader cannot show
        page.off = std::max(page.off, share_off(expected, got, stamp_rows));
    }
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
    int equal = 0, pages = 0, misplaced = 0;
};

Score tell(const std::string& name, Set& set) {
    Score score;
    score.pages = static_cast<int>(set.pages.size());
    for (const Page& page : set.pages) {
        score.equal += page.off <= 0.005 ? 1 : 0;
        score.misplaced += page.stamp_off > 0.2 ? 1 : 0;
        if (page.stamp_off > 0.2) std::cout << fmt::format("  stamp {:.2f} mm off: {}\n", page.stamp_off, page.told());
    }
    const auto& [accepted, repaired, refused, wrong] = set.fates;
    std::cout << fmt::format(
        "{}: {} files: {} accepted, {} repaired, {} refused, {} wrong, slowest {:.1f} s; {} of {} pages equal to their "
        "source, {} stamps misplaced\n",
        name, set.files, accepted, repaired, refused, wrong, set.slowest, score.equal, score.pages, score.misplaced);
    for (const auto& story : set.stories) std::cout << "  " << story << "\n";
    std::ranges::sort(set.pages, std::greater(), &Page::off);
    for (std::size_t i = 0; i < std::min<std::size_t>(5, set.pages.size()); ++i)
        std::cout << fmt::format("  {:5.2f} % off: {}\n", set.pages[i].off * 100, set.pages[i].told());
    return score;
}

/// The largest any child has been so far.
bool within_a_gigabyte() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    return used.ru_maxrss < 1'000'000;
}

void must_reach(const std::string& name, int files_percent, int pages_percent) {
    Set set = printed(name);
    if (set.files == 0) return;
    const Score score = tell(name, set);
    const auto& [accepted, repaired, refused, wrong] = set.fates;
    CHECK((accepted + repaired) * 100 >= set.files * files_percent);
    CHECK(score.equal * 100 >= score.pages * pages_percent);
    CHECK(score.misplaced == 0);
    CHECK(wrong == 0);
    CHECK(within_a_gigabyte());
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
