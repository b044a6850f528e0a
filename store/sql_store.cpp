#include "store/sql_store.hpp"

#include "store/drivers.hpp"
#include "store/postgresql_url.hpp"
#include "store/schema.hpp"

namespace pli::store {
namespace {

/// WAL: a run reads while it commits, and people list letters meanwhile. FULL: what was confirmed outlives a power cut;
/// transactions are big, so the syncs do not matter. The cache is small because a run's memory must stay flat.
constexpr const char* sqlite_settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2048;"
    "PRAGMA journal_size_limit = 67108864";

}  // namespace

Result<std::unique_ptr<Driver>> connect(const std::string& place, Driver::Access access) {
    return is_postgresql_url(place) ? connect_postgresql(place, access) : connect_sqlite(place, access);
}

Result<std::unique_ptr<LetterStore>> open(const std::string& place) {
    Connection db(TRY(connect(place, Driver::Access::Write)));
    TRY(bring_up_to_date(db));
    if (db.dialect() == Dialect::Sqlite) TRY(db.run(sqlite_settings));
    return std::unique_ptr<LetterStore>(std::make_unique<SqlStore>(std::move(db)));
}

}  // namespace pli::store
