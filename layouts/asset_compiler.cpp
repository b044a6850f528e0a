#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

constexpr Length px_at_150_dpi = Length::nm(169'333);  // an image that is given no size is printed at 150 dpi

bool is_svg(const std::string& file) { return file.size() > 4 && file.compare(file.size() - 4, 4, ".svg") == 0; }

Size natural_size(const Asset& asset) {
    if (const auto* page = std::get_if<ForeignPage>(&asset)) return page->size;
    if (const auto* image = std::get_if<Image>(&asset))
        return {px_at_150_dpi * image->columns, px_at_150_dpi * image->rows};
    return std::get<Layer>(asset).frame.size;
}

/// As large as the box allows, proportions kept.
Size fitted(Size natural, const PictureSpec& spec, Length room) {
    const auto ratio = [](Length a, Length b) { return static_cast<double>(a.nm()) / static_cast<double>(b.nm()); };
    double factor = spec.width || spec.height ? 1e9 : std::min(1.0, ratio(room, natural.width));
    if (spec.width) factor = std::min(factor, ratio(*spec.width, natural.width));
    if (spec.height) factor = std::min(factor, ratio(*spec.height, natural.height));
    return {natural.width.scaled(factor), natural.height.scaled(factor)};
}

void add_bytes(Digest& digest, const ForeignPage& page) {
    if (page.source) digest.add(*page.source);
    for (const auto& object : *page.objects) digest.add(object.bytes);
}

tl::unexpected<Error> unreachable(const std::string& file) {
    return failure(Fault::Unsupported, file, "this kind of file cannot be read here");
}

}  // namespace

Result<AssetId> AssetCompiler::load(const PictureSpec& spec) {
    const auto& resources = shop_.workshop.resources;
    if (!resources.read) return unreachable(spec.file);
    const std::string bytes = TRY(resources.read(spec.file));
    shop_.digest.add(bytes);
    if (is_svg(spec.file)) {
        if (!resources.import_svg) return unreachable(spec.file);
        shop_.state.production.colour = true;  // nobody has looked which inks it uses
        return shop_.workshop.assets.add(TRY(resources.import_svg(bytes, spec.file)));
    }
    if (!resources.decode_image) return unreachable(spec.file);
    Image image = TRY(resources.decode_image(bytes, spec.file));
    if (image.space != Image::Space::Gray) shop_.state.production.colour = true;
    return shop_.workshop.assets.add(std::move(image));
}

Size AssetCompiler::size_of(AssetId asset) const { return natural_size(shop_.workshop.assets[asset]); }

std::optional<Picture> AssetCompiler::picture(const PictureSpec& spec, Length room) {
    auto known = loaded_.find(spec.file);
    if (known == loaded_.end()) {
        const auto asset = load(spec);
        if (!asset) {
            shop_.findings.failed("missing-image", spec.pointer, asset.error());
            return {};
        }
        known = loaded_.emplace(spec.file, *asset).first;
    }
    const Size natural = size_of(known->second);
    if (natural.width > 0_mm && natural.height > 0_mm) {
        const Picture picture{known->second, fitted(natural, spec, room)};
        const auto* image = std::get_if<Image>(&shop_.workshop.assets[known->second]);
        if (image != nullptr) check_picture(shop_, *image, picture.size, spec);
        return picture;
    }
    shop_.findings.error("empty-image", spec.pointer, "this picture has no size");
    return {};
}

std::vector<AssetId> AssetCompiler::pages(const std::string& file, const std::string& pointer) {
    return bring(file, pointer, nullptr);
}

std::vector<AssetId> AssetCompiler::fillable_pages(const std::string& file, const std::string& pointer,
                                                   PageLines& lines) {
    return bring(file, pointer, &lines);
}

std::vector<AssetId> AssetCompiler::bring(const std::string& file, const std::string& pointer, PageLines* lines) {
    const auto& import = shop_.workshop.resources.import_pdf;
    const UploadOrder order{shop_.design.repairs, shop_.profile, shop_.design.sides, lines != nullptr};
    auto upload = import ? import(file, order) : Result<Upload>(unreachable(file));
    std::vector<AssetId> ids;
    if (!upload) {
        shop_.findings.failed("missing-pdf", pointer, upload.error());
        return ids;
    }
    for (auto& deed : upload->repaired) shop_.findings.note("repaired", pointer, std::move(deed));
    shop_.state.production.colour = true;  // nobody has looked which inks it uses
    if (!upload->pages.empty()) add_bytes(shop_.digest, upload->pages.front());
    for (auto& page : upload->pages) ids.push_back(shop_.workshop.assets.add(std::move(page)));
    if (lines != nullptr) *lines = std::move(upload->lines);
    return ids;
}

}  // namespace pli::layouts
