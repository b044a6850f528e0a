#include "pipeline/batch_files.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <oneapi/tbb/parallel_invoke.h>
#include <unistd.h>

#include "pipeline/control_sheet.hpp"
#include "pipeline/franking_code.hpp"
#include "pipeline/imposition.hpp"
#include "pipeline/labels.hpp"
#include "pipeline/manifest.hpp"
#include "pipeline/piece_franking.hpp"
#include "pipeline/posting_list.hpp"
#include "pipeline/posting_sheet.hpp"
#include "pipeline/print_file.hpp"
#include "pipeline/ticket.hpp"

namespace pli::pipeline {
namespace {

/// What the lists say, gathered while they are written.
struct Listed {
    std::vector<HiddenFolder::FileSum> sums;
    PostingList::Tally total;
    std::vector<Postings> postings;
    std::size_t trays = 0, bundles = 0;
    std::string first_letter, last_letter;
};

std::string described(const ManifestRow& row) {
    return fmt::format("{:07}   letter {}   {} {}", row.piece, row.note.letter.value, row.note.country,
                       row.note.postal_code);
}

/// The lists' rows, from first to last: what the notes tell of each piece, where it lies and what it costs.
class Rows {
public:
    Rows(const RunPlan& plan, const BatchSpec& batch, const OpenBatch& open, const Stacking& stacking,
         const postage::Packing& packing)
        : plan_(plan), batch_(batch), open_(open), placements_(open.pieces, stacking), packed_(packing) {}

