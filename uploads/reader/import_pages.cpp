#include "uploads/reader/import_pages.hpp"

#include <fmt/format.h>

#include <limits>

#include "uploads/page_pdf.hpp"
#include "uploads/reader/content_filters.hpp"
#include "uploads/reader/default_colour.hpp"
#include "uploads/reader/defined_names.hpp"
#include "uploads/reader/embedded_fonts.hpp"
#include "uploads/reader/layers.hpp"
#include "uploads/reader/objects.hpp"
#include "uploads/reader/page_form.hpp"
#include "uploads/reader/press_states.hpp"
#include "uploads/reader/raster.hpp"
#include "uploads/reader/take_placeholders.hpp"
#include "uploads/reader/upload.hpp"
#include "uploads/reader/well_formed.hpp"

namespace pli::uploads::reader {
namespace {

/// `layers` is referred to by the filter and must live as long.
Taking taking_for(const Layers& layers, const Wanted& wanted, const RgbMeaning& rgb) {
    Taking taking;
    taking.most_bytes = wanted.most_bytes;
    taking.drop_rgb_groups = wanted.grey_to_k;
    taking.default_rgb = rgb.space;
    taking.filter = [&layers, grey = wanted.grey_to_k](std::string content, const QPDFObjectHandle& resources) {
        if (layers.any()) content = without_layers(content, resources, layers);
        if (grey) content = grey_rgb_to_k(content);
        return with_defined_names(well_formed(std::move(content)), resources);
    };
    return taking;
}

/// Forms of PDF 1.1 may lack resources and use the page's (ISO 32000-1 §7.8.3); in a form of ours there is no page.
void lend_resources(QPDFObjectHandle form) {
    const QPDFObjectHandle resources = form.getDict().getKey("/Resources");
    QPDFPageObjectHelper(form).forEachFormXObject(true,
                                                  [&](QPDFObjectHandle& inner, QPDFObjectHandle&, const std::string&) {
                                                      QPDFObjectHandle dictionary = inner.getDict();
                                                      if (!dictionary.hasKey("/Resources"))
                                                          dictionary.replaceKey("/Resources", resources);
                                                  });
}

/// The forms that show the text between placeholders, then the page.
Result<PageForm> take_open_page(OpenPage& page, ObjectCollector& collector) {
    lend_resources(page.placed.form);
    PageForm taken{page.placed.size, TRY(collector.take(page.placed.form)), {}};
    for (OpenPage::Line& line : page.lines) {
        for (std::size_t i = 0; i < line.forms.size(); ++i)
            if (line.forms[i].isStream()) line.line.parts[i].form = TRY(collector.take(line.forms[i]));
        taken.field_lines.push_back(std::move(line.line));
    }
    return taken;
}

Result<PageForm> take_page(const QPDFPageObjectHelper& page, std::size_t index, ObjectCollector& collector,
                           Length bleed = {}) {
    const PlacedForm placed = TRY(form_of_page(page, static_cast<int>(index) + 1));
    if (bleed > Length{}) show_bleed(placed.form, page, bleed);
    lend_resources(placed.form);
    return PageForm{placed.size, TRY(collector.take(placed.form)), {}};
}

}  // namespace

Result<ImportedPages> import_pages(const std::string& bytes, const Wanted& wanted) {
    const auto pdf = TRY(open_upload(bytes));
    const auto pages = TRY(printed_pages(*pdf, wanted.most_pages));
    strip_press_states(*pdf);
    if (wanted.for_press) TRY(demand_embedded_fonts(*pdf));
    const Layers layers(*pdf);
    const RgbMeaning rgb = rgb_meaning(*pdf);
    ObjectCollector collector(taking_for(layers, wanted, rgb));
    ImportedPages imported;
    auto open = wanted.take_placeholders ? TRY(take_placeholders(*pdf, pages)) : std::vector<OpenPage>{};
    for (OpenPage& page : open) imported.pages.push_back(TRY(take_open_page(page, collector)));
    for (std::size_t index = open.size(); index < pages.size(); ++index)
        imported.pages.push_back(TRY(take_page(pages[index], index, collector, wanted.bleed)));
    if (rgb.is_srgb) imported.srgb_space = collector.number_if_taken(rgb.space);
    imported.objects = collector.finish();
    return imported;
}

Result<Raster> draw_page(const std::string& bytes, const Drawing& drawing) {
    const auto pdf = TRY(open_upload(bytes));
    return draw_page(*pdf, TRY(printed_pages(*pdf, std::numeric_limits<int>::max())), drawing);
}

Result<Raster> draw_page(QPDF& pdf, const std::vector<QPDFPageObjectHelper>& pages, const Drawing& drawing) {
    const auto index = static_cast<std::size_t>(drawing.page);
    if (index >= pages.size())
        return failure(Fault::NotFound, "", fmt::format("the PDF has {} pages, no page {}", pages.size(), index + 1));
    const Layers layers(pdf);
    ObjectCollector collector(taking_for(layers, {drawing.most_bytes}, rgb_meaning(pdf)));
    const PageForm page = TRY(take_page(pages[index], index, collector));
    return draw(page_pdf(collector.finish(), page.form, page.size), drawing.dpi);
}

}  // namespace pli::uploads::reader
