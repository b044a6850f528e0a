#include "store/schema.hpp"

#include <fmt/format.h>

#include <memory>

namespace pli::store {
namespace {

tl::unexpected<Error> foreign(const Connection& db, std::string_view remedy) {
    return failure(Fault::BadInput, db.place(), "is a database of another program, not a queue of Pli",
                   std::string(remedy));
}

/// Where each database keeps the number of its schema, and how it tells a queue from something else.
class Numbering {
public:
    virtual ~Numbering() = default;
    virtual const std::vector<std::string_view>& migrations() const = 0;
    virtual Result<std::int64_t> found(Connection& db) const = 0;
    virtual Done note(Connection& db, std::int64_t version) const = 0;
};

class SqliteNumbering final : public Numbering {
public:
    const std::vector<std::string_view>& migrations() const override { return sqlite_migrations(); }
    Result<std::int64_t> found(Connection& db) const override {
        const auto owner = TRY(db.number("PRAGMA application_id"));
        const bool empty = owner == 0 && TRY(db.number("SELECT count(*) FROM sqlite_schema")) == 0;
        if (owner != application_id && !empty) return foreign(db, "name the file that pli init made");
        return db.number("PRAGMA user_version");
    }
    Done note(Connection& db, std::int64_t version) const override {
        return db.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, version));
    }

private:
    static constexpr std::int64_t application_id = 0x506c6951;  // "PliQ": file(1) and we ourselves know a queue by it
};

class PostgresqlNumbering final : public Numbering {
public:
    const std::vector<std::string_view>& migrations() const override { return postgresql_migrations(); }
    Result<std::int64_t> found(Connection& db) const override {
        const auto tables =
            "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = '" +
            db.schema() + "'";
        if (TRY(db.number(tables + " AND relname = 'pli_queue'")) > 0)
            return db.number("SELECT version FROM pli_queue");
        if (TRY(db.number(tables)) > 0) return foreign(db, "give the queue a schema of its own: ?schema=NAME");
        return std::int64_t{0};
    }
    Done note(Connection& db, std::int64_t version) const override {
        return db.run(
            fmt::format("CREATE TABLE IF NOT EXISTS pli_queue (version bigint NOT NULL);"
                        " DELETE FROM pli_queue; INSERT INTO pli_queue VALUES ({})",
                        version));
    }
};

std::unique_ptr<Numbering> numbering_of(Dialect dialect) {
    if (dialect == Dialect::Sqlite) return std::make_unique<SqliteNumbering>();
    return std::make_unique<PostgresqlNumbering>();
}

/// Not CREATE SCHEMA IF NOT EXISTS alone: that asks for the right to make one where there is one already.
Done make_schema(Connection& db) {
    if (db.dialect() != Dialect::PostgreSql) return {};
    if (TRY(db.number("SELECT count(*) FROM pg_namespace WHERE nspname = '" + db.schema() + "'")) > 0) return {};
    return db.run(fmt::format("CREATE SCHEMA IF NOT EXISTS \"{}\"", db.schema()));
}

}  // namespace

Done bring_up_to_date(Connection& db) {
    const auto numbering = numbering_of(db.dialect());
    const auto& migrations = numbering->migrations();
    const auto known = static_cast<std::int64_t>(migrations.size());
    if (TRY(numbering->found(db)) == known) return {};
    auto transaction = TRY(Transaction::begin(db));
    const auto found = TRY(numbering->found(db));  // again: another process may have been quicker
    if (found > known)
        return failure(Fault::Newer, db.place(),
                       fmt::format("written by a later version of Pli (schema {}, this one knows {})", found, known),
                       "update Pli, or use the version that wrote it");
    TRY(make_schema(db));
    for (auto version = found; version < known; ++version) TRY(db.run(std::string(migrations[version])));
    TRY(numbering->note(db, known));
    return transaction.commit();
}

}  // namespace pli::store
