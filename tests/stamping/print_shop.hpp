#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fonts/font_set.hpp"
#include "layouts/template.hpp"
#include "pipeline/night_run.hpp"

namespace pli::stamping {

/// A folder for one test, removed afterwards.
class Bench {
public:
    Bench();
    ~Bench();
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    std::string operator/(std::string_view name) const { return folder_ + "/" + std::string(name); }

private:
    std::string folder_;
};

/// Standard output of a command of the shell; the test fails if the command does.
std::string shell(const std::string& command);
void write_file(const std::string& path, std::string_view bytes);

/// Where a letter of one page lies. Page from 1.
struct PrintedPage {
    std::string pdf;
    int page = 0;
};

/// Uploads with stamps, one letter each, printed as one batch.
class PrintShop {
public:
    explicit PrintShop(pipeline::BatchRules rules = {}) : rules_(rules) {}
    /// `stamps` as in template.json, with the brackets. Profile DIN5008-B, today is 22 November 2026.
    void add(const std::string& pdf, const std::string& stamps, std::string_view sides = "simplex");
    /// One imported page, without sheet code.
    void add_page(const ForeignPage& page, const std::string& stamps);
    /// print.pdf of the only batch; a letter that is rejected fails the test.
    std::string print(const Bench& bench);
    /// Letters of one page each, in as many batches as they have sizes.
    std::vector<PrintedPage> print_all(const Bench& bench);
    const layouts::Profile& profile() const;

private:
    void compile(const layouts::Resources& resources, const std::string& keys);
    std::vector<pipeline::BatchDone> print_batches(const Bench& bench);
    pipeline::BatchRules rules_;
    layouts::ProfileSet profiles_ = layouts::ProfileSet::load("layouts/profiles", "").value();
    fonts::FontSet fonts_{fonts::FontSet::Options{"", {}}};
    Assets assets_;
    std::vector<layouts::CompiledTemplate> templates_;
};

/// A line of text as MuPDF reads it: where its first sign stands, in mm from the page's top left corner.
struct PrintedLine {
    std::string text;
    double x = 0, baseline = 0;
    std::vector<std::pair<double, double>> places{};  // of the sign that each byte of `text` belongs to
};
/// All pages, or one, counted from 1.
std::vector<std::vector<PrintedLine>> lines_by_mupdf(const std::string& pdf, const Bench& bench, int page = 0);
/// Where a text begins within whatever line it stands; a test failure if it is not there.
PrintedLine place_of(const std::vector<PrintedLine>& lines, std::string_view text);
/// The only line of that text; a test failure if there are none or several.
PrintedLine only_line(const std::vector<PrintedLine>& lines, std::string_view text);

/// Where a word begins, by poppler.
struct PrintedWord {
    std::string text;
    double x = 0;
};
std::vector<std::vector<PrintedWord>> words_by_poppler(const std::string& pdf);

/// A part of a page in grey, millimetres from its top left corner.
struct Area {
    double left = 0, top = 0, width = 0, height = 0;
};
struct Grey {
    int columns = 0, rows = 0;
    std::string pixels;
};
std::vector<Grey> drawn_by_poppler(const std::string& pdf, const Area& area, const Bench& bench);

/// The smallest area around all dark pixels within `within`, of pixels that show `shown`; all of the page's places.
Area ink_in(const Grey& grey, const Area& shown, const Area& within);

}  // namespace pli::stamping
