#include "service/preview.hpp"

#include <fmt/format.h>
#include <cstdlib>
#include <filesystem>

#include <utility>

#include "layouts/template.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"
#include "render/proof.hpp"
#include "service/composing.hpp"
#include "service/one_letter.hpp"
#include "uploads/import.hpp"
#include "uploads/page_pdf.hpp"

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

Result<std::string> as_png(const layouts::TypesetLetter& typeset, const Composing& composing,
                           const PreviewRequest& request) {
    if (request.page < 1 || static_cast<std::size_t>(request.page) > typeset.page_count)
        return failure(Fault::NotFound, fmt::format("page {}", request.page),
                       fmt::format("the letter has {} page(s)", typeset.page_count));
    render::ProofOptions options;
    options.dpi = request.dpi;
    options.rasterise = [](const ForeignPage& page, int dpi) -> Result<render::Picture> {
        auto raster = TRY(page.source ? uploads::rasterise(*page.source, page.source_page, dpi, "the uploaded page")
                                      : uploads::rasterise(uploads::page_pdf(page), 0, dpi, "the uploaded page"));
        return render::Picture{raster.columns, raster.rows, std::move(raster.rgb)};
    };
    const auto& frame = typeset.pages[static_cast<std::size_t>(request.page) - 1];
    return render::encode_png(TRY(render::draw_proof(frame, *composing.fonts, *composing.assets, options)),
                              request.dpi);
}

Result<std::string> as_pdf(const layouts::TypesetLetter& typeset, const Composing& composing,
                           const PreviewRequest& request) {
    const auto scratch = TRY(ScratchFolder::make());
    const auto path = scratch.path() + "/preview.pdf";
    auto pdf = TRY(render::BatchPdf::create(
        {path, "Preview", "preview", Instant::midnight(request.day), &composing.press->condition}, *composing.fonts,
        *composing.assets));
    render::ContentEncoder encoder(*composing.fonts, *composing.assets);
    render::ResourceUse use;
    render::PageContent content;
    std::vector<render::SheetSide> sides;
    for (std::size_t i = 0; i < typeset.page_count; ++i) {
        TRY(encoder.encode(typeset.pages[i], use, content));
        const Rect whole{{}, typeset.pages[i].size};
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

}  // namespace

Result<Preview> preview(const Workspace& workspace, const PreviewRequest& request) {
    const auto shown = TRY(find_letter(workspace, {request.letter, request.template_name, request.data_file}));
    const auto composing = TRY(compose(workspace, {shown.template_name}, request.day));
    if (!composing.broken.front().empty())
        return failure(Fault::BadInput, "template " + shown.template_name, composing.broken.front());
    layouts::Typesetter typesetter(*composing.fonts, *composing.assets, request.day, workspace.country);
    layouts::TypesetLetter typeset;
    TRY(typesetter.lay_out(composing.templates.front(), shown.letter, typeset));
    auto bytes = TRY(request.kind == PreviewKind::Png ? as_png(typeset, composing, request)
                                                      : as_pdf(typeset, composing, request));
    return Preview{std::move(bytes), typeset.page_count};
}

}  // namespace pli::service
