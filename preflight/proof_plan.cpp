#include "preflight/proof_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace pli::preflight {
namespace {

/// The n-th word of a text, from 0. Empty: it has fewer.
std::string_view word(std::string_view text, std::size_t n, char separator = ' ') {
    for (; n > 0; --n) {
        const auto end = text.find(separator);
        if (end == text.npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find(separator));
}

std::optional<std::uint32_t> sum_of(const ManifestPiece& piece, std::uint32_t letter_page) {
    const auto digits = word(piece.page_sums, letter_page - 1);
    std::uint32_t sum = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), sum, 16);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return sum;
}

std::optional<Length> mm(std::string_view digits) {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return Length::mm(value);
}

/// "1:150.000:240.000:25.000:9f86d081": letter page, left, top, side, the payload's CRC-32.
struct QrPlace {
    std::string_view page, sum;
    Rect place;
};
std::optional<QrPlace> qr_of(std::string_view text) {
    const auto left = mm(word(text, 1, ':')), top = mm(word(text, 2, ':')), side = mm(word(text, 3, ':'));
    if (!left || !top || !side) return std::nullopt;
    return QrPlace{word(text, 0, ':'), word(text, 4, ':'), {{*left, *top}, {*side, *side}}};
}

/// A reader wants to see the quiet zone too.
Rect with_quiet_zone(const Rect& code) {
    const Length quiet = code.size.width / 8;
    return {{code.left() - quiet, code.top() - quiet}, {code.size.width + 2 * quiet, code.size.height + 2 * quiet}};
}

/// Source   docs/print-house.md, the mark on each letter sheet
std::string sheet_code(const ManifestPiece& piece, std::uint32_t sheet) {
    const auto digits = fmt::format("{}{:07}{:03}{:03}", piece.batch_id, piece.piece, sheet, piece.sheets);
    return piece.generation > 1 ? fmt::format("3{}{:02}", digits, piece.generation) : "1" + digits;
}

/// Cells as they are drawn: row by row from the top left.
std::vector<std::size_t> in_rows(const std::vector<CellPlace>& cells) {
    std::vector<std::size_t> order(cells.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {},
                      [&](std::size_t cell) { return std::pair(cells[cell].box.top(), cells[cell].box.left()); });
    return order;
}

}  // namespace

Result<ProofPlan> ProofPlan::make(ManifestFacts manifest, Places places) {
    ProofPlan plan;
    plan.pieces_ = std::move(manifest.pieces);
    plan.grid_ = manifest.grid;
    plan.places_ = std::move(places);
    for (const ManifestPiece& piece : plan.pieces_) {
        plan.sides_ = std::max(plan.sides_, piece.sides);
        plan.press_sheets_ = std::max(plan.press_sheets_, piece.last_sheet);
        for (std::uint32_t page = 1; page <= piece.pages; ++page)
            if (const auto sum = sum_of(piece, page)) plan.letter_sums_.insert(*sum);
    }
    if (plan.places_.fronts.size() != plan.grid_.cells())
        return failure(
            Fault::BadInput, "places.csv",
            fmt::format("has {} cells, the manifest tells of {}", plan.places_.fronts.size(), plan.grid_.cells()));
    if (plan.sides_ == 2 && plan.places_.backs.empty())
        return failure(Fault::BadInput, "places.csv", "has no cells for backs, the batch is printed on both sides");
    TRY(plan.place_pieces());
    return plan;
}

Done ProofPlan::occupy(std::size_t slot, Occupant occupant) {
    const auto wrong = [&](const char* how) {
        return failure(Fault::BadInput, "manifest.csv",
                       fmt::format("sheet {} of piece {} lies {}", occupant.sheet, occupant.piece, how));
    };
    if (slot >= occupants_.size()) return wrong("in a cell that no press sheet has");
    if (occupants_[slot].piece != 0) return wrong("where another lies");
    occupants_[slot] = occupant;
    return {};
}

