#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace pli::store {

/// What the SQL has to be told apart for. Everything else is written so that both understand it.
enum class Dialect : std::uint8_t { Sqlite, PostgreSql };

/// A prepared statement as a driver gives it. Parameters and columns as in `Statement`, parameters from 1, columns from 0.
class Cursor {
public:
    virtual ~Cursor() = default;
    virtual void bind(int parameter, std::int64_t value) = 0;
    virtual void bind(int parameter, std::string_view text) = 0;
    virtual void bind_blob(int parameter, std::string_view bytes) = 0;
    virtual void bind_null(int parameter) = 0;
    virtual void bind_list(int parameter, std::span<const std::int64_t> values) = 0;
    virtual Result<bool> step() = 0;
    virtual void reset() = 0;
    virtual bool absent(int column) const = 0;
    virtual std::int64_t number(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;
    virtual std::int64_t changed() const = 0;
};

/// One connection of a database. SQLite's and PostgreSQL's are in sqlite_driver.cpp and postgresql_driver.cpp: plain C
/// interfaces, because a million letters are bound as views and an error code becomes an Error once.
class Driver {
public:
    enum class Access : std::uint8_t { Write, Read };

    virtual ~Driver() = default;
    virtual Dialect dialect() const = 0;
    /// Path or address, as people may see it: without a password.
    virtual const std::string& place() const = 0;
    /// The part of the database that is this queue's. Empty: all of it.
    virtual const std::string& schema() const = 0;
    /// A second connection to the same database.
    virtual Result<std::unique_ptr<Driver>> another(Access access) const = 0;
    virtual Done run(const std::string& sql) = 0;
    virtual Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) = 0;
    /// Says at once that it will write, and waits its turn: one writer at a time, so that what follows needs no thought
    /// about others, and the log's numbers are in the order of the commits.
    virtual Done begin() = 0;
    virtual bool in_transaction() const = 0;
    /// Makes `name(a, b)` a function of SQL: two texts in, one text out. Must live as long as this. Where a database has
    /// no such thing: Unsupported.
    using TextOfTwo = std::function<std::string(std::string_view, std::string_view)>;
    virtual Done define(const char* name, const TextOfTwo& function) = 0;
};

/// Threads  a connection, with its statements, belongs to one thread at a time
class Connection {
public:
    Connection() = default;
    explicit Connection(std::unique_ptr<Driver> driver) : driver_(std::move(driver)) {}
    Result<Connection> another(Driver::Access access) const;

    Dialect dialect() const { return driver_->dialect(); }
    const std::string& place() const { return driver_->place(); }
    const std::string& schema() const { return driver_->schema(); }
    /// Runs one or many statements without results.
    Done run(const std::string& sql) { return driver_->run(sql); }
    Result<std::int64_t> number(const std::string& sql);  // the first column of the only row
    Driver& driver() { return *driver_; }
    std::unique_ptr<Driver> release() { return std::move(driver_); }

private:
    std::unique_ptr<Driver> driver_;
};

/// A prepared statement. Bind, step while there are rows, reset; bound text must live until the reset. Parameters are
/// written ? or ?1, ?2, …
class Statement {
public:
    static Result<Statement> prepare(Connection& connection, std::string_view sql);

    template <class... Values>
    Statement& bind(const Values&... values) {
        int parameter = 0;
        (put(++parameter, values), ...);
        return *this;
    }
    template <class Value>
    void set(int parameter, const Value& value) {
        put(parameter, value);
    }
    /// True: there is a row.
    Result<bool> step() { return cursor_->step(); }
    /// Steps a statement that has no rows, and makes it ready for the next bind.
    Done execute();
    /// The same, and how many rows it wrote.
    Result<std::int64_t> changed();
    /// The same for a statement that gives one number back: RETURNING id. 0 where there is no row.
    Result<std::int64_t> returned();
    void reset() { cursor_->reset(); }

    std::int64_t number(int column) const { return cursor_->number(column); }
    bool absent(int column) const { return cursor_->absent(column); }
    std::uint32_t count(int column) const { return static_cast<std::uint32_t>(number(column)); }
    /// Text or blob; good until the next step or reset.
    std::string_view bytes(int column) const { return cursor_->bytes(column); }
    std::string text(int column) const { return std::string(bytes(column)); }

    struct Blob {
        std::string_view bytes;
    };
    struct Null {};
    static Blob blob(std::string_view bytes) { return {bytes}; }
    /// Numbers that the statement meets as rows of `given` (number, place): see `given_numbers`.
    using Numbers = std::span<const std::int64_t>;

private:
    void put(int parameter, std::int64_t value) { cursor_->bind(parameter, value); }
    void put(int parameter, int value) { cursor_->bind(parameter, std::int64_t{value}); }
    void put(int parameter, bool value) { cursor_->bind(parameter, std::int64_t{value ? 1 : 0}); }
    void put(int parameter, std::uint32_t value) { cursor_->bind(parameter, std::int64_t{value}); }
    void put(int parameter, std::uint8_t value) { cursor_->bind(parameter, std::int64_t{value}); }
    void put(int parameter, std::string_view value) { cursor_->bind(parameter, value); }
    void put(int parameter, const std::string& value) { cursor_->bind(parameter, std::string_view(value)); }
    void put(int parameter, const Blob& value) { cursor_->bind_blob(parameter, value.bytes); }
    void put(int parameter, Null) { cursor_->bind_null(parameter); }
    void put(int parameter, Numbers values) { cursor_->bind_list(parameter, values); }

    std::unique_ptr<Cursor> cursor_;
};

/// The table of a bound list, for a FROM: rows (number, place), places from 1.
std::string_view given_numbers(Dialect dialect);  // of parameter ?1

/// All or nothing: rolled back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept : driver_(std::exchange(other.driver_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Done commit();

private:
    explicit Transaction(Driver& driver) : driver_(&driver) {}
    Driver* driver_;
};

}  // namespace pli::store
