#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "base/release.hpp"
#include "store/drivers.hpp"

namespace pli::store {
namespace {

Error at(const std::string& path, Fault fault, std::string message, std::string remedy) {
    return {fault, path, std::move(message), std::move(remedy)};
}

/// SQLite's primary result code in the words of somebody who has a queue file, not a database.
Error explained(int code, const std::string& path, const std::string& detail) {
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return at(path, Fault::Busy, "the queue is locked by another process", "try again when that has ended");
        case SQLITE_NOTADB: return at(path, Fault::BadInput, "is not a queue file", "name the file that pli init made");
        case SQLITE_CORRUPT:
            return at(path, Fault::Environment, "the queue file is damaged (" + detail + ")",
                      "restore it from a backup, or save what is readable with sqlite3 FILE .recover");
        case SQLITE_FULL: return at(path, Fault::Environment, "the disk is full", "free some space and repeat");
        case SQLITE_READONLY:
            return at(path, Fault::Environment, "the queue file may not be written", "check its permissions");
        case SQLITE_CANTOPEN:
            return at(path, Fault::Environment, "cannot open the queue file",
                      "check that the folder exists and may be written");
        default: return at(path, Fault::Environment, "the queue file cannot be used: " + detail, "");
    }
}

std::string_view text_of(sqlite3_value* value) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
    return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void call(sqlite3_context* context, int, sqlite3_value** values) {
    const auto& function = *static_cast<const Driver::TextOfTwo*>(sqlite3_user_data(context));
    const auto text = function(text_of(values[0]), text_of(values[1]));
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// What SQLite last complained about, for people, with the right Fault.
Error problem(sqlite3* db, const std::string& path) {
    return explained(sqlite3_errcode(db) & 0xff, path, sqlite3_errmsg(db));
}

class SqliteCursor final : public Cursor {
public:
    SqliteCursor(sqlite3_stmt* statement, const std::string& path) : statement_(statement), path_(path) {}

    void bind(int parameter, std::int64_t value) override { sqlite3_bind_int64(raw(), parameter, value); }
    // An empty view may have no address, which SQLite would take for NULL.
    void bind(int parameter, std::string_view text) override {
        const char* data = text.data() ? text.data() : "";
        sqlite3_bind_text64(raw(), parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void bind_blob(int parameter, std::string_view bytes) override {
        const char* data = bytes.data() ? bytes.data() : "";
        sqlite3_bind_blob64(raw(), parameter, data, bytes.size(), SQLITE_STATIC);
    }
    void bind_null(int parameter) override { sqlite3_bind_null(raw(), parameter); }
    void bind_list(int parameter, std::span<const std::int64_t> values) override {
        const auto json = fmt::format("[{}]", fmt::join(values, ","));
        sqlite3_bind_text64(raw(), parameter, json.data(), json.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    Result<bool> step() override {
        const int code = sqlite3_step(raw());
        if (code == SQLITE_ROW) return true;
        if (code == SQLITE_DONE) return false;
        const Error error = problem(sqlite3_db_handle(raw()), path_);
        reset();
        return tl::unexpected(error);
    }
    void reset() override { sqlite3_reset(raw()); }
    bool absent(int column) const override { return sqlite3_column_type(raw(), column) == SQLITE_NULL; }
    std::int64_t number(int column) const override { return sqlite3_column_int64(raw(), column); }
    std::string_view bytes(int column) const override {
        const void* data = sqlite3_column_blob(raw(), column);
        return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(raw(), column))};
    }
    std::int64_t changed() const override { return sqlite3_changes64(sqlite3_db_handle(raw())); }

private:
    sqlite3_stmt* raw() const { return statement_.get(); }
    Handle<sqlite3_stmt, sqlite3_finalize> statement_;
    std::string path_;
};

class SqliteDriver final : public Driver {
public:
    static Result<std::unique_ptr<Driver>> open(const std::string& path, Access access) {
        const int mode = access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
        sqlite3* raw = nullptr;
        const int code = sqlite3_open_v2(path.c_str(), &raw, mode | SQLITE_OPEN_NOMUTEX, nullptr);
        auto driver = std::make_unique<SqliteDriver>();
        driver->db_.reset(raw);  // also on failure: it then carries the message
        driver->path_ = path;
        if (code != SQLITE_OK) return tl::unexpected(problem(raw, path));
        sqlite3_busy_timeout(raw, 10'000);
        return std::unique_ptr<Driver>(std::move(driver));
    }

    Dialect dialect() const override { return Dialect::Sqlite; }
    const std::string& place() const override { return path_; }
    const std::string& schema() const override { return whole_; }
    /// The cache is small because a run's memory must stay flat.
    Result<std::unique_ptr<Driver>> another(Access access) const override {
        auto driver = TRY(open(path_, access));
        TRY(driver->run("PRAGMA cache_size = -1024"));
        return driver;
    }
    Done run(const std::string& sql) override {
        if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
        return tl::unexpected(problem(db_.get(), path_));
    }
    Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) override {
        sqlite3_stmt* raw = nullptr;
        const int length = static_cast<int>(sql.size());
        if (sqlite3_prepare_v3(db_.get(), sql.data(), length, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
            return tl::unexpected(problem(db_.get(), path_));
        return std::unique_ptr<Cursor>(std::make_unique<SqliteCursor>(raw, path_));
    }
    // IMMEDIATE: upgrading a read later would fail instead of waiting.
    Done begin() override { return run("BEGIN IMMEDIATE"); }
    bool in_transaction() const override { return sqlite3_get_autocommit(db_.get()) == 0; }
    Done define(const char* name, const TextOfTwo& function) override {
        void* user = const_cast<TextOfTwo*>(&function);  // SQLite's void* is not ours to make const
        const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
        if (sqlite3_create_function_v2(db_.get(), name, 2, flags, user, call, nullptr, nullptr, nullptr) == SQLITE_OK)
            return {};
        return tl::unexpected(problem(db_.get(), path_));
    }

    /// All of it, as it is at one moment; others read and write on meanwhile.
    Done copy_to(SqliteDriver& other) const {
        const Handle<sqlite3_backup, sqlite3_backup_finish> backup(
            sqlite3_backup_init(other.db_.get(), "main", db_.get(), "main"));
        if (!backup) return tl::unexpected(problem(other.db_.get(), other.path_));
        const int code = sqlite3_backup_step(backup.get(), -1);
        if (code == SQLITE_DONE) return {};
        const bool of_source = (code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT;
        return tl::unexpected(explained(code & 0xff, of_source ? path_ : other.path_, sqlite3_errstr(code)));
    }

private:
    Handle<sqlite3, sqlite3_close_v2> db_;
    std::string path_, whole_;
};

}  // namespace

Result<std::unique_ptr<Driver>> connect_sqlite(const std::string& path, Driver::Access access) {
    return SqliteDriver::open(path, access);
}

Done copy_sqlite(Driver& from, Driver& to) {
    return static_cast<SqliteDriver&>(from).copy_to(static_cast<SqliteDriver&>(to));
}

}  // namespace pli::store
