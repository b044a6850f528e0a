#include "pipeline/print_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "pipeline/plain_text.hpp"
#include "pipeline/press_sheet.hpp"

namespace pli::pipeline {
namespace {

using render::BatchPdf;
using render::ContentId;

/// What all press sheets of a batch share, by side where front and back differ, and the slug line of each side.
struct PressContents {
    struct OfSide {
        std::vector<ContentId> enter;  // by cell; empty: the letter is the page
        std::optional<ContentId> marks;
    };
    std::array<OfSide, 2> sides;
    ContentId leave;
    std::optional<ContentId> filler;
    std::vector<ContentId> slugs;  // by page of the print file; empty: no room for them
};

/// Encodes frames that the batch itself draws and appends them to its file.
class Draughtsman {
public:
    Draughtsman(const PrintJob& job, BatchPdf& pdf, render::ResourceUse& use)
        : text(job.fonts, job.mark_chain), encoder_(job.fonts, job.assets), pdf_(pdf), use_(use) {}
    Result<ContentId> draw(const Frame& frame) {
        TRY(encoder_.encode(frame, use_, content_));
        return pdf_.append(content_);
    }
    PlainText text;

private:
    render::ContentEncoder encoder_;
    render::PageContent content_;
    BatchPdf& pdf_;
    render::ResourceUse& use_;
};

Result<std::vector<ContentId>> draw_slugs(const PrintJob& job, Draughtsman& draughtsman) {
    std::vector<ContentId> slugs;
    if (!job.layout.marks.slug) return slugs;
    const auto& stacking = job.stacking;
    const auto sides = job.pieces.pages_per_sheet(), lifts = static_cast<std::uint32_t>(stacking.lifts.size());
    slugs.reserve(std::size_t{stacking.press_sheets} * sides);
    for (std::uint32_t lift = 0; lift < lifts; ++lift) {
        const auto first = stacking.lifts[lift].first_press_sheet * sides;
        for (auto page = first; page < first + stacking.lifts[lift].press_sheets * sides; ++page) {
            const Slug slug{job.name, page / sides + 1, stacking.press_sheets, lift + 1, lifts, page % sides == 1};
            slugs.push_back(TRY(draughtsman.draw(TRY(slug_line(job.layout, slug, draughtsman.text)))));
        }
    }
    return slugs;
}

/// Whether some cell of the batch holds no piece.
bool has_blanks(const Stacking& stacking, std::uint32_t sheets) {
    const auto& arrangement = stacking.arrangement;
    const auto cells = arrangement.method == Method::StepAndRepeat ? 1 : arrangement.cells();
    return std::uint64_t{stacking.press_sheets} * cells != sheets;
}

std::uint32_t sheets_of(const Stacking& stacking) {
    std::uint32_t sheets = 0;
    for (const auto& pile : stacking.piles) sheets += pile.sheets;
    return sheets;
}

Result<std::vector<ContentId>> draw_entrances(const PressLayout& layout, bool back, BatchPdf& pdf) {
    std::vector<ContentId> enter;
    for (std::uint32_t cell = 0; cell < layout.cells.size(); ++cell)
        enter.push_back(TRY(pdf.add_shared(enter_cell(layout, cell, back))));
    return enter;
}

/// Cells of letters that are pages are entered only where they have to be turned.
Done draw_cells(const PrintJob& job, BatchPdf& pdf, PressContents& contents) {
    const auto& layout = job.layout;
    auto& [front, back] = contents.sides;
    const bool differ = job.pieces.sides() == Sides::Duplex && backs_differ(layout);
    if (!layout.as_letter) front.enter = TRY(draw_entrances(layout, false, pdf));
    back.enter = front.enter;
    if (differ) back.enter = TRY(draw_entrances(layout, true, pdf));
    if (!layout.as_letter || differ) contents.leave = TRY(pdf.add_shared(leave_cell()));
    return {};
}

Done draw_marks(const PrintJob& job, Draughtsman& draughtsman, PressContents& contents) {
    const auto& layout = job.layout;
    auto& [front, back] = contents.sides;
    front.marks = back.marks = TRY(draughtsman.draw(press_marks(layout, false, job.colour)));
    // Fold marks follow the head of the letter; everything else is the same from both sides.
    if (job.pieces.sides() == Sides::Duplex && backs_differ(layout) && !layout.marks.folds.empty())
        back.marks = TRY(draughtsman.draw(press_marks(layout, true, job.colour)));
    return {};
}

Result<PressContents> draw_press_contents(const PrintJob& job, BatchPdf& pdf, render::ResourceUse& use) {
    PressContents contents;
    TRY(draw_cells(job, pdf, contents));
    if (job.layout.as_letter) return contents;
    Draughtsman draughtsman(job, pdf, use);
    TRY(draw_marks(job, draughtsman, contents));
    if (has_blanks(job.stacking, sheets_of(job.stacking)))
        contents.filler = TRY(draughtsman.draw(TRY(filler(job.layout, draughtsman.text))));
    contents.slugs = TRY(draw_slugs(job, draughtsman));
    return contents;
}

/// A part is a piece, the record a front end can find, hold back or repeat. Where several pieces share press sheets no
/// page belongs to one piece and no piece to pages of its own: the smallest thing that can be repeated is the press sheet.
bool sheets_are_shared(const Arrangement& arrangement) {
    return arrangement.cells() > 1 && arrangement.method != Method::StepAndRepeat;
}
render::DocumentParts parts_of(const PrintJob& job) {
    const bool shared = sheets_are_shared(job.stacking.arrangement);
    return {shared ? job.stacking.press_sheets : job.pieces.count(), shared ? "PressSheet" : "Piece", job.name, job.id,
            job.pieces.numbers()};
}

/// Row by row from the left; a piece that stands in several cells one after the other is named once.
void name_part(const PressSide& press, bool shared, render::PartOfSide& part) {
    part.pieces.clear();
    for (const auto& cell : press.cells) {
        if (cell.shows == Cell::Shows::Filler) continue;
        if (part.pieces.empty() || part.pieces.back() != cell.piece + 1) part.pieces.push_back(cell.piece + 1);
    }
    part.part = shared || part.pieces.empty() ? press.sheet : part.pieces[0] - 1;
}

/// Puts the pages of the print file together from the contents that lie in it.
class Imposer {
public:
    Imposer(const PrintJob& job, PressContents contents)
        : job_(job),
          contents_(std::move(contents)),
          walk_(job.pieces, job.stacking),
          shared_(sheets_are_shared(job.stacking.arrangement)) {}

