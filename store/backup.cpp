#include "store/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "store/drivers.hpp"
#include "store/schema.hpp"
#include "store/tables.hpp"
#include "store/transfer.hpp"
#include "store/work_lock.hpp"

namespace pli::store {
namespace {

namespace fs = std::filesystem;

struct Rule {
    std::string_view broken, count;
};
/// What must be true of every store, each as a count of where it is not.
constexpr std::array rules{
    Rule{"letters without contents",
         "SELECT count(*) FROM letters LEFT JOIN contents ON contents.letter = letters.id WHERE contents.letter IS "
         "NULL"},
    Rule{"letters claimed by a run that has no place for them",
         "SELECT count(*) FROM letters LEFT JOIN places ON position = place AND places.letter = letters.id"
         " WHERE state = 2 AND position IS NULL"},
    Rule{"runs whose places are not as many as their letters",
         "SELECT count(*) FROM runs WHERE letters <> (SELECT count(*) FROM places WHERE places.run = runs.id AND"
         " position BETWEEN first AND first + letters - 1)"},
    Rule{"batches whose pieces are not as many as they should be",
         "SELECT count(*) FROM batches LEFT JOIN (SELECT batch, count(*) AS found, count(DISTINCT piece) AS numbers"
         " FROM places WHERE batch IS NOT NULL GROUP BY batch) AS placed ON placed.batch = batches.id"
         " WHERE reprint_of IS NULL AND (pieces <> coalesce(found, 0) OR pieces <> coalesce(numbers, 0))"},
    Rule{"reports of batches that are not there",
         "SELECT count(*) FROM reports LEFT JOIN batches ON batches.id = reports.batch WHERE batches.id IS NULL"},
};

Result<StoreReport> look_over(Connection& db) {
    StoreReport report;
    if (db.dialect() == Dialect::Sqlite) {
        auto rows = TRY(Statement::prepare(db, "PRAGMA integrity_check(20)"));
        while (TRY(rows.step()))
            if (rows.bytes(0) != "ok") report.problems.push_back(rows.text(0));
    }
    for (const auto& table : tables)
        report.rows.emplace_back(table.name, TRY(db.number(fmt::format("SELECT count(*) FROM {}", table.name))));
    for (const auto& [broken, count] : rules)
        if (const auto found = TRY(db.number(std::string(count))); found > 0)
            report.problems.push_back(fmt::format("{}: {}", broken, found));
    return report;
}

Result<Connection> open_store(const std::string& place) {
    Connection db(TRY(connect(place, Driver::Access::Write)));
    TRY(bring_up_to_date(db));
    return db;
}

tl::unexpected<Error> cannot(const char* what, const std::string& path) {
    return failure(Fault::Environment, path, fmt::format("cannot be {}: {}", what, std::strerror(errno)),
                   "check permissions and free space");
}

Done sync(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return cannot("opened", path);
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (!synced) return cannot("written", path);
    return {};
}

/// A name that stands in nobody's way is taken at the end, and only if it still is.
Done give_name(const std::string& part, const std::string& file) {
    TRY(sync(part));
    if (::link(part.c_str(), file.c_str()) != 0) return cannot("named", file);
    ::unlink(part.c_str());
    const auto folder = fs::path(file).parent_path().string();
    return sync(folder.empty() ? "." : folder);
}

/// One file and nothing beside it, whatever it was copied from.
constexpr const char* single_file = "PRAGMA journal_mode = DELETE";

Result<StoreReport> copy_out(Connection& from, const std::string& part) {
    Connection to(TRY(connect_sqlite(part, Driver::Access::Write)));
    if (from.dialect() == Dialect::Sqlite) {
        TRY(copy_sqlite(from.driver(), to.driver()));
    } else {
        TRY(bring_up_to_date(to));
        auto transaction = TRY(Transaction::begin(to));
        TRY(transfer(from, to));
        TRY(transaction.commit());
    }
    TRY(to.run(single_file));
    return look_over(to);
}

Done refuse_full(Connection& db) {
    for (const auto& table : tables)
        if (TRY(db.number(fmt::format("SELECT count(*) FROM {}", table.name))) > 0)
            return failure(Fault::BadInput, db.place(), fmt::format("is not empty: there are rows in {}", table.name),
                           "restore into a new workspace or schema, and change over to it");
    return {};
}

/// The file itself is left as it is: an older one is brought up to date in a copy.
Result<Connection> open_backup(const std::string& file) {
    if (!fs::exists(file))
        return failure(Fault::NotFound, file, "there is no such file", "name a file of pli store backup");
    Connection given(TRY(connect_sqlite(file, Driver::Access::Read)));
    Connection copy(TRY(connect_sqlite("", Driver::Access::Write)));  // a file of SQLite's own, gone with it
    TRY(copy_sqlite(given.driver(), copy.driver()));
    auto current = bring_up_to_date(copy);
    if (!current) {
        current.error().where = file;
        return tl::unexpected(current.error());
    }
    return copy;
}

}  // namespace

Result<StoreReport> check(const std::string& place) {
    auto db = TRY(open_store(place));
    return look_over(db);
}

Result<StoreReport> back_up(const std::string& place, const std::string& file) {
    if (fs::exists(file))
        return failure(Fault::BadInput, file, "is there already", "name a new file: a backup is never written over");
    auto db = TRY(open_store(place));
    const auto part = file + ".part";
    ::unlink(part.c_str());
    auto report = copy_out(db, part);
    if (report) {
        if (auto named = give_name(part, file); !named) report = tl::unexpected(named.error());
    }
    if (!report) ::unlink(part.c_str());
    return report;
}

Result<StoreReport> restore(const std::string& file, const std::string& place) {
    const auto lock = TRY(WorkLock::take(place));
    auto from = TRY(open_backup(file));
    auto to = TRY(open_store(place));
    auto transaction = TRY(Transaction::begin(to));
    TRY(refuse_full(to));
    TRY(transfer(from, to));
    auto report = TRY(look_over(to));
    const auto expected = TRY(look_over(from));
    if (report.rows != expected.rows)
        return failure(Fault::Environment, place, "did not take all rows of the backup",
                       "nothing was changed; try again");
    TRY(transaction.commit());
    return report;
}

}  // namespace pli::store
