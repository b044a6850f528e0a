#include "pipeline/batch_in_progress.hpp"

#include <cassert>
#include <span>
#include <utility>

#include "pipeline/page_record.hpp"

namespace pli::pipeline {

PieceNote BatchInProgress::note(const Seat& seat, std::string_view template_name) {
    const Letter& letter = seat.letter;
    const auto country = letter.recipient.country.empty() ? std::string_view(plan_.country) : letter.recipient.country;
    write_page_sums(std::span(seat.contents).first(seat.typeset.page_count), page_sums_);
    return {letter.id, letter.key, template_name, country, letter.recipient.postal_code, page_sums_, seat.qr};
}

Done BatchInProgress::add(Seat& seat, const Composition::Letterform& letterform) {
    if (!open_) open_.emplace(TRY(open_batch(plan_, spec_)));
    open_->pieces.add_piece();
    assert(open_->pieces.count() == seat.piece);
    if (plan_.reprint) open_->pieces.call_last(seat.number);
    for (std::size_t page = 0; page < seat.typeset.page_count; ++page)
        open_->pieces.add_page(TRY(open_->pdf.append(seat.contents[page])));
    open_->places.note(letterform);
    auto noted = note(seat, letterform.name);
    noted.number = seat.number;
    noted.generation = seat.generation;
    open_->postage.add(seat.franking, noted.country, noted.postal_code);
    open_->samples.offer({seat.number, noted.letter.value, noted.country, noted.postal_code}, seat.typeset.pages[0]);
    return open_->notes.add(noted);
}

Result<BatchDone> BatchInProgress::close() {
    render::ResourceUse all;
    for (const auto& use : use_) all.merge(use);
    use_.clear();
    auto open = std::move(*open_);
    open_.reset();
    return close_batch(plan_, spec_, std::move(open), std::move(all));
}

}  // namespace pli::pipeline
