#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/release.hpp"
#include "base/result.hpp"

namespace pli::store {

/// The plain C interface behind three small types. SQLiteCpp would throw on every expected failure and copies each
/// bound text; here a million letters are bound as views, and a return code becomes an Error once, in `problem()`.
/// Threads  a connection, with its statements, belongs to one thread at a time
class Connection {
public:
    enum class Access : std::uint8_t { Create, Read };
    static Result<Connection> open(const std::string& path, Access access);

    /// Runs one or many statements without results.
    Done run(const std::string& sql);
    Result<std::int64_t> number(const std::string& sql);  // the first column of the only row
    /// Makes `name(a, b)` a function of SQL: two texts in, one text out. Deterministic; must live as long as this.
    using TextOfTwo = std::function<std::string(std::string_view, std::string_view)>;
    Done define(const char* name, const TextOfTwo& function);
    /// What SQLite last complained about, for people, with the right Fault.
    Error problem() const;

    const std::string& path() const { return path_; }
    sqlite3* raw() const { return db_.get(); }
    std::int64_t last_id() const { return sqlite3_last_insert_rowid(db_.get()); }
    int changes() const { return sqlite3_changes(db_.get()); }

private:
    Handle<sqlite3, sqlite3_close_v2> db_;
    std::string path_;
};

/// A prepared statement. Bind, step while there are rows, reset; bound text must live until the reset.
class Statement {
public:
    static Result<Statement> prepare(Connection& connection, std::string_view sql);

    template <class... Values>
    Statement& bind(const Values&... values) {
        int column = 0;
        (put(++column, values), ...);
        return *this;
    }
    /// True: there is a row.
    Result<bool> step();
    /// Steps a statement that has no rows, and makes it ready for the next bind.
    Done execute();
    void reset() { sqlite3_reset(statement_.get()); }

    std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    bool absent(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
    /// Text or blob; good until the next step or reset.
    std::string_view bytes(int column) const;
    std::string text(int column) const { return std::string(bytes(column)); }

private:
    struct Blob {
        std::string_view bytes;
    };
    void put(int column, std::int64_t value) { sqlite3_bind_int64(statement_.get(), column, value); }
    void put(int column, int value) { sqlite3_bind_int(statement_.get(), column, value); }
    void put(int column, bool value) { sqlite3_bind_int(statement_.get(), column, value ? 1 : 0); }
    void put(int column, std::uint32_t value) { sqlite3_bind_int64(statement_.get(), column, value); }
    void put(int column, std::string_view value);
    void put(int column, const Blob& value);

    Handle<sqlite3_stmt, sqlite3_finalize> statement_;
    Connection* connection_ = nullptr;

public:
    static Blob blob(std::string_view bytes) { return {bytes}; }
};

/// All or nothing: rolled back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Done commit();

private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

}  // namespace pli::store
