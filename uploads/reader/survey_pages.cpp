#include "uploads/reader/survey_pages.hpp"

#include <algorithm>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "uploads/reader/document_facts.hpp"
#include "uploads/reader/field_lines.hpp"
#include "uploads/reader/page_form.hpp"
#include "uploads/reader/page_walk.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/upload.hpp"
#include "uploads/reader/words.hpp"

namespace pli::uploads::reader {
namespace {

/// What a page says of itself before its annotations become content.
struct PageBefore {
    std::vector<RawBox> boxes;
    std::vector<std::pair<AnnotationFact, QPDFObjectHandle::Rectangle>> annotations;
};

std::vector<RawBox> boxes_of(QPDFPageObjectHelper page) {
    std::vector<RawBox> boxes;
    for (const char* name : {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}) {
        const auto box = page.getAttribute(name, false);
        const auto corners = items_of(box);
        if (corners.size() != 4) continue;
        RawBox raw{name + 1};
        for (std::size_t i = 0; i < 4; ++i) raw.corners[i] = number_of(corners[i]);
        boxes.push_back(std::move(raw));
    }
    return boxes;
}

PageBefore before_drawing(const QPDFPageObjectHelper& page) {
    constexpr std::size_t most_annotations = 5000;
    PageBefore before{boxes_of(page), {}};
    for (const auto& annotation : items_in(QPDFPageObjectHelper(page).getObjectHandle(), "/Annots")) {
        if (!is_dictionary(annotation) || before.annotations.size() >= most_annotations) continue;
        const auto flags = static_cast<unsigned>(std::max(0.0, number_in(annotation, "/F", 0)));
        constexpr unsigned invisible = 1, hidden = 2, print = 4;
        const std::string kind = name_in(annotation, "/Subtype");
        const auto box = entry(annotation, "/Rect");
        before.annotations.push_back(
            {{utf8_or_escaped(kind.empty() ? kind : kind.substr(1)),
              {},
              (flags & print) != 0 && (flags & (invisible | hidden)) == 0},
             is_rectangle(box) ? QPDFObjectHandle(box).getArrayAsRectangle() : QPDFObjectHandle::Rectangle()});
    }
    return before;
}

Edges edges_between(const Extent& outer, const Extent& inner) {
    const auto room = [](double points) { return length_of(std::max(0.0, points)); };
    return {room(inner.top - outer.top), room(outer.right - inner.right), room(outer.bottom - inner.bottom),
            room(inner.left - outer.left)};
}

/// The page of an upload on its way to be walked.
struct Sheet {
    PlacedForm placed;
    Matrix to_paper;  // from the form's own space, after its /Matrix
    Extent trim, media;
};

Result<Sheet> sheet_of(QPDFPageObjectHelper page, int number) {
    Sheet sheet{TRY(form_of_page(page, number)), {}, {}, {}};
    const double height = sheet.placed.size.height.to_pt();
    sheet.to_paper = {1, 0, 0, -1, 0, height};
    sheet.trim = {0, 0, sheet.placed.size.width.to_pt(), height};
    sheet.media = sheet.trim;
    const Matrix whole = matrix_from(entry(sheet.placed.form, "/Matrix")).then(sheet.to_paper);
    if (const auto box = page.getMediaBox(); is_rectangle(box)) {
        const auto b = QPDFObjectHandle(box).getArrayAsRectangle();
        sheet.media = extent_of(whole, b.llx, b.lly, b.urx - b.llx, b.ury - b.lly);
    }
    return sheet;
}

void read_geometry(QPDFPageObjectHelper page, const Sheet& sheet, PageBefore before, PageFacts& facts) {
    facts.size = sheet.placed.size;
    facts.boxes = std::move(before.boxes);
    facts.rotation = static_cast<int>(number_of(page.getAttribute("/Rotate", false)));
    facts.user_unit = number_in(page.getObjectHandle(), "/UserUnit", 1);
    facts.bleed_room = edges_between(sheet.media, sheet.trim);
    const Matrix whole = matrix_from(entry(sheet.placed.form, "/Matrix")).then(sheet.to_paper);
    for (auto& [annotation, box] : before.annotations) {
        annotation.box = rect_of(extent_of(whole, box.llx, box.lly, box.urx - box.llx, box.ury - box.lly));
        facts.annotations.push_back(std::move(annotation));
    }
}

Result<PageFacts> survey_page(const QPDFPageObjectHelper& page, int number, PageBefore before, WalkBooks& books) {
    const Sheet sheet = TRY(sheet_of(page, number));
    PageFacts facts;
    read_geometry(page, sheet, std::move(before), facts);
    PageMarks marks;
    marks.trim = sheet.trim;
    PageWalk(books, marks).walk(sheet.placed.form, sheet.to_paper, sheet.media);
    facts.texts = words_of(marks);
    for (const FoundLine& line : field_lines_of(marks, books.fonts.document()))
        for (const FoundPart& part : line.parts)
            if (!part.part.placeholder.empty()) facts.placeholders.push_back(part.fact);
    facts.paths = std::move(marks.paths);
    facts.pictures = std::move(marks.pictures);
    facts.bleed = marks.bleed;
    facts.transparency = marks.transparency;
    facts.truncated = marks.truncated;
    facts.damaged = marks.damaged;
    return facts;
}

}  // namespace

Result<Survey> survey_pages(const std::string& bytes, int most_pages) {
    const auto pdf = TRY(open_upload(bytes));
    Survey survey{facts_of(*pdf, bytes), {}};
    std::vector<PageBefore> before;
    for (const auto& page : pdf->getAllPages()) before.push_back(before_drawing(page));
    const auto pages = TRY(printed_pages(*pdf, most_pages));
    const Layers layers(*pdf);
    FontBook fonts(survey.document);
    ColourSpaces spaces(survey.document);
    WalkBooks books{fonts, spaces, layers, {}};
    for (std::size_t i = 0; i < pages.size(); ++i)
        survey.pages.push_back(TRY(survey_page(pages[i], static_cast<int>(i) + 1, std::move(before[i]), books)));
    return survey;
}

}  // namespace pli::uploads::reader
