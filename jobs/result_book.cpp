#include "jobs/result_book.hpp"

#include <algorithm>
#include <array>

namespace pli::jobs {
namespace {

constexpr std::array<std::string_view, 6> names{"produced", "spoiled", "reprinted", "destroyed", "mailed", "returned"};

/// What would have had to happen before, for the one who mends the file.
std::string remedy_for(Report report, State state) {
    switch (report) {
        case Report::Mailed:
            if (state == State::Batched || state == State::Reprinting)
                return "report it as produced first, in this file above this line or in one before";
            break;
        case Report::Reprinted: return "a spoiled piece is reprinted from a reprint batch: pli batch reprint";
        case Report::Destroyed:
            return "only spoiled sheets and withdrawn pieces are destroyed; cancel the letter first";
        case Report::Returned: return "only what was mailed comes back: report it as mailed first";
        default: break;
    }
    return "take the line out, or correct its piece number";
}

std::string named(const PieceReport& report) {
    auto text = "piece " + std::to_string(report.piece);
    if (report.generation > 1) text += " (generation " + std::to_string(report.generation) + ")";
    return text;
}

}  // namespace

Event event_of(Report report) {
    switch (report) {
        case Report::Produced: return Event::Produced;
        case Report::Spoiled: return Event::Spoiled;
        case Report::Reprinted: return Event::Reprinted;
        case Report::Destroyed: return Event::Destroyed;
        case Report::Mailed: return Event::Mailed;
        case Report::Returned: return Event::Returned;
    }
    return Event::Produced;
}

std::string_view name(Report report) { return names.at(static_cast<std::size_t>(report)); }

std::optional<Report> report_named(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Report>(found - names.begin());
}

ResultBook::ResultBook(std::vector<Piece> pieces, const std::vector<PieceReport>& known) {
    for (const auto& piece : pieces) pieces_[piece.piece] = piece;
    for (const auto& report : known) known_.insert({report.piece, report.generation, report.what});
}

Result<ResultBook::Outcome> ResultBook::enter(PieceReport report) {
    const auto found = pieces_.find(report.piece);
    if (found == pieces_.end())
        return failure(Fault::BadInput, "", "piece " + std::to_string(report.piece) + " is not in this batch",
                       "check the number, and that the file belongs to this batch");
    auto& piece = found->second;
    if (report.generation == 0) report.generation = piece.own;
    const Key key{report.piece, report.generation, report.what};
    if (const auto [first, fresh] = lines_.insert({key, report.line}); !fresh)
        return failure(Fault::BadInput, "",
                       named(report) + " is " + std::string(name(report.what)) + " twice, first in line " +
                           std::to_string(first->second),
                       "take one of the lines out, or correct its piece number");
    if (known_.contains(key)) return Outcome::Known;
    TRY(step(piece, report));
    known_.insert(key);
    reported_.push_back(std::move(report));
    return Outcome::New;
}

Done ResultBook::step(Piece& piece, const PieceReport& report) {
    if (report.generation != piece.generation) return earlier(piece, report);
    const auto next = after(piece.state, event_of(report.what));
    if (!next)
        return failure(Fault::BadInput, "",
                       named(report) + " is " + std::string(name(piece.state)) + " and cannot be " +
                           std::string(name(report.what)),
                       remedy_for(report.what, piece.state));
    if (piece.state == State::Withdrawn && *next == State::Mailed) slipped_through_.push_back(piece.piece);
    if (*next != piece.state) moved_.insert(piece.piece);
    piece.state = *next;
    return {};
}

/// Of sheets that were printed again since, only their end is still news.
Done ResultBook::earlier(const Piece& piece, const PieceReport& report) const {
    if (report.generation > piece.generation)
        return failure(Fault::BadInput, "",
                       named(report) + " does not exist: its last generation is " + std::to_string(piece.generation),
                       "check the number of the generation");
    if (report.what == Report::Destroyed) return {};
    return failure(Fault::BadInput, "",
                   "piece " + std::to_string(report.piece) + " is printed again as generation " +
                       std::to_string(piece.generation) + ": generation " + std::to_string(report.generation) +
                       " can only be destroyed",
                   "report it for the reprint batch");
}

std::vector<Piece> ResultBook::moved() const {
    std::vector<Piece> moved;
    for (const auto number : moved_) moved.push_back(pieces_.at(number));
    return moved;
}

}  // namespace pli::jobs
