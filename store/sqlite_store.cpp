#include "store/sqlite_store.hpp"

#include "store/schema.hpp"

namespace pli::store {

/// WAL: a run reads while it commits, and people list letters meanwhile. FULL: what was confirmed outlives a power cut;
/// transactions are big, so the syncs do not matter. The cache is small because a run's memory must stay flat.
Result<std::unique_ptr<LetterStore>> SqliteStore::open(const std::string& path) {
    auto store = std::make_unique<SqliteStore>();
    store->db_ = TRY(Connection::open(path, Connection::Access::Create));
    TRY(bring_up_to_date(store->db_));
    TRY(
        store->db_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2048;"
                       "PRAGMA journal_size_limit = 67108864"));
    return std::unique_ptr<LetterStore>(std::move(store));
}

Result<std::unique_ptr<LetterStore>> open_sqlite(const std::string& path) { return SqliteStore::open(path); }

}  // namespace pli::store
