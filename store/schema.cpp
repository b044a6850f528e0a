#include "store/schema.hpp"

#include <fmt/format.h>

namespace pli::store {
namespace {

constexpr std::int64_t application_id = 0x506c6951;  // "PliQ": file(1) and we ourselves know a queue by it

Done refuse_foreign(Connection& db) {
    const auto owner = TRY(db.number("PRAGMA application_id"));
    if (owner == application_id) return {};
    if (owner == 0 && TRY(db.number("SELECT count(*) FROM sqlite_schema")) == 0) return {};
    return failure(Fault::BadInput, db.place(), "is a database of another program, not a queue of Pli",
                   "name the file that pli init made");
}

}  // namespace

Done bring_up_to_date(Connection& db) {
    TRY(refuse_foreign(db));
    const auto known = static_cast<std::int64_t>(sqlite_migrations().size());
    if (TRY(db.number("PRAGMA user_version")) == known) return {};
    auto transaction = TRY(Transaction::begin(db));
    const auto found = TRY(db.number("PRAGMA user_version"));  // again: another process may have been quicker
    if (found > known)
        return failure(Fault::Newer, db.place(),
                       fmt::format("written by a later version of Pli (schema {}, this one knows {})", found, known),
                       "update Pli, or use the version that wrote it");
    for (auto version = found; version < known; ++version) TRY(db.run(std::string(sqlite_migrations()[version])));
    TRY(db.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, known)));
    return transaction.commit();
}

}  // namespace pli::store
