#include "pipeline/numbering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "pipeline/piece_franking.hpp"
#include "pipeline/piece_mark.hpp"

namespace pli::pipeline {
namespace {

std::span<const Frame> pages_of(const layouts::TypesetLetter& typeset) {
    return std::span(typeset.pages).first(typeset.page_count);
}

/// What a typeset letter must be to become a mailpiece.
Done printable(const Letter& letter, const layouts::TypesetLetter& typeset) {
    const auto where = fmt::format("letter {}", letter.id.value);
    if (letter.options.test)
        return failure(Fault::Unsupported, where, "is a test letter, which is never printed", "look at it by preview");
    const auto pages = pages_of(typeset);
    if (pages.empty()) return failure(Fault::BadInput, where, "has no page", "check its template");
    if (pages.size() > most_sheets)
        return failure(Fault::Overflow, where,
                       fmt::format("has {} pages, a piece holds at most {}", pages.size(), most_sheets));
    const auto same = [&](const Frame& page) { return same_sheet(page.size, pages[0].size); };
    if (!std::all_of(pages.begin(), pages.end(), same))
        return failure(Fault::BadInput, where, "has pages of different sizes", "give its template one sheet size");
    return {};
}

/// Places count from the sheet's top left corner, PDF from its bottom left one: a page of 841 pt would stand 0.3 mm off
/// its place on a sheet of 297 mm. On the sheet of its class it hangs from the top, as it was laid out.
void hang_on(Size sheet, layouts::TypesetLetter& typeset) {
    for (std::size_t page = 0; page < typeset.page_count; ++page) typeset.pages[page].size = sheet;
}

std::uint32_t letter_sheets(const Seat& seat, Sides sides) {
    const std::size_t pages_a_sheet = sides == Sides::Duplex ? 2 : 1;
    return static_cast<std::uint32_t>((seat.typeset.page_count + pages_a_sheet - 1) / pages_a_sheet);
}

}  // namespace

Numbering::Line& Numbering::line_of(ProductionClass production) {
    for (auto& line : lines_)
        if (line.production.name == production.name) return line;
    const auto committed = desk_.committed_batches(production.name);
    return lines_.emplace_back(Line{std::move(production), committed, nullptr});
}

ProductionClass Numbering::class_of(const Seat& seat) const {
    auto production = composition_.letterforms[seat.letter.template_index].production;
    if (!plan_.franking_code) production.franking = {};
    auto made =
        production_class(production, seat.letter.options.sides.value_or(production.sides), seat.typeset.pages[0].size);
    if (!seat.franking) return made;
    const auto* apart = seat.franking->apart();
    add_postage(made, seat.franking->inserts, apart ? apart->id : "");
    return made;
}

Numbering::Line& Numbering::line_for(const Seat& seat) {
    const auto& production = composition_.letterforms[seat.letter.template_index].production;
    const auto sides = seat.letter.options.sides.value_or(production.sides);
    const auto sheet = seat.typeset.pages[0].size;
    const auto* apart = seat.franking ? seat.franking->apart() : nullptr;
    for (const auto& known : known_)
        if (known.template_index == seat.letter.template_index && known.sides == sides && known.sheet == sheet &&
            known.apart == apart)
            return *known.line;
    auto& line = line_of(class_of(seat));
    known_.push_back({seat.letter.template_index, sides, sheet, apart, &line});
    return line;
}

BatchInProgress& Numbering::filling(Line& line) {
    if (line.filling) return *line.filling;
    BatchSpec spec = batch_spec(plan_, line.production, ++line.batches);
    if (line.production.franked && !plan_.number_of)
        spec.first_number =
            desk_.take_numbers(spec.name, numbers_of_batch(plan_.franking_code->account, plan_.rules.max_pieces));
    return *(line.filling = &batches_.emplace_back(plan_, std::move(spec)));
}

/// Whether the code of its postage can be made: what is found wrong later would stop the run.
Done Numbering::frankable(const Seat& seat) const {
    const auto& zone = composition_.letterforms[seat.letter.template_index].production.franking;
    if (!plan_.franking_code || zone.size.width <= Length{}) return {};
    TRY(franking_id(*plan_.franking_code, franked_piece(plan_, BatchSpec{}, seat)));
    return {};
}

/// A reprint goes through the machines that the first print went through, or not at all: what changed since (template,
/// settings, price list) is for a person to look at.
Done Numbering::as_before(const Seat& seat) const {
    const auto production = class_of(seat).name;
    if (production == plan_.reprint->production_class) return {};
    return failure(Fault::BadInput, fmt::format("letter {}", seat.letter.id.value),
                   fmt::format("would be printed as {} now, and was {}", production, plan_.reprint->production_class),
                   "bring template, pli.toml and price list back to what they were for that run");
}

void Numbering::number(Seat& seat) {
    seat.batch = nullptr;
    if (seat.outcome) seat.outcome = printable(seat.letter, seat.typeset);
    if (seat.outcome) seat.franking = franking_.frank(seat.letter, seat.typeset);
    if (seat.outcome && plan_.franking_code) seat.outcome = frankable(seat);
    if (seat.outcome && plan_.reprint) seat.outcome = as_before(seat);
    if (!seat.outcome)
        return desk_.reject({seat.letter.id, std::string(seat.letter.key), std::move(seat.outcome).error()});
    auto& line = line_for(seat);
    hang_on(line.production.sheet, seat.typeset);
    seat.batch = &filling(line);
    seat.piece = seat.number = seat.batch->take_number();
    if (plan_.reprint) {
        const auto& piece = plan_.reprint->pieces.at(seat.letter.id.value);
        seat.number = piece.number;
        seat.generation = piece.generation;
    }
    seat.first_sheet = seat.batch->take_sheets(letter_sheets(seat, line.production.sides));
    seat.closes_batch = seat.piece == plan_.rules.max_pieces;
    if (seat.closes_batch) line.filling = nullptr;
}

}  // namespace pli::pipeline