    bool next(render::SheetSide& side) {
        if (!walk_.next(press_)) return false;
        side.media = job_.layout.media;
        side.trim = job_.layout.trim;
        side.bleed = job_.layout.bleed;
        name_part(press_, shared_, side.part);
        side.contents.clear();
        const auto& of_side = contents_.sides[press_.back ? 1 : 0];
        for (std::size_t cell = 0; cell < press_.cells.size(); ++cell) place(of_side, cell, side.contents);
        if (of_side.marks) side.contents.push_back(*of_side.marks);
        if (!contents_.slugs.empty()) side.contents.push_back(contents_.slugs[page_++]);
        return true;
    }

private:
    void place(const PressContents::OfSide& of_side, std::size_t at, std::vector<ContentId>& contents) const {
        const auto& cell = press_.cells[at];
        std::optional<ContentId> shown;
        if (cell.shows == Cell::Shows::Page) shown = job_.pieces.content(cell.piece, cell.page);
        if (cell.shows == Cell::Shows::Filler) shown = contents_.filler;
        if (!shown) return;
        if (of_side.enter.empty())
            contents.push_back(*shown);
        else
            contents.insert(contents.end(), {of_side.enter[at], *shown, contents_.leave});
    }

    const PrintJob& job_;
    PressContents contents_;
    PressSides walk_;
    PressSide press_;
    bool shared_;
    std::size_t page_ = 0;
};

}  // namespace

Result<BatchPdf::Closed> close_print_file(BatchPdf pdf, const PrintJob& job, render::ResourceUse use) {
    Imposer imposer(job, TRY(draw_press_contents(job, pdf, use)));
    return pdf.close(
        use, [&](render::SheetSide& side) { return imposer.next(side); }, parts_of(job));
}

}  // namespace pli::pipeline
