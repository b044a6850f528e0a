#include "tests/stamping/print_shop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "uploads/import.hpp"

namespace pli::stamping {
namespace {

constexpr int dpi = 254;  // ten pixels to the millimetre
constexpr double mm_per_pt = 25.4 / 72, mm_per_pixel = 25.4 / dpi;

std::string all_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    INFO(path);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The value of `name="…"` behind `from`.
std::string_view attribute(std::string_view text, std::size_t from, std::string_view name) {
    const auto start = text.find(fmt::format(" {}=\"", name), from) + name.size() + 3;
    return text.substr(start, text.find('"', start) - start);
}
double number(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

Letter letter_for(std::uint32_t template_index) {
    Letter letter;
    letter.id = {static_cast<std::int64_t>(template_index) + 1};
    letter.template_index = template_index;
    letter.key = "K";
    letter.fields.names = std::make_shared<FieldNames>();
    letter.recipient.first_name = "Zoe";
    letter.recipient.last_name = "Lange";
    letter.recipient.street = "12 rue des Lilas";
    letter.recipient.postal_code = "75011";
    letter.recipient.city = "Paris";
    return letter;
}

Grey read_pgm(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file.good());
    Grey grey;
    std::string magic;
    int depth = 0;
    file >> magic >> grey.columns >> grey.rows >> depth;
    file.get();
    grey.pixels.assign(std::istreambuf_iterator<char>(file), {});
    return grey;
}

}  // namespace

Bench::Bench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pli-stamping-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
}
Bench::~Bench() { std::filesystem::remove_all(folder_); }

std::string shell(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 65536> block;
    while (const auto got = std::fread(block.data(), 1, block.size(), pipe)) text.append(block.data(), got);
    INFO(command << "\n" << text);
    REQUIRE(pclose(pipe) == 0);
    return text;
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

const layouts::Profile& PrintShop::profile() const {
    return *profiles_.find("DIN5008-B", Day::of(2026, 11, 22)).value();
}

void PrintShop::compile(const layouts::Resources& resources, const std::string& keys) {
    layouts::Workshop workshop{profiles_, fonts_, assets_, resources, Day::of(2026, 11, 22), "FR"};
    const auto json = fmt::format(R"({{"kind": "pdf", "file": "upload.pdf", "profile": "DIN5008-B", "locale": "fr-FR",
        "style": {{"font": "Liberation Sans", "size": 10, "leading": 12}}, {}}})",
                                  keys);
    auto compiled = layouts::compile(fmt::format("t{}", templates_.size()), json, workshop);
    for (const auto& finding : compiled.findings)
        if (!compiled.result) UNSCOPED_INFO(finding.code << " " << finding.error.text());
    REQUIRE(compiled.result);
    templates_.push_back(std::move(*compiled.result));
}

void PrintShop::add(const std::string& pdf, const std::string& stamps, std::string_view sides) {
    layouts::Resources resources;
    resources.import_pdf = [&](std::string_view path, const layouts::UploadOrder&) -> Result<layouts::Upload> {
        auto pages = TRY(uploads::import_pdf(pdf, path));
        return layouts::Upload{std::move(pages), {}};
    };
    compile(resources, fmt::format(R"("sides": "{}", "stamps": {})", sides, stamps));
}

void PrintShop::add_page(const ForeignPage& page, const std::string& stamps) {
    layouts::Resources resources;
    resources.import_pdf = [&](std::string_view, const layouts::UploadOrder&) -> Result<layouts::Upload> {
        return layouts::Upload{{page}, {}};
    };
    compile(resources, fmt::format(R"("sides": "simplex", "sheet_code": false, "stamps": {})", stamps));
}

std::vector<pipeline::BatchDone> PrintShop::print_batches(const Bench& bench) {
    pipeline::RunPlan plan;
    plan.run = "2026-11-22-1";
    plan.day = Day::of(2026, 11, 22);
    plan.out = bench / "out";
    plan.sender = "Atelier";
    plan.country = "FR";
    plan.rules = rules_;
    plan.templates = &templates_;
    plan.mark_chain = fonts_.chain({"Liberation Sans", 400, false}).value();
    fonts_.freeze();
    plan.fonts = &fonts_;
    plan.assets = &assets_;
    plan.committed_batches = [](const std::string&) -> Result<std::uint32_t> { return 0u; };
    std::uint32_t next = 0;
    std::vector<pipeline::BatchDone> batches;
    pipeline::RunEvents events;
    events.next = [&]() -> Result<std::optional<Letter>> {
        if (next == templates_.size()) return std::nullopt;
        return letter_for(next++);
    };
    events.ready = [&](const pipeline::BatchDone& batch) -> Done {
        batches.push_back(batch);
        return {};
    };
    events.rejected = [](const pipeline::Rejected& rejected) -> Done {
        FAIL_CHECK(rejected.error.text());
        return {};
    };
    REQUIRE(pipeline::night_run(plan, events));
    return batches;
}

std::string PrintShop::print(const Bench& bench) {
    const auto batches = print_batches(bench);
    REQUIRE(batches.size() == 1);
    return batches[0].folder + "/print.pdf";
}

