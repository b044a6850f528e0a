#include "pipeline/stages.hpp"

#include <malloc.h>

#include <oneapi/tbb/task_arena.h>

#include <span>
#include <string>
#include <vector>

#include "pipeline/omr.hpp"
#include "pipeline/page_record.hpp"
#include "pipeline/piece_franking.hpp"
#include "pipeline/piece_mark.hpp"

namespace pli::pipeline {
namespace {

std::span<Seat> taken(Chunk& chunk) { return std::span(chunk.seats).first(chunk.used); }

/// Tables fitted to the plan's samples. A sample that would be rejected, or that cannot be encoded, teaches nothing.
std::shared_ptr<const render::DeflateTables> fit_compression(const RunPlan& plan, const Composition& composition) {
    if (plan.samples == nullptr || plan.samples->empty()) return nullptr;
    if (plan.fitted && *plan.fitted) return *plan.fitted;
    const auto typeset = composition.typesetter();
    render::ContentEncoder encoder(*plan.fonts, *plan.assets);
    layouts::TypesetLetter pages;
    std::vector<std::string> streams;
    for (const auto& letter : *plan.samples) {
        if (!typeset(letter, pages)) continue;
        for (std::size_t page = 0; page < pages.page_count; ++page)
            if (auto operators = encoder.operators(pages.pages[page])) streams.push_back(std::move(*operators));
    }
    auto tables = streams.empty() ? nullptr : render::train_deflate(streams);
    if (plan.fitted) *plan.fitted = tables;
    return tables;
}

}  // namespace

Stages::Stages(const RunPlan& plan, const Composition& composition, Desk& desk)
    : plan_(plan),
      composition_(composition),
      desk_(desk),
      tables_(fit_compression(plan, composition)),
      numbering_(plan, composition, desk),
      workers_([this] {
          return Worker{composition_.typesetter(), render::ContentEncoder(*plan_.fonts, *plan_.assets, tables_),
                        PlainText(*plan_.fonts, plan_.mark_chain), Franker()};
      }) {}

Chunk* Stages::read() {
    auto& chunk = stock_.take();
    for (chunk.used = 0; chunk.used < Chunk::capacity; ++chunk.used) {
        auto letter = desk_.next();
        if (!letter) break;
        chunk.seats[chunk.used].letter = std::move(*letter);
    }
    return chunk.used > 0 ? &chunk : nullptr;
}

Chunk* Stages::typeset(Chunk* chunk) {
    if (desk_.stopping()) return chunk;
    auto& worker = workers_.local();
    for (auto& seat : taken(*chunk)) seat.outcome = worker.typeset(seat.letter, seat.typeset);
    return chunk;
}

Chunk* Stages::number(Chunk* chunk) {
    if (desk_.stopping()) return chunk;
    for (auto& seat : taken(*chunk)) numbering_.number(seat);
    desk_.typeset(chunk->used);
    return chunk;
}

Chunk* Stages::encode(Chunk* chunk) {
    if (desk_.stopping()) return chunk;
    auto& worker = workers_.local();
    for (auto& seat : taken(*chunk)) {
        if (!seat.batch) continue;
        if (auto encoded = encode_letter(seat, worker); !encoded) desk_.fail(std::move(encoded).error());
    }
    return chunk;
}

void Stages::bind(Chunk* chunk) {
    for (auto& seat : taken(*chunk)) {
        if (desk_.stopping()) break;
        if (!seat.batch) continue;
        if (auto bound = bind_letter(seat); !bound) desk_.fail(std::move(bound).error());
    }
    stock_.give_back(*chunk);
}

Done Stages::mark_page(Seat& seat, std::size_t page, Worker& worker) {
    const auto& production = composition_.letterforms[seat.letter.template_index].production;
    const auto& spec = seat.batch->spec();
    const std::size_t sides = spec.production.sides == Sides::Duplex ? 2 : 1;
    if (page % sides != 0) return {};  // a back
    const auto sheet = static_cast<std::uint32_t>(page / sides + 1);
    const auto sheets = static_cast<std::uint32_t>((seat.typeset.page_count + sides - 1) / sides);
    Frame& front = seat.typeset.pages[page];
    if (plan_.rules.sheet_codes && production.sheet_code.size.width > Length{})
        TRY(mark_sheet(front, production.sheet_code, {spec.id, seat.number, sheet, sheets, seat.generation},
                       worker.text));
    if (plan_.omr)
        draw_omr(front, *plan_.omr, {seat.piece, sheet, sheets, seat.first_sheet + sheet - 1, production.inserts});
    if (spec.production.franked && sheet == 1)
        TRY(worker.franker.frank(front, production.franking, *plan_.franking_code, franked_piece(plan_, spec, seat),
                                 worker.text));
    return {};
}

Done Stages::encode_letter(Seat& seat, Worker& worker) {
    auto& use = seat.batch->use_of_this_worker();
    if (seat.contents.size() < seat.typeset.page_count) seat.contents.resize(seat.typeset.page_count);
    seat.qr.clear();
    for (std::size_t page = 0; page < seat.typeset.page_count; ++page) {
        append_qr_codes(seat.typeset.pages[page], page + 1, seat.qr);
        TRY(mark_page(seat, page, worker));
        TRY(worker.encoder.encode(seat.typeset.pages[page], use, seat.contents[page]));
    }
    return {};
}

Done Stages::bind_letter(Seat& seat) {
    TRY(seat.batch->add(seat, composition_.letterforms[seat.letter.template_index]));
    if (seat.closes_batch) close(*seat.batch);
    return {};
}

/// Beside the pipeline, which fills the next batch meanwhile. One after the other in the order they became full: a run
/// that is taken up again numbers on behind what was committed.
void Stages::close(BatchInProgress& batch) {
    if (tbb::this_task_arena::max_concurrency() == 1) return close_now(batch);
    closing_.wait();
    if (!desk_.stopping()) closing_.run([this, &batch] { close_now(batch); });
}

/// Isolated: while its own parts wait for each other, the thread must not take up a chunk, whose last letter might fill
/// the next batch and wait for this one.
void Stages::close_now(BatchInProgress& batch) {
    auto done = tbb::this_task_arena::isolate([&] { return batch.close(); });
    if (!done) return desk_.fail(std::move(done).error());
    desk_.ready(std::move(*done));
}

void Stages::close_rest() {
    closing_.wait();
    stock_.clear();  // no letter comes any more: what carried them makes room for the lists of a large batch
    workers_.clear();
    ::malloc_trim(0);
    for (auto& batch : numbering_.batches())
        if (!desk_.stopping() && batch.is_open()) close_now(batch);
}

}  // namespace pli::pipeline
