#include "uploads/fillable.hpp"

#include "uploads/asking.hpp"

namespace pli::uploads {

Result<std::vector<FillablePage>> import_fillable(std::string bytes, std::string_view where,
                                                  const ImportOptions& options) {
    std::vector<std::string> request{"pages", std::to_string(options.limits.pages),
                                     options.for_press ? "for-press" : "as-is", "fill"};
    ImportedPages imported = TRY(as_result(ask_for<ImportedPages>(std::move(request), bytes, where, options.limits)));
    const auto objects = std::make_shared<const std::vector<ForeignObject>>(std::move(imported.objects));
    const auto source = std::make_shared<const std::string>(std::move(bytes));
    std::vector<FillablePage> pages;
    for (PageForm& form : imported.pages) {
        ForeignPage page{form.size, form.form, objects, source, static_cast<int>(pages.size()), imported.srgb_space};
        if (!form.field_lines.empty()) page.source = nullptr;
        pages.push_back({std::move(page), std::move(form.field_lines)});
    }
    return pages;
}

}  // namespace pli::uploads
