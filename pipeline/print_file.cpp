#include "pipeline/print_file.hpp"

#include <array>
#include <optional>
#include <vector>

#include "pipeline/plain_text.hpp"
#include "pipeline/press_sheet.hpp"

namespace pli::pipeline {
namespace {

using render::BatchPdf;
using render::ContentId;

/// What all press sheets of a batch share, and the slug line of each side.
struct PressContents {
    std::array<ContentId, 2> enter{};
    ContentId leave, marks;
    std::optional<ContentId> filler;
    std::vector<ContentId> slugs;  // by page of the print file; empty on A3
};

/// Encodes frames that the batch itself draws and appends them to its file.
class Draughtsman {
public:
    Draughtsman(const PrintJob& job, BatchPdf& pdf, render::ResourceUse& use)
        : text(*job.plan.fonts, job.plan.mark_chain),
          encoder_(*job.plan.fonts, *job.plan.assets),
          pdf_(pdf),
          use_(use) {}
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

Result<std::vector<ContentId>> draw_slugs(const PrintJob& job, const PressLayout& layout, Draughtsman& draughtsman) {
    std::vector<ContentId> slugs;
    if (!layout.margin) return slugs;
    const auto sides = job.pieces.pages_per_sheet(), sheets = job.stacking.press_sheets;
    slugs.reserve(std::size_t{sheets} * sides);
    for (std::uint32_t page = 0; page < sheets * sides; ++page) {
        const Slug slug{job.batch.name, page / sides + 1, sheets, page % sides == 1};
        slugs.push_back(TRY(draughtsman.draw(TRY(slug_line(layout, slug, draughtsman.text)))));
    }
    return slugs;
}

Result<PressContents> draw_press_contents(const PrintJob& job, const PressLayout& layout, BatchPdf& pdf,
                                          render::ResourceUse& use) {
    PressContents contents;
    Draughtsman draughtsman(job, pdf, use);
    for (std::size_t cell = 0; cell < contents.enter.size(); ++cell)
        contents.enter[cell] = TRY(pdf.add_shared(enter_cell(layout, cell)));
    contents.leave = TRY(pdf.add_shared(leave_cell()));
    contents.marks = TRY(draughtsman.draw(cut_marks(layout, job.batch.production.colour)));
    const auto& piles = job.stacking.piles;
    if (piles[0].sheets != piles[1].sheets)
        contents.filler = TRY(draughtsman.draw(TRY(filler(layout, draughtsman.text))));
    contents.slugs = TRY(draw_slugs(job, layout, draughtsman));
    return contents;
}

std::optional<ContentId> shown(const Cell& cell, const PieceList& pieces, std::optional<ContentId> filler) {
    if (cell.shows == Cell::Shows::Page) return pieces.content(cell.piece, cell.page);
    return cell.shows == Cell::Shows::Filler ? filler : std::nullopt;
}

/// 1-up a part is a piece, the record a front end can find, hold back or repeat. 2-up no page belongs to one piece and
/// no piece to pages of its own, so the smallest thing that can be repeated is the press sheet.
render::DocumentParts parts_of(const PrintJob& job) {
    const bool one_up = job.batch.imposition == Imposition::OneUp;
    return {one_up ? job.pieces.count() : job.stacking.press_sheets, one_up ? "Piece" : "PressSheet", job.batch.name,
            job.batch.id, job.pieces.numbers()};
}

/// From the left; the same piece on both is named once.
std::array<std::uint32_t, 2> pieces_on(const PressSide& press) {
    std::array<std::uint32_t, 2> pieces{};
    for (std::size_t column = 0; column < press.cell_count; ++column)
        if (press.cells[column].shows != Cell::Shows::Filler) pieces[column] = press.cells[column].piece + 1;
    if (pieces[0] == pieces[1]) pieces[1] = 0;
    return pieces;
}

Result<BatchPdf::Closed> close_two_up(BatchPdf pdf, const PrintJob& job, render::ResourceUse use) {
    const auto layout = two_up_on(job.batch.press_sheet);
    const auto contents = TRY(draw_press_contents(job, layout, pdf, use));
    PressSides sides(job.pieces, job.stacking);
    PressSide press;
    std::size_t page = 0;
    const auto fill = [&](render::SheetSide& side) {
        if (!sides.next(press)) return false;
        side = {layout.media, layout.trim, layout.bleed, std::move(side.contents), {press.sheet, pieces_on(press)}};
        side.contents.clear();
        for (std::size_t column = 0; column < press.cell_count; ++column)
            if (const auto content = shown(press.cells[column], job.pieces, contents.filler))
                side.contents.insert(side.contents.end(), {contents.enter[column], *content, contents.leave});
        side.contents.push_back(contents.marks);
        if (!contents.slugs.empty()) side.contents.push_back(contents.slugs[page++]);
        return true;
    };
    return pdf.close(use, fill, parts_of(job));
}

Result<BatchPdf::Closed> close_one_up(BatchPdf pdf, const PrintJob& job, const render::ResourceUse& use) {
    const Rect whole{{}, job.batch.production.sheet};
    PressSides sides(job.pieces, job.stacking);
    PressSide press;
    const auto fill = [&](render::SheetSide& side) {
        if (!sides.next(press)) return false;
        const auto& cell = press.cells[0];
        side = {whole.size, whole, whole, std::move(side.contents), {cell.piece, {cell.piece + 1, 0}}};
        side.contents.clear();
        if (const auto content = shown(cell, job.pieces, {})) side.contents.push_back(*content);
        return true;
    };
    return pdf.close(use, fill, parts_of(job));
}

}  // namespace

Result<BatchPdf::Closed> close_print_file(BatchPdf pdf, const PrintJob& job, render::ResourceUse use) {
    return job.batch.imposition == Imposition::OneUp ? close_one_up(std::move(pdf), job, use)
                                                     : close_two_up(std::move(pdf), job, std::move(use));
}

}  // namespace pli::pipeline
