#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/page_pdf.hpp"

namespace pli::uploads {
namespace {

namespace fs = std::filesystem;

struct Tally {
    int files = 0, taken = 0, pages = 0, compared = 0, equal = 0;
};

std::vector<fs::path> files_of(const std::string& kind) {
    const char* corpora = std::getenv("PLI_CORPORA");
    std::vector<fs::path> files;
    if (corpora == nullptr) return files;
    for (const auto& entry : fs::directory_iterator(fs::path(corpora) / "pdf" / kind))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Some hostile files lie there gzipped, so that no scanner or indexer trips over them.
std::string unwrapped(const fs::path& file) {
    std::string bytes = file_bytes(file.string());
    return bytes.starts_with("\x1f\x8b") ? run(fmt::format("gzip -dc '{}'", file.string())).text : bytes;
}

void compare_pages(const std::string& source, const std::vector<ForeignPage>& pages, const std::string& name,
                   Tally& tally) {
    const Workbench bench;
    const std::string original = bench.write("source.pdf", source);
    const auto first = std::min<std::size_t>(pages.size(), 3);
    for (std::size_t page = 0; page < first; ++page) {
        const std::string ours = bench.write("ours.pdf", page_pdf(pages[page]));
        const auto expected = drawn_by_poppler(original, static_cast<int>(page), 60, bench);
        const auto got = drawn_by_poppler(ours, 0, 60, bench);
        if (expected.rgb.empty()) continue;
        if (expected.columns != got.columns || expected.rows != got.rows) {
            std::cout << fmt::format("  {} page {}: poppler shows another sheet, TrimBox or UserUnit aside\n", name,
                                     page + 1);
            continue;
        }
        ++tally.compared;
        const double off = difference(expected, got, 24);
        if (off <= 0.005)
            ++tally.equal;
        else
            std::cout << fmt::format("  {} page {}: {:.1f} % of pixels differ\n", name, page + 1, off * 100);
    }
}

Tally import_all(const std::string& kind) {
    Tally tally;
    for (const auto& file : files_of(kind)) {
        const std::string name = file.filename().string(), bytes = unwrapped(file);
        const auto pages = import_pdf(bytes, name);
        ++tally.files;
        if (!pages) {
            std::cout << "  refused " << pages.error().text() << "\n";
            CHECK_FALSE(pages.error().message.empty());
            continue;
        }
        ++tally.taken;
        tally.pages += static_cast<int>(pages->size());
        compare_pages(bytes, *pages, name, tally);
    }
    std::cout << fmt::format("{}: {} of {} files taken, {} pages; {} of {} compared pages look as their source\n", kind,
                             tally.taken, tally.files, tally.pages, tally.equal, tally.compared);
    return tally;
}

bool corpora_missing() {
    if (std::getenv("PLI_CORPORA") != nullptr) return false;
    WARN("skipped: set PLI_CORPORA to the folder of test files");
    return true;
}

}  // namespace

TEST_CASE("of the good PDFs of the corpus 97 in 100 come in, and look as they did", "[uploads][corpora]") {
    if (corpora_missing()) return;
    const Tally tally = import_all("good");
    CHECK(tally.taken * 100 >= tally.files * 97);
    CHECK(tally.equal * 100 >= tally.compared * 95);
}

TEST_CASE("the PDF/A samples of the corpus come in", "[uploads][corpora]") {
    if (corpora_missing()) return;
    const Tally tally = import_all("pdfa");
    CHECK(tally.taken * 100 >= tally.files * 97);
    CHECK(tally.equal * 100 >= tally.compared * 88);
}

TEST_CASE("hostile files of the corpus are refused or read, and the parent lives on", "[uploads][corpora]") {
    if (corpora_missing()) return;
    CHECK(import_all("hostile").files > 0);
}

}  // namespace pli::uploads
