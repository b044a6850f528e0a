#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/letter_store.hpp"

namespace pli::store {

class LetterWriter;

/// A run as its row tells it. Its letters are the places first … first + letters - 1.
struct RunRow {
    std::int64_t id = 0, first = 0, letters = 0;
    bool finished = false;
    Day day;
    std::string name;
};

/// The queue in SQL, whichever database speaks it. Split by noun: letters.cpp, runs.cpp, due.cpp, batches.cpp, accounts.cpp,
/// reprints.cpp, returned.cpp, listing.cpp, changes.cpp, events.cpp, units.cpp. Where the two databases differ, `dialect()` is asked.
class SqlStore final : public LetterStore {
public:
    explicit SqlStore(Connection db) : db_(std::move(db)) {}

    Result<Added> add(const Adding& letters) override;

    using LetterStore::open_run;
    Result<std::optional<RunRecord>> open_run(const RunOrder& order) override;
    Result<std::function<Result<std::optional<Letter>>()>> letters_of(const RunRecord& run) override;
    Result<std::vector<jobs::EventLetter>> letters_of(const jobs::LetterEvent& event, std::int64_t after,
                                                      std::size_t limit) override;
    Result<std::vector<Letter>> samples_of(const RunRecord& run, std::size_t count) override;
    Result<std::vector<Volume>> volumes_of(const RunRecord& run, int region_digits) override;
    Result<DueLetters> due(Day day) override;
    Done finish_run(const RunRecord& run) override;

    Result<std::optional<RunRecord>> claim_unit(const RunRecord& run, const Holder& holder) override;
    Done renew(const RunRecord& unit, Instant until) override;
    Done finish_unit(const RunRecord& unit) override;
    Result<std::uint32_t> units_left(const RunRecord& run) override;
    Result<std::vector<PlacedLetter>> placed_letters(const RunRecord& unit) override;

    Done commit(const RunRecord& run, const BatchRecord& batch, const std::vector<LetterId>& letters,
                Instant at) override;
    Done reject(const RunRecord& run, LetterId letter, const jobs::Why& why, Instant at) override;
    Result<std::uint32_t> committed_batches(const RunRecord& run, const std::string& production_class) override;
    Result<std::uint64_t> take_numbers(const std::string& system, const std::string& batch,
                                       std::uint64_t count) override;

    Result<BatchAccount> account_of(const std::string& batch) override;
    Done mark_delivered(const std::string& batch, const std::string& to, Instant at) override;
    Result<std::vector<jobs::Piece>> pieces_of(const std::string& batch) override;
    Result<std::vector<jobs::PieceReport>> reports_of(const std::string& batch) override;
    Done record(const std::string& batch, const std::vector<jobs::Piece>& moved,
                const std::vector<jobs::PieceReport>& reports, Instant at) override;
    Result<RunRecord> run_of(const std::string& batch) override;
    Result<std::vector<ReprintPiece>> spoiled_letters_of(const std::string& batch) override;
    Done commit_reprint(const std::string& original, const BatchRecord& batch, const std::vector<LetterId>& letters,
                        Instant at) override;
    Result<std::uint64_t> hold_returned(Day day, Instant at) override;

    Result<std::vector<jobs::LetterRecord>> list(const Filter& filter) override;
    Result<std::vector<std::pair<jobs::State, std::uint64_t>>> counts(Day today) override;
    Result<jobs::LetterRecord> show(LetterId letter, Day today) override;
    Result<Letter> load(LetterId letter, std::string& template_name) override;
    Result<std::vector<std::optional<LetterId>>> find(const std::vector<std::string_view>& keys) override;
    Result<jobs::State> apply(LetterId letter, jobs::Event event, Instant at) override;

    Result<std::vector<jobs::LetterEvent>> events_after(std::int64_t number, std::size_t limit) override;
    Result<std::vector<jobs::LetterEvent>> events_of(LetterId letter) override;

private:
    Result<Added> add_all(const Adding& letters);
    Result<bool> add_some(LetterWriter& writer, const Adding& letters, Added& added);
    Result<std::optional<RunRow>> unfinished_run();
    Result<RunRow> run_named(const std::string& name);
    Result<std::optional<RunRow>> freeze(const RunOrder& order);
    Result<RunRow> begin_run(Day day);
    Result<std::int64_t> place_letters(const RunRow& run, const PostalOrder& order);
    Result<std::int64_t> place_by_window(const RunRow& run, const PostalOrder& order);
    Done tell_postal_order(Day day, const PostalOrder& order);
    Done claim(const RunRow& run);
    Done claim_at_once(const RunRow& run);
    Done reject_late(const RunOrder& order);
    Result<RunRecord> record_of(const RunRow& run);

    Done cut_into_units(const RunRow& run, std::uint32_t letters_per_unit);
    Done check_lease(const RunRow& run, const Unit& unit);
    Result<std::int64_t> open_letters(std::int64_t first, std::int64_t letters);

    Result<std::int64_t> insert_batch(const RunRow& run, const BatchRecord& batch, std::uint32_t unit);
    Done place_pieces(const RunRow& run, std::int64_t batch, const std::vector<LetterId>& letters);
    Done write_rejections();   // in a transaction of their own
    Done append_rejections();  // in the transaction at hand

    /// A row of batches; `original` is the batch its pieces are numbered in, itself if it is no reprint.
    struct BatchRow {
        std::int64_t id = 0, original = 0, run = 0;
    };
    Result<BatchRow> batch_row(const std::string& name);
    Done move_pieces(const BatchRow& batch, const std::vector<jobs::Piece>& moved);
    Done keep_reports(const BatchRow& batch, const std::vector<jobs::PieceReport>& reports, Instant at);
    Done mark_returned(const BatchRow& batch, const jobs::PieceReport& report);
    Done clear_returned(LetterId letter);
    Done tell_returned(jobs::LetterRecord& record);
    Done move(LetterId letter, jobs::State from, jobs::State to);

    /// A line of the log as it is written. `first` 0: the letters of the batch, and without one those of the run.
    struct LogLine {
        jobs::Event event{};
        Instant at;
        std::int64_t first = 0, last = 0;
        std::int64_t run = 0, batch = 0;
        std::int64_t letters = 1;
        jobs::Why why{};
    };
    /// In the transaction at hand. The line's number.
    Result<std::int64_t> log(const LogLine& line);
    Done log_each(const LogLine& line, const std::vector<std::int64_t>& letters);

    struct Rejection {
        LetterId letter;
        jobs::Why why;
        Instant at;
    };
    Connection db_;
    // A run may refuse thousands of letters; a disk sync for each would be slower than typesetting them. A crash loses
    // nothing by the delay: the letter is still claimed, the rerun meets it again and refuses it again.
    std::vector<Rejection> rejections_;
    RunRecord rejections_run_;
};

}  // namespace pli::store
