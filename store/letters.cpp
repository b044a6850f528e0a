#include "store/letter_writing.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

// Keys spread at random over their index: each transaction rewrites most of the index's pages, so few big ones are
// much cheaper than many small ones. 20,000 letters keep the queue locked for about a quarter of a second.
constexpr int letters_per_transaction = 20'000;

using Written = LetterWriter::Written;

/// Numbers that follow on each other and begin alike are one line of the log.
struct Arrivals {
    jobs::Event event = jobs::Event::Added;
    std::int64_t first = 0, last = 0, letters = 0;
};
std::vector<Arrivals> lines_for(const std::vector<Written>& written) {
    std::vector<Arrivals> lines;
    for (const auto& letter : written) {
        if (!letter.fresh) continue;
        const auto event = letter.held ? jobs::Event::AddedHeld : jobs::Event::Added;
        if (lines.empty() || lines.back().event != event) lines.push_back({event, letter.id, letter.id, 0});
        lines.back().last = letter.id;
        ++lines.back().letters;
    }
    return lines;
}

}  // namespace

/// False: there are no more.
Result<bool> SqlStore::add_some(LetterWriter& writer, const Adding& letters, Added& added) {
    auto transaction = TRY(Transaction::begin(db_));
    jobs::NewLetter letter;
    bool more = true;
    for (int n = 0; n < letters_per_transaction && (more = letters.next(letter)); ++n) TRY(writer.write(letter));
    const auto written = TRY(writer.finish());
    for (const auto& [event, first, last, count] : lines_for(written))
        TRY(log({event, letters.at, first, last, 0, 0, count}));
    TRY(transaction.commit());
    for (const auto& [id, fresh, held] : written) {
        ++(fresh ? added.queued : added.known);
        if (letters.told) letters.told({id}, fresh);
    }
    return more;
}

Result<LetterStore::Added> SqlStore::add_all(const Adding& letters) {
    const auto writer = TRY(letter_writer(db_));
    Added added;
    while (TRY(add_some(*writer, letters, added))) {
    }
    return added;
}

Result<LetterStore::Added> SqlStore::add(const Adding& letters) {
    if (db_.dialect() != Dialect::Sqlite) return add_all(letters);
    TRY(db_.run("PRAGMA cache_size = -49152"));  // holds the index of a million keys
    auto added = add_all(letters);
    TRY(db_.run("PRAGMA cache_size = -2048; PRAGMA shrink_memory"));
    return added;
}

Result<std::vector<std::optional<LetterId>>> SqlStore::find(const std::vector<std::string_view>& keys) {
    auto row = TRY(Statement::prepare(db_, letter_by_digest));
    KeyDigest digest;
    std::vector<std::optional<LetterId>> found;
    found.reserve(keys.size());
    for (const auto key : keys) {
        const auto id = TRY(row.bind(Statement::blob(digest(key))).returned());
        found.push_back(id == 0 ? std::nullopt : std::optional(LetterId{id}));
    }
    return found;
}

}  // namespace pli::store
