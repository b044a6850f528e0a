#include "tests/uploads/test_pdf.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>
#include <sstream>

namespace pli::uploads {

std::string pdf_of(const Sketch& sketch) {
    std::vector<std::string> bodies{
        "<</Type/Catalog/Pages 2 0 R" + sketch.catalog + ">>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        fmt::format("<</Type/Page/Parent 2 0 R/MediaBox{}/Resources{}/Contents 4 0 R{}>>", sketch.box, sketch.resources,
                    sketch.page),
        fmt::format("<</Length {}>>\nstream\n{}\nendstream", sketch.content.size(), sketch.content)};
    bodies.insert(bodies.end(), sketch.objects.begin(), sketch.objects.end());
    std::string file = "%PDF-1.7\n", table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", bodies.size() + 1);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        table += fmt::format("{:010} 00000 n \n", file.size());
        file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, bodies[i]);
    }
    const auto start = file.size();
    return file + table +
           fmt::format("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", bodies.size() + 1, start);
}

std::vector<ForeignPage> imported(const std::string& pdf, const ImportOptions& options) {
    auto pages = import_pdf(pdf, "flyer.pdf", options);
    if (!pages) FAIL(pages.error().text());
    return *std::move(pages);
}

Error refusal_of(const std::string& pdf, const ImportOptions& options) {
    const auto pages = import_pdf(pdf, "flyer.pdf", options);
    REQUIRE_FALSE(pages);
    return pages.error();
}

std::string content_of(const ForeignPage& page) {
    const std::string& bytes = (*page.objects)[page.form].bytes;
    const auto start = bytes.find("stream\n") + 7, end = bytes.rfind("\nendstream");
    std::string content;
    Pl_String sink("content", nullptr, content);
    Pl_Flate inflate("inflate", &sink, Pl_Flate::a_inflate);
    inflate.write(reinterpret_cast<const unsigned char*>(bytes.data()) + start, end - start);
    inflate.finish();
    return content;
}

std::string everything_in(const ForeignPage& page) {
    std::string all;
    for (const auto& object : *page.objects) all += object.bytes + "\n";
    return all;
}

std::string file_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    INFO(path);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

Workbench::Workbench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pli-uploads-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
}
Workbench::~Workbench() { std::filesystem::remove_all(folder_); }
std::string Workbench::path(std::string_view name) const { return fmt::format("{}/{}", folder_, name); }
std::string Workbench::write(std::string_view name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path(name);
}

Heard run(const std::string& command) {
    Heard heard;
    std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> block;
    while (const auto got = std::fread(block.data(), 1, block.size(), pipe)) heard.text.append(block.data(), got);
    const int status = pclose(pipe);
    heard.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    return heard;
}

Ppm drawn_by_poppler(const std::string& file, int page, int dpi, const Workbench& bench) {
    const std::string root = bench.path("drawn");
    const auto heard = run(fmt::format("timeout 20 pdftoppm -cropbox -singlefile -r {} -f {} -l {} '{}' '{}'", dpi,
                                       page + 1, page + 1, file, root));
    std::ifstream ppm(root + ".ppm", std::ios::binary);
    if (heard.status != 0 || !ppm) return {};
    Ppm drawn;
    std::string magic;
    int depth = 0;
    ppm >> magic >> drawn.columns >> drawn.rows >> depth;
    ppm.get();
    drawn.rgb.assign(std::istreambuf_iterator<char>(ppm), {});
    std::filesystem::remove(root + ".ppm");
    return drawn;
}

double difference(const Ppm& a, const Ppm& b, int tolerance) {
    if (a.columns != b.columns || a.rows != b.rows || a.rgb.size() != b.rgb.size() || a.rgb.empty()) return 1;
    std::size_t off = 0;
    for (std::size_t i = 0; i + 2 < a.rgb.size(); i += 3) {
        int worst = 0;
        for (std::size_t c = i; c < i + 3; ++c)
            worst =
                std::max(worst, std::abs(static_cast<unsigned char>(a.rgb[c]) - static_cast<unsigned char>(b.rgb[c])));
        if (worst > tolerance) ++off;
    }
    return static_cast<double>(off) / (static_cast<double>(a.columns) * a.rows);
}

}  // namespace pli::uploads
