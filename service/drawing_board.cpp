#include "service/drawing_board.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "render/page_content.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

/// A folder that goes away with its owner.
class ScratchFolder {
public:
    static Result<ScratchFolder> make() {
        auto pattern = (fs::temp_directory_path() / "pli-preview-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return failure(Fault::Environment, pattern, "cannot be made", "check TMPDIR and free space");
        return ScratchFolder(std::move(pattern));
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    const std::string& path() const { return path_; }

private:
    explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace

Result<std::string> encoded(const PreviewRequest& request, Easel& easel) {
    return request.kind == PreviewKind::Webp ? render::encode_webp(easel.canvas)
                                             : easel.png.encode(easel.canvas, request.dpi);
}

DrawingBoard::DrawingBoard(const Composing& composing, Day day, const std::string& country, BoardSupplies supplies)
    : composing_(composing),
      day_(day),
      typesetter_(*composing.fonts, *composing.assets, day, country),
      proofer_({*composing.fonts, *composing.assets, std::move(supplies.rasterise), std::move(supplies.name),
                supplies.shelf}) {}

Result<Preview> DrawingBoard::draw(const Letter& letter, const PreviewRequest& request, Easel& easel) {
    const auto& letterform = composing_.templates.front();
    TRY(typesetter_.lay_out(letterform, letter, typeset_));
    auto bytes = TRY(request.kind == PreviewKind::Pdf ? pdf() : picture(request, easel));
    return Preview{std::move(bytes), typeset_.page_count, letterform.name(), letterform.version()};
}

Result<std::string> DrawingBoard::picture(const PreviewRequest& request, Easel& easel) {
    if (request.page < 1 || static_cast<std::size_t>(request.page) > typeset_.page_count)
        return failure(Fault::NotFound, fmt::format("page {}", request.page),
                       fmt::format("the letter has {} page(s)", typeset_.page_count));
    const auto& frame = typeset_.pages[static_cast<std::size_t>(request.page) - 1];
    TRY(proofer_.draw(frame, request.dpi, easel.canvas));
    return encoded(request, easel);
}

Result<std::string> DrawingBoard::pdf() {
    const auto scratch = TRY(ScratchFolder::make());
    const auto path = scratch.path() + "/preview.pdf";
    auto pdf = TRY(
        render::BatchPdf::create({path, "Preview", "preview", Instant::midnight(day_), &composing_.press->condition},
                                 *composing_.fonts, *composing_.assets));
    render::ContentEncoder encoder(*composing_.fonts, *composing_.assets);
    render::ResourceUse use;
    render::PageContent content;
    std::vector<render::SheetSide> sides;
    for (std::size_t i = 0; i < typeset_.page_count; ++i) {
        TRY(encoder.encode(typeset_.pages[i], use, content));
        const Rect whole{{}, typeset_.pages[i].size};
        const auto page = TRY(pdf.append(content));
        sides.push_back({whole.size, whole, whole, {page}, {}});
    }
    std::size_t next = 0;
    TRY(pdf.close(use, [&](render::SheetSide& side) {
        if (next == sides.size()) return false;
        side = sides[next++];
        return true;
    }));
    return read_file(path);
}

}  // namespace pli::service
