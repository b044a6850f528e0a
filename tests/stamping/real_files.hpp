#pragma once
#include <string>
#include <vector>

#include "frame/assets.hpp"
#include "tests/stamping/print_shop.hpp"

namespace pli::stamping {

struct RealFile {
    std::string name, bytes;
};
/// A set of the collection that PLI_CORPORA names, by name; those that lie there gzipped are unpacked. Empty, with a
/// message, where the variable is not set.
std::vector<RealFile> real_files(const std::string& set);

std::string bytes_of(const std::string& path);

/// The same file without its OutputIntent: poppler shows a file that has one in the colours of that press, and a source
/// that has none in those of the screen.
std::string without_press(const std::string& bytes);

/// The upload as another program shows it on paper: the CropBox set to what is left after trimming, UserUnit taken off
/// (poppler ignores it) and told. Page from 0.
struct SourcePage {
    std::string pdf;
    double unit = 1;
};
SourcePage source_page(const std::string& bytes, std::size_t page);

struct Rgb {
    int columns = 0, rows = 0;
    std::string pixels;
};
enum class Reader { Poppler, MuPdf, Ghostscript };
struct ReadPage {
    std::string pdf;
    int page = 0;  // from 1
    Reader reader = Reader::Poppler;
};
/// A page drawn by another program; no columns where it cannot.
Rgb page_in_colour(const ReadPage& page, double dpi, const Bench& bench);

/// The share of pixels that differ by more than a tenth in any ink, the rows of the stamp left out; sheets that differ
/// by no more than their rounding are compared where they overlap. 1: another sheet.
double share_off(const Rgb& source, const Rgb& printed, int stamp_rows);

}  // namespace pli::stamping
