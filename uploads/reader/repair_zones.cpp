#include "uploads/reader/repair_zones.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "uploads/reader/own_forms.hpp"
#include "uploads/reader/page_form.hpp"
#include "uploads/reader/page_walk.hpp"
#include "uploads/reader/repair_pages.hpp"
#include "uploads/reader/repair_placing.hpp"
#include "uploads/reader/zone_clearing.hpp"

namespace pli::uploads::reader {
namespace {

Extent extent_from(const Rect& zone) {
    return {zone.left().to_pt(), zone.top().to_pt(), zone.right().to_pt(), zone.bottom().to_pt()};
}

Rect rect_from(const Extent& extent) { return rect_of(extent); }

/// The page on its own: a form, and how it stands on paper.
struct LoosePage {
    PlacedForm placed;
    Matrix to_paper;
    Extent trim;
};

Result<LoosePage> loosened(const QPDFPageObjectHelper& page, int number) {
    LoosePage loose{TRY(form_of_page(page, number)), {}, {}};
    const double height = loose.placed.size.height.to_pt();
    loose.to_paper = {1, 0, 0, -1, 0, height};
    loose.trim = {0, 0, loose.placed.size.width.to_pt(), height};
    return loose;
}

class Clearing {
public:
    explicit Clearing(const RepairDesk& desk)
        : desk_(desk), layers_(desk.pdf), fonts_(document_), spaces_(document_), books_{fonts_, spaces_, layers_, {}} {}

    Done clear(QPDFObjectHandle page, int number, const std::vector<Rect>& zones) {
        LoosePage loose = TRY(loosened(QPDFPageObjectHelper(page), number));
        if (!any_mark(marks_of(loose.placed.form, loose), zones)) return {};
        loose.placed.form = TRY(with_forms_of_its_own(desk_.pdf, loose.placed.form));
        const PageMarks marks = marks_of(loose.placed.form, loose);
        if (marks.truncated || marks.damaged)
            return failure(
                Fault::BadInput, "too-detailed",
                fmt::format("page {} has more than can be followed, so nothing can be taken out of it", number),
                "clear the zone in your design program");
        std::vector<Extent> extents;
        for (const Rect& zone : zones) extents.push_back(extent_from(zone));
        ZoneClearing clearing(extents, marks);
        clearing.clear(loose.placed.form, loose.to_paper);
        set_back(page, loose, extents);
        tell(number, zones.size(), clearing.cleared());
        return {};
    }

private:
    PageMarks marks_of(const QPDFObjectHandle& form, const LoosePage& loose) {
        PageMarks marks;
        marks.trim = loose.trim;
        PageWalk(books_, marks).walk(form, loose.to_paper, loose.trim);
        return marks;
    }
    static bool any_mark(const PageMarks& marks, const std::vector<Rect>& zones) {
        const auto touched = [&](const auto& all, const auto& box_of) {
            return std::ranges::any_of(all, [&](const auto& mark) {
                return std::ranges::any_of(zones, [&](const Rect& zone) { return zone.overlaps(box_of(mark)); });
            });
        };
        return touched(marks.glyphs, [](const PageGlyph& glyph) { return rect_from(glyph.box); }) ||
               touched(marks.paths, [](const PathMark& path) { return path.box; }) ||
               touched(marks.pictures, [](const PictureMark& picture) { return picture.box; }) || marks.truncated;
    }
    /// Clips follow each other: in one path, zones that overlap would let each other's common part through.
    void set_back(QPDFObjectHandle page, const LoosePage& loose, const std::vector<Extent>& zones) {
        const double width = loose.trim.right, height = loose.trim.bottom;
        std::string operators = "q";
        for (const Extent& zone : zones)
            operators +=
                fmt::format(" {:.4f} {:.4f} {:.4f} {:.4f} re {:.4f} {:.4f} {:.4f} {:.4f} re W* n", -width, -height,
                            3 * width, 3 * height, zone.left, height - zone.bottom, zone.width(), zone.height());
        draw_only(desk_.pdf, page, loose.placed.form, operators + " /Page Do Q\n");
        set_trim(page, loose.placed.size);
    }
    void tell(int number, std::size_t zones, const Cleared& cleared) const {
        desk_.tell(ClearZone{}, number,
                   fmt::format("{} emptied: {} characters, {} paths, {} pictures and {} forms taken out, what reached "
                               "in is clipped",
                               zones == 1 ? "a zone was" : "zones were", cleared.characters, cleared.paths,
                               cleared.pictures, cleared.forms));
    }

    const RepairDesk& desk_;
    DocumentFacts document_;
    Layers layers_;
    FontBook fonts_;
    ColourSpaces spaces_;
    WalkBooks books_;
};

}  // namespace

Done clear_zones(const RepairDesk& desk, const std::vector<ClearZone>& zones) {
    flatten_layers(desk);
    Clearing clearing(desk);
    const std::vector<QPDFObjectHandle> pages = desk.pdf.getAllPages();
    for (const ClearZone& zone : zones)
        if (zone.page > static_cast<int>(pages.size()))
            return failure(Fault::NotFound, "", fmt::format("{}: the PDF has {} pages", text_of(zone), pages.size()));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        std::vector<Rect> here;
        for (const ClearZone& zone : zones)
            if (zone.page == number || zone.page == ClearZone::every_page) here.push_back(zone.zone);
        if (!here.empty()) TRY(clearing.clear(pages[i], number, here));
    }
    return {};
}

}  // namespace pli::uploads::reader
