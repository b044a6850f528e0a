#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"
#include "jobs/queued_letter.hpp"
#include "jobs/result_book.hpp"

namespace pli::store {

/// A part of a run, and the lease on it.
struct Unit {
    std::uint32_t number = 0;             // from 1; 0: the run in one piece
    std::int64_t first = 0, letters = 0;  // its places in the frozen order
    std::int64_t fence = 0;               // of the lease; 0: none, the whole run by whoever works on it alone
};

struct RunRecord {
    std::string run;  // "2026-11-22-1"
    Day day;
    std::uint64_t letters = 0;  // frozen into it
    bool finished = false;
    bool resumed = false;                // open_run found it unfinished
    std::vector<std::string> templates;  // by Letter::template_index
    Unit unit;                           // once claimed: what is asked and written is about it alone
};

/// Who asks for a unit, and how long it is to be theirs.
struct Holder {
    std::string name;  // for people: "printer-2, process 4711"
    Instant now, until;
    bool alone = false;  // nobody else is at work: leases of the dead do not count
};

/// Where a letter stands in its run's frozen order, from 0.
struct PlacedLetter {
    LetterId letter;
    std::uint64_t offset = 0;
};

/// Brings postal codes into the order a post wants: writes the key whose byte order it is. Empty: country and postal
/// code as they stand.
using PostalOrder = std::function<std::string(std::string_view country, std::string_view postal_code)>;

/// Letters of a run that are alike for the post: `region` is how their postal codes begin.
struct Volume {
    std::uint32_t template_index = 0;
    std::string country, region;
    std::int64_t letters = 0;
};

/// What a run would take if it began now.
struct DueLetters {
    std::vector<std::string> templates;  // by Letter::template_index
    std::function<Result<std::optional<Letter>>()> next;
};

struct BatchRecord {
    std::string name, production_class, folder;
    std::uint32_t pieces = 0, sheets = 0, pages = 0;
};

/// A batch as it stands between the hand-over and its last piece.
struct BatchAccount {
    BatchRecord batch;
    std::string run;
    std::string reprint_of;    // empty: not a reprint
    std::string delivered_to;  // empty: not delivered
    Instant delivered_at;
    std::uint32_t reprints = 0;             // batches made of its spoiled pieces
    std::uint64_t spoiled_sheets_open = 0;  // spoiled generations whose destruction nobody has reported
    std::vector<std::pair<jobs::State, std::uint64_t>> counts;  // of its pieces

    bool closed() const;
};

/// A letter that is printed again, as the piece that it was.
struct ReprintPiece {
    Letter letter;
    std::uint32_t piece = 1, generation = 2;
};

/// A letter that was mailed and brought back.
struct ReturnedLetter {
    LetterId letter;
    std::string reason;
};

/// Which letters a list shows; what is left empty does not narrow it.
struct Filter {
    std::optional<jobs::State> state;
    std::string template_name, run, batch, key;
    std::optional<Day> due_from, due_until;
    std::optional<bool> test;
    /// Paging: the letters behind this one, in the list's order. That stays the same while letters come and go.
    LetterId after;
    bool newest_first = false;
    std::uint64_t limit = 100;
    Day today;  // what is queued for a later day is shown as scheduled
};

/// Letters on their way in.
struct Adding {
    std::function<bool(jobs::NewLetter&)> next;  // false: no more
    Instant at;
    /// Each letter's number, and whether it is new, in the order in which `next` gave them, once they are committed. May be
    /// empty.
    std::function<void(LetterId, bool fresh)> told{};
};

/// What a new run is to be like.
struct RunOrder {
    Day day;
    PostalOrder postal_order{};
    Instant at{};
    std::uint32_t letters_per_unit = 0;  // 0: the run is one unit
};

/// The queue. One interface, several databases, one conformance suite. What happens to letters is written to a log in the
/// same transaction.
/// Errors   Newer: written by a later Pli; Environment: disk, permission, damaged file, a database that cannot be reached;
///          Busy: locked by another process
/// Threads  one object per thread of use
class LetterStore {
public:
    virtual ~LetterStore() = default;

    struct Added {
        std::uint64_t queued = 0, known = 0;
    };
    /// Takes letters until `next` gives false; commits every few thousand. A known key is counted, not queued again.
    virtual Result<Added> add(const Adding& letters) = 0;
    /// The letter queued under each key, in the order of the keys.
    virtual Result<std::vector<std::optional<LetterId>>> find(const std::vector<std::string_view>& keys) = 0;