Done ProofPlan::place_pieces() {
    const std::size_t cells = places_.fronts.size();
    occupants_.resize(std::size_t{press_sheets_} * cells);
    for (std::uint32_t i = 0; i < pieces_.size(); ++i) {
        const ManifestPiece& piece = pieces_[i];
        if (piece.first_sheet == 0 || piece.cell == 0 || piece.cell > cells)
            return failure(Fault::BadInput, "manifest.csv",
                           fmt::format("piece {} lies in cell {} of {}", piece.piece, piece.cell, cells));
        const std::size_t first = (piece.first_sheet - 1) * cells + piece.cell - 1;
        const std::size_t step = grid_.in_sequence ? 1 : cells;
        for (std::uint32_t sheet = 0; sheet < piece.sheets; ++sheet)
            TRY(occupy(first + sheet * step, {i + 1, sheet + 1}));
    }
    return {};
}

void ProofPlan::ask_for_qr(const Occupant& occupant, std::uint32_t letter_page, const CellPlace& cell,
                           ExpectedPage& page, const Question& begun) const {
    const std::string_view all = pieces_[occupant.piece - 1].qr;
    for (std::size_t n = 0; !word(all, n).empty(); ++n) {
        const auto code = qr_of(word(all, n));
        if (!code || code->page != std::to_string(letter_page)) continue;
        Question question = begun;
        question.asks = Question::Asks::QrCode;
        question.place = cell.on_side(with_quiet_zone(code->place));
        question.expected = code->sum;
        page.questions.push_back(std::move(question));
    }
}

void ProofPlan::ask_of_front(const Occupant& occupant, const CellPlace& cell, ExpectedPage& page,
                             const Question& begun) const {
    const ManifestPiece& piece = pieces_[occupant.piece - 1];
    const TemplatePlaces& places = places_.of(piece.template_name);
    const auto ask = [&](Question::Asks asks, const Rect& on_letter, std::string expected) {
        Question question = begun;
        question.asks = asks;
        question.place = cell.on_side(on_letter);
        question.expected = std::move(expected);
        page.questions.push_back(std::move(question));
    };
    if (places.sheet_code) ask(Question::Asks::SheetCode, *places.sheet_code, sheet_code(piece, occupant.sheet));
    if (places.window && occupant.sheet == 1) ask(Question::Asks::Address, *places.window, piece.postal_code);
}

/// A cell without a letter must be waste, not somebody's sheet.
void ProofPlan::expect_in(std::uint32_t press_sheet, std::size_t cell, bool back, ExpectedPage& page) const {
    const auto& cells = back ? places_.backs : places_.fronts;
    const Occupant& occupant = occupants_[(press_sheet - 1) * cells.size() + cell];
    Question begun{Question::Asks::NoCode,
                   (press_sheet - 1) * sides_ + (back ? 2 : 1),
                   static_cast<std::uint32_t>(cell + 1),
                   0,
                   cells[cell].box,
                   {}};
    if (occupant.piece == 0) {
        if (!back) page.questions.push_back(std::move(begun));
        return;
    }
    const ManifestPiece& piece = pieces_[occupant.piece - 1];
    const std::uint32_t letter_page = (occupant.sheet - 1) * sides_ + (back ? 2 : 1);
    begun.piece = piece.piece;
    if (const auto sum = sum_of(piece, letter_page)) {
        page.sums.push_back(*sum);
        page.pieces.push_back(piece.piece);
    }
    if (!back) ask_of_front(occupant, cells[cell], page, begun);
    ask_for_qr(occupant, letter_page, cells[cell], page, begun);
}

ExpectedPage ProofPlan::expect(std::uint32_t press_sheet, bool back) const {
    ExpectedPage page;
    for (const std::size_t cell : in_rows(back ? places_.backs : places_.fronts))
        expect_in(press_sheet, cell, back, page);
    return page;
}

}  // namespace pli::preflight