    /// The views are good until the next call.
    Result<ManifestRow> next(const PieceNote& note) {
        ManifestRow row{note.number, open_.pieces.sheets(piece_), open_.pieces.pages(piece_), note, placements_.next()};
        if (plan_.post_office) {
            sort_key_ = plan_.post_office->sort_key(note.country, note.postal_code);
            row.franking = open_.postage.of(piece_);
            row.sort_key = sort_key_;
            row.packed = packed_.of(piece_);
        }
        if (batch_.production.franked) {
            const auto [before, piece] = running_number(plan_, batch_, note.letter, piece_ + 1);
            row.franking_id = TRY(franking_id(
                *plan_.franking_code, {before, piece, plan_.day, note.country, note.postal_code, row.franking}));
        }
        ++piece_;
        return row;
    }

private:
    const RunPlan& plan_;
    const BatchSpec& batch_;
    const OpenBatch& open_;
    Placements placements_;
    PackPlaces packed_;
    std::string sort_key_;
    std::uint32_t piece_ = 0;
};

/// One pass over the notes feeds manifest and posting list.
Result<Listed> write_lists(const RunPlan& plan, const BatchSpec& batch, const OpenBatch& open,
                           const Stacking& stacking) {
    Listed listed;
    // A few pieces printed again have no trays of their own: they join those that wait for them.
    const auto packing = plan.reprint ? postage::Packing{} : open.postage.pack();
    PostingList posting;
    Rows rows(plan, batch, open, stacking, packing);
    auto notes = TRY(PieceNotesReader::open(open.notes.path()));
    auto manifest = TRY(Manifest::create(open.folder, batch));
    for (std::uint32_t piece = 0; piece < open.pieces.count(); ++piece) {
        const auto note = TRY(notes.next());
        const auto row = TRY(rows.next(note));
        TRY(manifest.add(row));
        posting.add(row);
        if (piece == 0) listed.first_letter = described(row);
        if (piece + 1 == open.pieces.count()) listed.last_letter = described(row);
    }
    listed.sums = TRY(manifest.close());
    listed.sums.push_back(TRY(open.places.write(batch, plan.rules.sheet_codes, open.folder)));
    listed.sums.push_back(TRY(posting.write(open.folder, batch)));
    listed.sums.push_back(TRY(write_posting_sheet(plan, batch, posting, open.folder)));
    if (auto labels = TRY(write_labels(plan, batch, packing, open.folder))) listed.sums.push_back(*labels);
    listed.total = posting.total();
    listed.postings = posting.postings();
    listed.trays = packing.containers.size();
    listed.bundles = packing.bundles.size();
    return listed;
}

/// What print file and lists were made from is not needed any more, and the C library is told to return it to the
/// system: the letters to commit would else lie beside it and be a batch's highest water.
void give_back_lists(OpenBatch& open) {
    open.pieces = PieceList(open.pieces.sides());
    open.postage = PostageList(nullptr);
    ::malloc_trim(0);
}

/// Another pass, for the letters to commit: eight bytes each.
Result<std::vector<LetterId>> letters_in(const std::string& notes_path, std::uint32_t pieces) {
    std::vector<LetterId> letters;
    letters.reserve(pieces);
    auto notes = TRY(PieceNotesReader::open(notes_path));
    for (std::uint32_t piece = 0; piece < pieces; ++piece) letters.push_back(TRY(notes.next()).letter);
    return letters;
}

BatchDone report(const BatchSpec& batch, const Listed& listed) {
    BatchDone done;
    done.name = batch.name;
    done.production_class = batch.production.name;
    done.pieces = listed.total.pieces;
    done.sheets = listed.total.sheets;
    done.pages = listed.total.pages;
    done.postings = listed.postings;
    return done;
}

}  // namespace

Result<OpenBatch> open_batch(const RunPlan& plan, const BatchSpec& batch) {
    auto folder = TRY(HiddenFolder::create(plan.out, batch.name, plan.attempt));
    auto pdf = TRY(render::BatchPdf::create({folder.path("print.pdf"), batch.name, plan.sender + "/" + batch.name,
                                             Instant::midnight(plan.day), plan.condition},
                                            *plan.fonts, *plan.assets));
    auto notes = TRY(PieceNotes::create(folder.path("pieces.notes")));
    return OpenBatch{std::move(folder),
                     std::move(pdf),
                     std::move(notes),
                     PieceList(batch.production.sides),
                     PostageList(plan.post_office),
                     SampleDrawer(batch.id)};
}

Result<BatchDone> close_batch(const RunPlan& plan, const BatchSpec& batch, OpenBatch open, render::ResourceUse use) {
    const auto stacking = stack(open.pieces, batch.layout.arrangement);
    TRY(open.notes.finish());
    Result<render::BatchPdf::Closed> closed;
    Result<Listed> lists;
    const PrintJob job{*plan.fonts,  *plan.assets, plan.mark_chain, batch.name, batch.id, batch.production.colour,
                       batch.layout, open.pieces,  stacking};
    tbb::parallel_invoke([&] { lists = write_lists(plan, batch, open, stacking); },
                         [&] { closed = close_print_file(std::move(open.pdf), job, std::move(use)); });
    const auto print = TRY(std::move(closed));
    auto listed = TRY(std::move(lists));
    const auto pieces = open.pieces.count();
    give_back_lists(open);
    auto letters = TRY(letters_in(open.notes.path(), pieces));
    if (::unlink(open.notes.path().c_str()) != 0) return cannot("removed", open.notes.path());

    listed.sums.insert(listed.sums.begin(), {"print.pdf", print.sha256});
    const ControlFacts facts{
        batch,       listed.total,    stacking.press_sheets, print.pages,    listed.first_letter,   listed.last_letter,
        listed.sums, listed.postings, listed.trays,          listed.bundles, open.samples.samples()};
    listed.sums.push_back(TRY(write_control_sheet(plan, facts, open.folder)));
    listed.sums.push_back(TRY(write_ticket(plan, facts, open.folder)));
    const auto outcome = TRY(open.folder.hand_over(listed.sums));

    auto done = report(batch, listed);
    done.letters = std::move(letters);
    done.folder = open.folder.final_path();
    done.print_bytes = print.bytes;
    done.found_ready = outcome == HiddenFolder::Outcome::FoundReady;
    return done;
}

}  // namespace pli::pipeline
