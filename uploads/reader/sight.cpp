#include "uploads/reader/sight.hpp"

#include <algorithm>

#include "uploads/page_pdf.hpp"
#include "uploads/reader/codes.hpp"
#include "uploads/reader/import_pages.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::uint8_t lightest_mark = 255 - 51, lightest_tint = 255 - 8;

Result<std::string> imported(const std::string& bytes, const Looking& looking) {
    const ImportedPages pages = TRY(import_pages(bytes, {looking.most_bytes, looking.most_pages}));
    return pages_pdf(pages.objects, pages.pages);
}

}  // namespace

InkMap ink_of(const DrawnPage& page) {
    InkMap map{page.size, page.columns, page.rows, {}, {}};
    map.marks.assign(std::size_t{map.stride()} * map.rows, '\0');
    map.tints = map.marks;
    for (std::uint32_t y = 0; y < map.rows; ++y) {
        const std::uint8_t* pixel = page.row(y);
        char* marks = map.marks.data() + std::size_t{y} * map.stride();
        char* tints = map.tints.data() + std::size_t{y} * map.stride();
        for (std::uint32_t x = 0; x < map.columns; ++x, pixel += 4) {
            const std::uint8_t lightest = std::min({pixel[0], pixel[1], pixel[2]});
            if (lightest > lightest_tint) continue;
            char* const plane = lightest > lightest_mark ? tints : marks;  // g++ 12, sanitizing, errs on (a ? b : c)[i]
            plane[x / 8] = static_cast<char>(plane[x / 8] | (0x80 >> x % 8));
        }
    }
    return map;
}

Result<Sight> see_pages(const std::string& bytes, const Looking& looking) {
    const std::string pdf = TRY(imported(bytes, looking));
    Sight sight;
    TRY(draw_each(pdf, {0, looking.most_pages}, looking.dpi, [&](const DrawnPage& page) {
        sight.push_back({ink_of(page), codes_on(page)});
    }));
    return sight;
}

Result<std::vector<Raster>> draw_pages(const std::string& bytes, PageRange range, const Looking& looking) {
    const std::string pdf = TRY(imported(bytes, looking));
    std::vector<Raster> rasters;
    TRY(draw_each(pdf, range, looking.dpi, [&](const DrawnPage& page) { rasters.push_back(pixels_of(page)); }));
    return rasters;
}

}  // namespace pli::uploads::reader
