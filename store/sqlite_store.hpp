#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/letter_store.hpp"
#include "store/sqlite.hpp"

namespace pli::store {

/// A run as its row tells it. Its letters are the places first … first + letters - 1.
struct RunRow {
    std::int64_t id = 0, first = 0, letters = 0;
    bool finished = false;
    Day day;
    std::string name;
};

/// The queue in one SQLite file. Split by noun: letters.cpp, runs.cpp, due.cpp, batches.cpp, accounts.cpp, reprints.cpp,
/// returned.cpp, listing.cpp.
class SqliteStore final : public LetterStore {
public:
    static Result<std::unique_ptr<LetterStore>> open(const std::string& path);

    Result<Added> add(const std::function<bool(jobs::NewLetter&)>& next) override;
    Result<std::vector<std::optional<LetterId>>> find(const std::vector<std::string_view>& keys) override;

    using LetterStore::open_run;
    Result<std::optional<RunRecord>> open_run(Day day, const PostalOrder& order) override;
    Result<std::function<Result<std::optional<Letter>>()>> letters_of(const RunRecord& run) override;
    Result<std::vector<Letter>> samples_of(const RunRecord& run, std::size_t count) override;
    Result<std::vector<Volume>> volumes_of(const RunRecord& run, int region_digits) override;
    Result<DueLetters> due(Day day) override;
    Done finish_run(const RunRecord& run) override;

    Done commit(const RunRecord& run, const BatchRecord& batch, const std::vector<LetterId>& letters) override;
    Done reject(const RunRecord& run, LetterId letter, const std::string& reason) override;
    Result<std::uint32_t> committed_batches(const RunRecord& run, const std::string& production_class) override;
    Result<std::uint64_t> take_numbers(const std::string& system, const std::string& batch,
                                       std::uint64_t count) override;

    Result<BatchAccount> account_of(const std::string& batch) override;
    Done mark_delivered(const std::string& batch, const std::string& to, Instant at) override;
    Result<std::vector<jobs::Piece>> pieces_of(const std::string& batch) override;
    Result<std::vector<jobs::PieceReport>> reports_of(const std::string& batch) override;
    Done record(const std::string& batch, const std::vector<jobs::Piece>& moved,
                const std::vector<jobs::PieceReport>& reports) override;
    Result<RunRecord> run_of(const std::string& batch) override;
    Result<std::vector<ReprintPiece>> spoiled_letters_of(const std::string& batch) override;
    Done commit_reprint(const std::string& original, const BatchRecord& batch,
                        const std::vector<LetterId>& letters) override;
    Result<std::uint64_t> hold_returned(Day day) override;

    Result<std::vector<jobs::LetterRecord>> list(const Filter& filter) override;
    Result<jobs::LetterRecord> show(LetterId letter) override;
    Result<Letter> load(LetterId letter, std::string& template_name) override;
    Done apply(LetterId letter, jobs::Event event) override;
    Result<std::vector<std::pair<jobs::State, std::uint64_t>>> counts() override;

private:
    Result<Added> add_all(const std::function<bool(jobs::NewLetter&)>& next);
    Result<std::optional<RunRow>> unfinished_run();
    Result<RunRow> run_named(const std::string& name);
    Result<std::optional<RunRow>> freeze(Day day, const PostalOrder& order);
    Result<RunRow> begin_run(Day day);
    Done claim(const RunRow& run);
    Result<RunRecord> record_of(const RunRow& run);

    Result<std::int64_t> insert_batch(const RunRow& run, const BatchRecord& batch);
    Done place_pieces(const RunRow& run, std::int64_t batch, const std::vector<LetterId>& letters);
    Done write_rejections();   // in a transaction of their own
    Done append_rejections();  // in the transaction at hand

    /// A row of batches; `original` is the batch its pieces are numbered in, itself if it is no reprint.
    struct BatchRow {
        std::int64_t id = 0, original = 0, run = 0;
    };
    Result<BatchRow> batch_row(const std::string& name);
    Done keep_reports(const BatchRow& batch, const std::vector<jobs::PieceReport>& reports);
    Done mark_returned(const BatchRow& batch, const jobs::PieceReport& report);
    Done clear_returned(LetterId letter);
    Done tell_returned(jobs::LetterRecord& record);
    Done move_placed(LetterId letter, jobs::State state);

    struct Rejection {
        LetterId letter;
        std::string reason;
    };
    Connection db_;
    // A run may refuse thousands of letters; a disk sync for each would be slower than typesetting them. A crash loses
    // nothing by the delay: the letter is still claimed, the rerun meets it again and refuses it again.
    std::vector<Rejection> rejections_;
    std::string rejections_run_;
};

}  // namespace pli::store
