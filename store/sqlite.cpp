#include "store/sqlite.hpp"

#include <utility>

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
    const auto& function = *static_cast<const Connection::TextOfTwo*>(sqlite3_user_data(context));
    const auto text = function(text_of(values[0]), text_of(values[1]));
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

Result<Connection> Connection::open(const std::string& path, Access access) {
    const int mode = access == Access::Create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    Connection connection;
    connection.path_ = path;
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, mode | SQLITE_OPEN_NOMUTEX, nullptr);
    connection.db_.reset(raw);  // also on failure: it then carries the message
    if (code != SQLITE_OK) return tl::unexpected(connection.problem());
    sqlite3_busy_timeout(raw, 10'000);
    return connection;
}

Done Connection::define(const char* name, const TextOfTwo& function) {
    void* user = const_cast<TextOfTwo*>(&function);  // SQLite's void* is not ours to make const
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    if (sqlite3_create_function_v2(db_.get(), name, 2, flags, user, call, nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(problem());
    return {};
}

Error Connection::problem() const {
    return explained(sqlite3_errcode(db_.get()) & 0xff, path_, sqlite3_errmsg(db_.get()));
}

Done Connection::run(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return tl::unexpected(problem());
    return {};
}

Result<std::int64_t> Connection::number(const std::string& sql) {
    Statement statement = TRY(Statement::prepare(*this, sql));
    return TRY(statement.step()) ? statement.number(0) : 0;
}

Result<Statement> Statement::prepare(Connection& connection, std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int length = static_cast<int>(sql.size());
    if (sqlite3_prepare_v3(connection.raw(), sql.data(), length, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
        return tl::unexpected(connection.problem());
    Statement statement;
    statement.statement_.reset(raw);
    statement.connection_ = &connection;
    return statement;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const Error error = connection_->problem();
    reset();
    return tl::unexpected(error);
}

Done Statement::execute() {
    TRY(step());
    reset();
    return {};
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

// An empty view may have no address, which SQLite would take for NULL.
void Statement::put(int column, std::string_view value) {
    const char* data = value.data() ? value.data() : "";
    sqlite3_bind_text64(statement_.get(), column, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void Statement::put(int column, const Blob& value) {
    const char* data = value.bytes.data() ? value.bytes.data() : "";
    sqlite3_bind_blob64(statement_.get(), column, data, value.bytes.size(), SQLITE_STATIC);
}

// IMMEDIATE: who will write says so at once and waits its turn. Upgrading a read later would fail instead of waiting.
Result<Transaction> Transaction::begin(Connection& connection) {
    TRY(connection.run("BEGIN IMMEDIATE"));
    return Transaction(connection);
}

Transaction::~Transaction() {
    // A full disk rolls back by itself; a second ROLLBACK would then only report that.
    if (connection_ && !sqlite3_get_autocommit(connection_->raw())) static_cast<void>(connection_->run("ROLLBACK"));
}

Done Transaction::commit() {
    TRY(connection_->run("COMMIT"));
    connection_ = nullptr;
    return {};
}

}  // namespace pli::store
