#include "uploads/import.hpp"

#include "uploads/asking.hpp"

namespace pli::uploads {
Result<std::vector<ForeignPage>> import_pdf(std::string bytes, std::string_view where, const ImportOptions& options) {
    std::vector<std::string> request{"pages", std::to_string(options.limits.pages),
                                     options.grey_rgb_to_k ? "grey-to-k"
                                     : options.for_press   ? "for-press"
                                                           : "as-is"};
    if (options.bleed > Length{}) request.push_back(std::to_string(options.bleed.nm()));
    ImportedPages imported = TRY(as_result(ask_for<ImportedPages>(std::move(request), bytes, where, options.limits)));
    const auto objects = std::make_shared<const std::vector<ForeignObject>>(std::move(imported.objects));
    const auto source = std::make_shared<const std::string>(std::move(bytes));
    std::vector<ForeignPage> pages;
    for (const PageForm& page : imported.pages)
        pages.push_back({page.size, page.form, objects, source, static_cast<int>(pages.size()), imported.srgb_space});
    return pages;
}

Result<Raster> rasterise(const std::string& bytes, int page, int dpi, std::string_view where, const Limits& limits) {
    return as_result(ask_for<Raster>({"raster", std::to_string(page), std::to_string(dpi)}, bytes, where, limits));
}

Result<Survey> survey(const std::string& bytes, std::string_view where, const Limits& limits) {
    return as_result(ask_for<Survey>({"survey", std::to_string(limits.pages), "as-is"}, bytes, where, limits));
}

}  // namespace pli::uploads
