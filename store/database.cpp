#include "store/database.hpp"

namespace pli::store {

Result<Connection> Connection::another(Driver::Access access) const {
    return Connection(TRY(driver_->another(access)));
}

Result<std::int64_t> Connection::number(const std::string& sql) {
    return TRY(Statement::prepare(*this, sql)).returned();
}

Result<Statement> Statement::prepare(Connection& connection, std::string_view sql) {
    Statement statement;
    statement.cursor_ = TRY(connection.driver().prepare(sql));
    return statement;
}

Done Statement::execute() {
    TRY(step());
    reset();
    return {};
}

Result<std::int64_t> Statement::changed() {
    TRY(step());
    const auto rows = cursor_->changed();
    reset();
    return rows;
}

Result<std::int64_t> Statement::returned() {
    const bool row = TRY(step());
    const auto value = row ? number(0) : 0;
    if (row) TRY(step());  // to its end: SQLite writes nothing for good before
    reset();
    return value;
}

std::string_view given_numbers(Dialect dialect) {
    if (dialect == Dialect::Sqlite) return "(SELECT value AS number, key + 1 AS place FROM json_each(?1)) AS given";
    return "unnest(?1::bigint[]) WITH ORDINALITY AS given (number, place)";
}

Result<Transaction> Transaction::begin(Connection& connection) {
    TRY(connection.driver().begin());
    return Transaction(connection.driver());
}

Transaction::~Transaction() {
    // A full disk or a lost connection rolls back by itself; a second ROLLBACK would then only report that.
    if (driver_ && driver_->in_transaction()) static_cast<void>(driver_->run("ROLLBACK"));
}

Done Transaction::commit() {
    TRY(driver_->run("COMMIT"));
    driver_ = nullptr;
    return {};
}

}  // namespace pli::store
