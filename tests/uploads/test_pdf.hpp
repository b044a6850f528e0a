#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frame/assets.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// What a small PDF of one page is made of; the rest is filled in.
struct Sketch {
    std::string content = "0 0 1 rg 10 20 30 40 re f";
    std::string page{};                 // further entries of the page: "/Rotate 90"
    std::string box = "[0 0 200 100]";  // MediaBox
    std::string resources = "<<>>";
    std::string catalog{};               // further entries of the catalog
    std::vector<std::string> objects{};  // numbered from 5
};

/// A well-formed PDF of one page, cross-reference table included.
std::string pdf_of(const Sketch& sketch);

/// The imported pages, or a failed test that says why.
std::vector<ForeignPage> imported(const std::string& pdf, const ImportOptions& options = {});
Error refusal_of(const std::string& pdf, const ImportOptions& options = {});

/// All bytes of a page's objects, the content of its form inflated.
std::string everything_in(const ForeignPage& page);
std::string content_of(const ForeignPage& page);

std::string file_bytes(const std::string& path);

/// A folder for the outside tools of one test, removed afterwards.
class Workbench {
public:
    Workbench();
    ~Workbench();
    std::string path(std::string_view name) const;
    std::string write(std::string_view name, std::string_view bytes) const;

private:
    std::string folder_;
};

/// Standard output and exit status of a command line.
struct Heard {
    std::string text;
    int status = 0;
};
Heard run(const std::string& command);

/// 8-bit RGB, as pdftoppm writes it.
struct Ppm {
    int columns = 0, rows = 0;
    std::string rgb;
};
/// One page drawn by pdftoppm; no columns where it cannot.
Ppm drawn_by_poppler(const std::string& file, int page, int dpi, const Workbench& bench);
/// The share of pixels that differ by more than `tolerance` in any channel; 1 where the sizes differ.
double difference(const Ppm& a, const Ppm& b, int tolerance);

}  // namespace pli::uploads
