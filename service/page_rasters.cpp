#include "service/page_rasters.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "uploads/import.hpp"
#include "uploads/page_pdf.hpp"

namespace pli::service {
namespace {

constexpr std::string_view place = "the uploaded page";

render::Picture picture_of(uploads::Raster raster) { return {raster.columns, raster.rows, std::move(raster.rgb)}; }

/// The file that shows the page, and which of its pages it is.
struct Shown {
    std::string own;
    const std::string* file;
    int page = 0;
    explicit Shown(const ForeignPage& foreign) : file(foreign.source.get()), page(foreign.source_page) {
        if (file != nullptr) return;
        own = uploads::page_pdf(foreign);
        file = &own;
        page = 0;
    }
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;
};

}  // namespace

Result<render::Picture> rasterise_page(const ForeignPage& page, int dpi) {
    const Shown shown(page);
    return picture_of(TRY(uploads::rasterise(*shown.file, shown.page, dpi, place)));
}

Result<render::Picture> PageRasters::rasterise(const ForeignPage& page, int dpi) {
    const Shown shown(page);
    const auto name = fmt::format("raster/{}/{}/{}", Digest::hex_of(*shown.file), shown.page, dpi);
    if (const auto kept = shelf_.find(name)) return render::picture_of(kept->canvas);
    auto picture = picture_of(TRY(readers_.rasterise(*shown.file, shown.page, dpi, place)));
    shelf_.keep(name, {0, 0, render::canvas_of(picture)});
    return picture;
}

}  // namespace pli::service
