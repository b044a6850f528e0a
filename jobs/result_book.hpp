#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/letter.hpp"
#include "base/result.hpp"
#include "jobs/letter_life.hpp"

namespace pli::jobs {

/// What a print house reports of a piece.
enum class Report : std::uint8_t { Produced = 0, Spoiled = 1, Reprinted = 2, Destroyed = 3, Mailed = 4, Returned = 5 };
std::string_view name(Report report);
std::optional<Report> report_named(std::string_view name);
Event event_of(Report report);

/// A piece of a batch as it stands. `generation` is the letter's last one; `own` the one that this batch prints.
struct Piece {
    std::uint32_t piece = 1;
    LetterId letter;
    std::uint32_t generation = 1, own = 1;
    State state = State::Batched;
};

struct PieceReport {
    std::uint32_t piece = 1, generation = 1;
    Report what = Report::Produced;
    std::string at, reason;  // as the print house gave them
    std::uint64_t line = 0;  // of its file
};

/// A batch's pieces, and what was reported of them. A file of results is entered row by row; what is the same as before
/// changes nothing, so that a file may be applied again and a print house may send all it knows each day.
/// Threads  one thread at a time
class ResultBook {
public:
    ResultBook(std::vector<Piece> pieces, const std::vector<PieceReport>& known);

    enum class Outcome : std::uint8_t { New, Known };
    /// `report.generation` 0: the one this batch prints.
    /// Errors   BadInput, for the row: an unknown piece, told twice in this file, or a step that cannot follow
    Result<Outcome> enter(PieceReport report);

    /// The pieces that stand elsewhere now, and the reports that are new, in the order of entering.
    std::vector<Piece> moved() const;
    const std::vector<PieceReport>& reported() const { return reported_; }
    /// Pieces that were mailed although they were withdrawn.
    const std::vector<std::uint32_t>& slipped_through() const { return slipped_through_; }

private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, Report>;
    Done step(Piece& piece, const PieceReport& report);
    Done earlier(const Piece& piece, const PieceReport& report) const;

    std::map<std::uint32_t, Piece> pieces_;
    std::set<Key> known_;
    std::map<Key, std::uint64_t> lines_;  // of this file
    std::set<std::uint32_t> moved_;
    std::vector<PieceReport> reported_;
    std::vector<std::uint32_t> slipped_through_;
};

}  // namespace pli::jobs