std::vector<PrintedPage> PrintShop::print_all(const Bench& bench) {
    std::vector<PrintedPage> places(templates_.size());
    for (const auto& batch : print_batches(bench))
        for (std::size_t piece = 0; piece < batch.letters.size(); ++piece)
            places[static_cast<std::size_t>(batch.letters[piece].value) - 1] = {batch.folder + "/print.pdf",
                                                                                static_cast<int>(piece) + 1};
    return places;
}

std::vector<std::vector<PrintedLine>> lines_by_mupdf(const std::string& pdf, const Bench& bench, int page) {
    const std::string file = bench / "text.xml";
    shell(fmt::format("mutool draw -q -F stext -o '{}' '{}' {} 2>/dev/null || true", file, pdf,
                      page == 0 ? "" : std::to_string(page)));
    const std::string xml = all_of(file);
    std::vector<std::vector<PrintedLine>> pages;
    for (std::size_t at = 0; (at = xml.find('<', at)) != std::string::npos; ++at) {
        const std::string_view tag = std::string_view(xml).substr(at, 6);
        if (tag.starts_with("<page ")) pages.emplace_back();
        if (tag.starts_with("<line ")) pages.back().emplace_back();
        if (!tag.starts_with("<char ")) continue;
        PrintedLine& line = pages.back().back();
        const double x = number(attribute(xml, at, "x")) * mm_per_pt, y = number(attribute(xml, at, "y")) * mm_per_pt;
        if (line.text.empty()) line = {"", x, y, {}};
        line.text += attribute(xml, at, "c");
        line.places.resize(line.text.size(), {x, y});
    }
    return pages;
}

PrintedLine only_line(const std::vector<PrintedLine>& lines, std::string_view text) {
    const auto says = [&](const PrintedLine& line) { return line.text == text; };
    if (std::ranges::count_if(lines, says) != 1) {
        for (const auto& line : lines) UNSCOPED_INFO("line: " << line.text);
        FAIL_CHECK("not exactly one line says " << text);
        return {};
    }
    return *std::ranges::find_if(lines, says);
}

PrintedLine place_of(const std::vector<PrintedLine>& lines, std::string_view text) {
    for (const auto& line : lines)
        if (const auto at = line.text.find(text); at != std::string::npos)
            return {std::string(text), line.places[at].first, line.places[at].second, {}};
    FAIL_CHECK("nothing says " << text);
    return {};
}

std::vector<std::vector<PrintedWord>> words_by_poppler(const std::string& pdf) {
    const std::string xml = shell(fmt::format("pdftotext -bbox '{}' -", pdf));
    std::vector<std::vector<PrintedWord>> pages;
    for (std::size_t at = 0; (at = xml.find('<', at)) != std::string::npos; ++at) {
        const std::string_view tag = std::string_view(xml).substr(at, 6);
        if (tag == "<page ") pages.emplace_back();
        if (tag != "<word ") continue;
        const auto start = xml.find('>', at) + 1;
        pages.back().push_back(
            {xml.substr(start, xml.find('<', start) - start), number(attribute(xml, at, "xMin")) * mm_per_pt});
    }
    return pages;
}

std::vector<Grey> drawn_by_poppler(const std::string& pdf, const Area& area, const Bench& bench) {
    const std::string folder = bench / "drawn";
    std::filesystem::create_directory(folder);
    const auto pixels = [](double mm) { return static_cast<int>(mm / mm_per_pixel); };
    shell(fmt::format("pdftoppm -gray -r {} -x {} -y {} -W {} -H {} '{}' '{}/p'", dpi, pixels(area.left),
                      pixels(area.top), pixels(area.width), pixels(area.height), pdf, folder));
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<Grey> pages;
    for (const auto& file : files) pages.push_back(read_pgm(file));
    std::filesystem::remove_all(folder);
    return pages;
}

Area ink_in(const Grey& grey, const Area& shown, const Area& within) {
    const auto pixel = [](double mm) { return static_cast<int>(std::floor(mm / mm_per_pixel)); };
    const int first_x = pixel(shown.left), first_y = pixel(shown.top);
    const int end_x = std::min(grey.columns, pixel(within.left + within.width) - first_x);
    const int end_y = std::min(grey.rows, pixel(within.top + within.height) - first_y);
    int left = grey.columns, right = -1, top = grey.rows, bottom = -1;
    for (int y = std::max(0, pixel(within.top) - first_y); y < end_y; ++y)
        for (int x = std::max(0, pixel(within.left) - first_x); x < end_x; ++x) {
            if (static_cast<unsigned char>(grey.pixels[static_cast<std::size_t>(y * grey.columns + x)]) > 127) continue;
            left = std::min(left, x), right = std::max(right, x + 1);
            top = std::min(top, y), bottom = std::max(bottom, y + 1);
        }
    if (right < 0) return {};
    return {(first_x + left) * mm_per_pixel, (first_y + top) * mm_per_pixel, (right - left) * mm_per_pixel,
            (bottom - top) * mm_per_pixel};
}

}  // namespace pli::stamping
