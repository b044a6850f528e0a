#include "tests/stamping/real_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace pli::stamping {
namespace {

namespace fs = std::filesystem;

std::string unpacked(const fs::path& file) {
    std::string bytes = bytes_of(file);
    return bytes.starts_with("\x1f\x8b") ? shell(fmt::format("gzip -dc '{}'", file.string())) : bytes;
}

std::string written(QPDF& pdf) {
    std::string bytes;
    QPDFWriter writer(pdf);
    Pl_String sink("pdf", nullptr, bytes);
    writer.setOutputPipeline(&sink);
    writer.setStaticID(true);
    writer.setPreserveEncryption(false);
    writer.write();
    return bytes;
}

}  // namespace

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<RealFile> real_files(const std::string& set) {
    const char* corpora = std::getenv("PLI_CORPORA");
    std::vector<RealFile> files;
    if (corpora == nullptr) {
        WARN("skipped: set PLI_CORPORA to the folder of test files");
        return files;
    }
    for (const auto& entry : fs::directory_iterator(fs::path(corpora) / "pdf" / set))
        if (entry.is_regular_file()) files.push_back({entry.path().filename(), unpacked(entry.path())});
    std::ranges::sort(files, {}, &RealFile::name);
    return files;
}

std::string without_press(const std::string& bytes) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("printed", bytes.data(), bytes.size());
    pdf.getRoot().removeKey("/OutputIntents");
    return written(pdf);
}

SourcePage source_page(const std::string& bytes, std::size_t page) try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("source", bytes.data(), bytes.size());
    auto object = QPDFPageDocumentHelper(pdf).getAllPages().at(page).getObjectHandle();
    auto unit = object.getKey("/UserUnit");
    SourcePage source;
    source.unit = unit.isNumber() ? unit.getNumericValue() : 1;
    if (auto trim = object.getKey("/TrimBox"); trim.isRectangle()) object.replaceKey("/CropBox", trim);
    object.removeKey("/UserUnit");
    pdf.getRoot().removeKey("/OutputIntents");
    source.pdf = written(pdf);
    return source;
} catch (const std::exception& problem) {
    return {bytes, 1};
}

Rgb page_in_colour(const ReadPage& page, double dpi, const Bench& bench) {
    const std::string picture = bench / "page.ppm";
    const auto command = [&] {
        switch (page.reader) {
            case Reader::MuPdf:
                return fmt::format("timeout 60 mutool draw -q -F ppm -r {:.3f} -o '{}' '{}' {} 2>/dev/null", dpi,
                                   picture, page.pdf, page.page);
            case Reader::Ghostscript:
                return fmt::format(
                    "timeout 60 gs -q -dNOPAUSE -dBATCH -dUseCropBox -sDEVICE=ppmraw -r{:.3f} "
                    "-dFirstPage={} -dLastPage={} -sOutputFile='{}' '{}' >/dev/null 2>&1",
                    dpi, page.page, page.page, picture, page.pdf);
            case Reader::Poppler: break;
        }
        return fmt::format("timeout 60 pdftoppm -q -cropbox -singlefile -r {:.3f} -f {} -l {} '{}' '{}' 2>/dev/null",
                           dpi, page.page, page.page, page.pdf, bench / "page");
    }();
    Rgb drawn;
    if (std::system(command.c_str()) != 0) return drawn;
    std::ifstream file(picture, std::ios::binary);
    std::string magic;
    int depth = 0;
    file >> magic;
    file >> std::ws;
    for (std::string comment; file.peek() == '#';) std::getline(file, comment);
    file >> drawn.columns >> drawn.rows >> depth;
    file.get();
    drawn.pixels.assign(std::istreambuf_iterator<char>(file), {});
    fs::remove(picture);
    return drawn;
}

double share_off(const Rgb& source, const Rgb& printed, int stamp_rows) {
    constexpr int rounding = 4, tolerance = 26;
    if (std::abs(source.columns - printed.columns) > rounding || std::abs(source.rows - printed.rows) > rounding)
        return 1;
    const int columns = std::min(source.columns, printed.columns), rows = std::min(source.rows, printed.rows);
    std::int64_t off = 0;
    for (int y = stamp_rows; y < rows; ++y) {
        const char* a = source.pixels.data() + 3 * static_cast<std::ptrdiff_t>(y) * source.columns;
        const char* b = printed.pixels.data() + 3 * static_cast<std::ptrdiff_t>(y) * printed.columns;
        for (int x = 0; x < columns; ++x, a += 3, b += 3) {
            int worst = 0;
            for (int ink = 0; ink < 3; ++ink)
                worst =
                    std::max(worst, std::abs(static_cast<unsigned char>(a[ink]) - static_cast<unsigned char>(b[ink])));
            off += worst > tolerance ? 1 : 0;
        }
    }
    return static_cast<double>(off) / std::max(1.0, static_cast<double>(columns) * (rows - stamp_rows));
}

}  // namespace pli::stamping
