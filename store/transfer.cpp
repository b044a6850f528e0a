#include "store/transfer.hpp"

#include <fmt/format.h>

#include "store/drivers.hpp"
#include "store/tables.hpp"

namespace pli::store {
namespace {

/// The rows of a table, in constant memory: PostgreSQL gives a page at a time, SQLite row by row as it is.
class Rows {
public:
    static Result<Rows> open(Connection& db, const Table& table) {
        const auto select = fmt::format("SELECT {} FROM {} ORDER BY 1", table.columns, table.name);
        Rows rows;
        rows.paged_ = db.dialect() == Dialect::PostgreSql;
        if (rows.paged_) TRY(db.run(fmt::format("DECLARE rows_of_{} CURSOR FOR {}", table.name, select)));
        rows.statement_ =
            TRY(Statement::prepare(db, rows.paged_ ? fmt::format("FETCH 2000 FROM rows_of_{}", table.name) : select));
        return rows;
    }
    Result<bool> next() {
        if (TRY(statement_.step())) return rows_in_page_ = true;
        if (!paged_ || !rows_in_page_) return false;
        rows_in_page_ = false;
        statement_.reset();
        return rows_in_page_ = TRY(statement_.step());
    }
    const Statement& row() const { return statement_; }

private:
    bool paged_ = false, rows_in_page_ = false;
    Statement statement_;
};

void escape(std::string_view text, std::string& line) {
    for (const char c : text) {
        if (c == '\\')
            line += "\\\\";
        else if (c == '\n')
            line += "\\n";
        else if (c == '\r')
            line += "\\r";
        else if (c == '\t')
            line += "\\t";
        else
            line += c;
    }
}

/// Source   PostgreSQL 15 documentation, COPY, text format
void append_line(const Statement& row, std::string_view kinds, std::string& line) {
    for (int column = 0; column < static_cast<int>(kinds.size()); ++column) {
        if (column > 0) line += '\t';
        const char kind = kinds[static_cast<std::size_t>(column)];
        if (row.absent(column))
            line += "\\N";
        else if (kind == 'n')
            line += std::to_string(row.number(column));
        else if (kind == 't')
            escape(row.bytes(column), line);
        else {
            line += "\\\\x";
            for (const char byte : row.bytes(column)) line += fmt::format("{:02x}", static_cast<unsigned char>(byte));
        }
    }
    line += '\n';
}

Done copy_to_postgresql(Rows& rows, const Table& table, Connection& to) {
    TRY(copy_into_postgresql(to.driver(), fmt::format("COPY {} ({}) FROM STDIN", table.name, table.columns),
                             [&](std::string& line) -> Result<bool> {
                                 line.clear();
                                 if (!TRY(rows.next())) return false;
                                 append_line(rows.row(), table.kinds, line);
                                 return true;
                             }));
    if (table.counter.empty()) return {};
    return to.run(
        fmt::format("SELECT setval(pg_get_serial_sequence('\"{0}\".{1}', '{2}'), coalesce(max({2}), 0) + 1, false)"
                    " FROM {1}",
                    to.schema(), table.name, table.counter));
}

Done copy_to_sqlite(Rows& rows, const Table& table, Connection& to) {
    std::string parameters;
    for (std::size_t i = 0; i < table.kinds.size(); ++i) parameters += i == 0 ? "?" : ", ?";
    auto insert = TRY(
        Statement::prepare(to, fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, table.columns, parameters)));
    while (TRY(rows.next())) {
        const auto& row = rows.row();
        for (int column = 0; column < static_cast<int>(table.kinds.size()); ++column) {
            const char kind = table.kinds[static_cast<std::size_t>(column)];
            if (row.absent(column))
                insert.set(column + 1, Statement::Null{});
            else if (kind == 'n')
                insert.set(column + 1, row.number(column));
            else if (kind == 't')
                insert.set(column + 1, row.bytes(column));
            else
                insert.set(column + 1, Statement::blob(row.bytes(column)));
        }
        TRY(insert.execute());
    }
    return {};
}

Done copy_tables(Connection& from, Connection& to) {
    for (const auto& table : tables) {
        auto rows = TRY(Rows::open(from, table));
        TRY(to.dialect() == Dialect::Sqlite ? copy_to_sqlite(rows, table, to) : copy_to_postgresql(rows, table, to));
    }
    return {};
}

}  // namespace

Done transfer(Connection& from, Connection& to) {
    TRY(from.run(from.dialect() == Dialect::Sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    auto copied = copy_tables(from, to);
    static_cast<void>(from.run("ROLLBACK"));  // it was only read
    return copied;
}

}  // namespace pli::store