    /// The unfinished run if there is one; else freezes all due letters into a new run: the higher priority first, then in
    /// the postal order given, then by id. Letters whose deadline has passed are rejected. nullopt: nothing is due.
    virtual Result<std::optional<RunRecord>> open_run(const RunOrder& order) = 0;
    Result<std::optional<RunRecord>> open_run(Day day) { return open_run(RunOrder{day}); }
    /// The run's letters that are still to be done, in the frozen order. nullopt after the last.
    virtual Result<std::function<Result<std::optional<Letter>>()>> letters_of(const RunRecord& run) = 0;
    /// Up to `count` of the run's letters, evenly spaced over its frozen order whatever has become of them: the same
    /// for a resumed run as for an undisturbed one.
    virtual Result<std::vector<Letter>> samples_of(const RunRecord& run, std::size_t count) = 0;
    /// How many letters were frozen into the run, by template, country and the first `region_digits` of the postal code.
    virtual Result<std::vector<Volume>> volumes_of(const RunRecord& run, int region_digits) = 0;
    /// The letters a run of that day would freeze, by id; those of an unfinished run that are still to be done first.
    virtual Result<DueLetters> due(Day day) = 0;
    /// One transaction: batch recorded, letters[n-1] becomes piece n, state Batched.
    virtual Done commit(const RunRecord& run, const BatchRecord& batch, const std::vector<LetterId>& letters,
                        Instant at) = 0;
    virtual Done reject(const RunRecord& run, LetterId letter, const jobs::Why& why, Instant at) = 0;
    virtual Result<std::uint32_t> committed_batches(const RunRecord& run, const std::string& production_class) = 0;
    /// What precedes the `count` running numbers of a batch's postal codes; the same answer again for the same batch.
    virtual Result<std::uint64_t> take_numbers(const std::string& system, const std::string& batch,
                                               std::uint64_t count) = 0;
    virtual Done finish_run(const RunRecord& run) = 0;

    // A run in units, by several processes. A lease that has run out may be taken over; whoever held it can then commit
    // nothing of the unit any more. Errors of all that is asked with a unit: Busy, it was taken over.
    /// The first unit that nobody holds. nullopt: none, though others may still be at work.
    virtual Result<std::optional<RunRecord>> claim_unit(const RunRecord& run, const Holder& holder) = 0;
    virtual Done renew(const RunRecord& unit, Instant until) = 0;
    /// Errors   BadInput: letters of it are open
    virtual Done finish_unit(const RunRecord& unit) = 0;
    virtual Result<std::uint32_t> units_left(const RunRecord& run) = 0;
    virtual Result<std::vector<PlacedLetter>> placed_letters(const RunRecord& unit) = 0;

    // The way back. A batch is named; what a reprint batch's pieces do, the batch they were spoiled in does.
    /// NotFound: no such batch.
    virtual Result<BatchAccount> account_of(const std::string& batch) = 0;
    virtual Done mark_delivered(const std::string& batch, const std::string& to, Instant at) = 0;
    /// Every piece, by its number.
    virtual Result<std::vector<jobs::Piece>> pieces_of(const std::string& batch) = 0;
    virtual Result<std::vector<jobs::PieceReport>> reports_of(const std::string& batch) = 0;
    /// One transaction: pieces moved, reports kept, addresses that brought a letter back marked.
    virtual Done record(const std::string& batch, const std::vector<jobs::Piece>& moved,
                        const std::vector<jobs::PieceReport>& reports, Instant at) = 0;
    /// The run of a batch, and its spoiled letters by piece.
    virtual Result<RunRecord> run_of(const std::string& batch) = 0;
    virtual Result<std::vector<ReprintPiece>> spoiled_letters_of(const std::string& batch) = 0;
    /// One transaction: the batch recorded as a reprint of `original`, its pieces in their next generation.
    virtual Done commit_reprint(const std::string& original, const BatchRecord& batch,
                                const std::vector<LetterId>& letters, Instant at) = 0;
    /// Holds the letters due on that day that go to an address that brought one back; how many. Releasing such a letter
    /// takes the mark from its address.
    virtual Result<std::uint64_t> hold_returned(Day day, Instant at) = 0;

    virtual Result<std::vector<jobs::LetterRecord>> list(const Filter& filter) = 0;
    /// How many letters stand where. What is queued for a day after `today` counts as scheduled.
    virtual Result<std::vector<std::pair<jobs::State, std::uint64_t>>> counts(Day today) = 0;
    virtual Result<jobs::LetterRecord> show(LetterId letter, Day today) = 0;
    virtual Result<Letter> load(LetterId letter, std::string& template_name) = 0;  // for previews
    /// Hold, release, cancel; where the letter stands then.
    virtual Result<jobs::State> apply(LetterId letter, jobs::Event event, Instant at) = 0;

    // The log. Nothing in it is ever changed.
    /// What happened after that line, in order. The lines are read as often as one likes: for webhooks, keep the last number.
    virtual Result<std::vector<jobs::LetterEvent>> events_after(std::int64_t number, std::size_t limit) = 0;
    /// Everything that happened to the letter, in order.
    virtual Result<std::vector<jobs::LetterEvent>> events_of(LetterId letter) = 0;
    /// The letters that a line tells of, behind the given place among them; from 0.
    virtual Result<std::vector<jobs::EventLetter>> letters_of(const jobs::LetterEvent& event, std::int64_t after,
                                                              std::size_t limit) = 0;
};

/// Opens a store, creating it where there is none, and brings its schema up to date. `place` is the path of a SQLite file,
/// or the address of a PostgreSQL database: postgresql://user@host/database?schema=NAME.
Result<std::unique_ptr<LetterStore>> open(const std::string& place);

}  // namespace pli::store
