#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <cctype>
#include <unordered_map>
#include <vector>

#include "base/release.hpp"
#include "store/drivers.hpp"
#include "store/postgresql_arrays.hpp"
#include "store/postgresql_errors.hpp"
#include "store/postgresql_url.hpp"

namespace pli::store {
namespace {

using Answer = Handle<PGresult, PQclear>;

constexpr std::size_t statements_kept = 256;

/// ? and ?1 become $1: the SQL is written as SQLite has it.
std::string with_dollars(std::string_view sql) {
    std::string out;
    bool quoted = false;
    int parameters = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '\'') quoted = !quoted;
        if (quoted || sql[i] != '?') {
            out += sql[i];
            continue;
        }
        out += '$';
        const bool numbered = i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9';
        if (!numbered) out += std::to_string(++parameters);
    }
    return out;
}

/// A connection, and what one has to know to make it again.
class Link {
public:
    explicit Link(PostgresqlUrl url) : url_(std::move(url)) {}

    Done connect() {
        // What the address says itself comes later and wins. Without the last one a machine that has vanished would be
        // waited for a quarter of an hour.
        const std::array<const char*, 7> keys{"client_encoding",
                                              "connect_timeout",
                                              "fallback_application_name",
                                              "keepalives_idle",
                                              "tcp_user_timeout",
                                              "dbname",
                                              nullptr};
        const std::array<const char*, 7> values{"UTF8", "10", "pli", "30", "30000", url_.libpq.c_str(), nullptr};
        connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
        names_.clear();
        if (PQstatus(raw()) != CONNECTION_OK) return tl::unexpected(no_connection(url_.shown, PQerrorMessage(raw())));
        PQsetNoticeProcessor(
            raw(), [](void*, const char*) {}, nullptr);
        return prepare_session();
    }
    /// A connection that was lost while nobody was in the middle of something is made again.
    Done ensure() {
        if (PQstatus(raw()) == CONNECTION_OK || in_transaction_) return {};
        return connect();
    }

    Result<Answer> told(PGresult* raw_answer) const {
        Answer answer(raw_answer);
        const auto status = PQresultStatus(answer.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return answer;
        const char* code = answer ? PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE) : nullptr;
        const bool lost = code == nullptr || PQstatus(raw()) != CONNECTION_OK;
        const auto message = answer ? PQresultErrorMessage(answer.get()) : PQerrorMessage(raw());
        return tl::unexpected(explained(lost && code == nullptr ? "08006" : code, url_.shown, message));
    }
    Done run(const std::string& sql) {
        TRY(told(PQexec(raw(), sql.c_str())));
        return {};
    }
    /// The name of the statement on the server. Empty where there are too many already: it is then sent each time.
    Result<std::string> name_of(const std::string& sql) {
        if (const auto found = names_.find(sql); found != names_.end()) return found->second;
        if (names_.size() >= statements_kept) return std::string();
        auto name = fmt::format("pli{}", names_.size());
        TRY(told(PQprepare(raw(), name.c_str(), sql.c_str(), 0, nullptr)));
        return names_[sql] = std::move(name);
    }

    PGconn* raw() const { return connection_.get(); }
    const PostgresqlUrl& url() const { return url_; }
    bool in_transaction_ = false;

private:
    /// Whoever waits for a writer for a minute is told so. Compilers and helpers for queries of milliseconds only cost.
    Done prepare_session() {
        return run(
            fmt::format("SET search_path TO \"{}\"; SET lock_timeout = '60s'; SET jit = off;"
                        " SET max_parallel_workers_per_gather = 0;"
                        " SET client_min_messages = warning",
                        url_.schema));
    }

    PostgresqlUrl url_;
    Handle<PGconn, PQfinish> connection_;
    std::unordered_map<std::string, std::string> names_;
};

class PostgresqlCursor final : public Cursor {
public:
    PostgresqlCursor(Link& link, std::string sql, std::string name)
        : link_(link), sql_(std::move(sql)), name_(std::move(name)) {}

    // As text, so that the server reads it as whatever whole number is wanted there.
    void bind(int parameter, std::int64_t value) override {
        auto& slot = slot_of(parameter);
        slot.own = std::to_string(value);
        slot.bytes = slot.own;
        slot.form = as_text;
    }
    // In binary, a text is its bytes, and so is a blob, and an array that has been laid out as one.
    void bind(int parameter, std::string_view text) override { bind_blob(parameter, text); }
    void bind_blob(int parameter, std::string_view bytes) override {
        auto& slot = slot_of(parameter);
        slot.bytes = bytes.data() ? bytes : std::string_view("");
        slot.form = as_bytes;
    }
    void bind_null(int parameter) override { slot_of(parameter) = {{}, {}, as_null}; }
    void bind_list(int parameter, std::span<const std::int64_t> values) override {
        auto& slot = slot_of(parameter);
        slot.own = array_of(values);
        slot.bytes = slot.own;
        slot.form = as_bytes;
    }

    Result<bool> step() override {
        if (!answer_)
            answer_ = TRY(execute());
        else
            ++row_;
        return row_ < PQntuples(answer_.get());
    }
    void reset() override {
        answer_.reset();
        row_ = 0;
    }
    bool absent(int column) const override { return PQgetisnull(answer_.get(), row_, column) != 0; }
    std::int64_t number(int column) const override { return number_in(bytes(column)); }
    std::string_view bytes(int column) const override {
        return {PQgetvalue(answer_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
    }
    std::int64_t changed() const override {
        const std::string_view count = PQcmdTuples(answer_.get());
        return count.empty() ? 0 : std::stoll(std::string(count));
    }

private:
    enum Form : std::uint8_t { as_null, as_text, as_bytes };
    struct Slot {
        std::string own;
        std::string_view bytes;
        Form form = as_null;
    };
    Slot& slot_of(int parameter) {
        if (slots_.size() < static_cast<std::size_t>(parameter)) slots_.resize(static_cast<std::size_t>(parameter));
        return slots_[static_cast<std::size_t>(parameter - 1)];
    }

    Result<Answer> execute() {
        std::vector<const char*> values;
        std::vector<int> lengths, formats;
        for (const auto& slot : slots_) {
            values.push_back(slot.form == as_null    ? nullptr
                             : slot.form == as_bytes ? slot.bytes.data()
                                                     : slot.own.c_str());
            lengths.push_back(static_cast<int>(slot.bytes.size()));
            formats.push_back(slot.form == as_bytes ? 1 : 0);
        }
        const int count = static_cast<int>(slots_.size());
        if (name_.empty())
            return link_.told(PQexecParams(link_.raw(), sql_.c_str(), count, nullptr, values.data(), lengths.data(),
                                           formats.data(), 1));
        return link_.told(
            PQexecPrepared(link_.raw(), name_.c_str(), count, values.data(), lengths.data(), formats.data(), 1));
    }

    Link& link_;
    std::string sql_, name_;
    std::vector<Slot> slots_;
    Answer answer_;
    int row_ = 0;
};

class PostgresqlDriver final : public Driver {
public:
    explicit PostgresqlDriver(PostgresqlUrl url) : link_(std::move(url)) {}

    static Result<std::unique_ptr<Driver>> open(PostgresqlUrl url) {
        auto driver = std::make_unique<PostgresqlDriver>(std::move(url));
        TRY(driver->link_.connect());
        return std::unique_ptr<Driver>(std::move(driver));
    }

    Dialect dialect() const override { return Dialect::PostgreSql; }
    const std::string& place() const override { return link_.url().shown; }
    const std::string& schema() const override { return link_.url().schema; }
    Result<std::unique_ptr<Driver>> another(Access) const override { return open(link_.url()); }

    Done run(const std::string& sql) override {
        if (sql == "COMMIT" || sql == "ROLLBACK") return end(sql);
        TRY(link_.ensure());
        return link_.run(sql);
    }
    Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) override {
        TRY(link_.ensure());
        auto dollars = with_dollars(sql);
        auto name = TRY(link_.name_of(dollars));
        return std::unique_ptr<Cursor>(std::make_unique<PostgresqlCursor>(link_, std::move(dollars), std::move(name)));
    }
    /// One writer at a time for each schema, as in SQLite. Whoever only reads waits for nobody. A connection that was lost
    /// while it was idle is noticed here, where nothing is lost by making it again.
    Done begin() override {
        TRY(link_.ensure());
        auto begun = try_begin();
        if (begun || PQstatus(link_.raw()) == CONNECTION_OK) return begun;
        TRY(link_.ensure());
        return try_begin();
    }
    bool in_transaction() const override { return link_.in_transaction_; }
    Done define(const char* name, const TextOfTwo&) override {
        return failure(Fault::Unsupported, place(), fmt::format("{} cannot be a function of this database", name));
    }

    Done copy_in(const std::string& sql, const LineSource& next) {
        const Answer begun(PQexec(link_.raw(), sql.c_str()));
        if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return refused();
        std::string line;
        while (TRY(next(line)))
            if (PQputCopyData(link_.raw(), line.data(), static_cast<int>(line.size())) != 1) return refused();
        if (PQputCopyEnd(link_.raw(), nullptr) != 1) return refused();
        auto ended = link_.told(PQgetResult(link_.raw()));
        while (Answer rest{PQgetResult(link_.raw())}) {
        }
        if (!ended) return tl::unexpected(ended.error());
        return {};
    }

private:
    Done try_begin() {
        link_.in_transaction_ = true;
        auto begun =
            link_.run(fmt::format("BEGIN; SELECT pg_advisory_xact_lock({}, hashtext('{}'))", writer_lock, schema()));
        if (!begun) static_cast<void>(end("ROLLBACK"));
        return begun;
    }
    Done refused() const { return tl::unexpected(explained("08006", place(), PQerrorMessage(link_.raw()))); }
    /// A transaction in which something failed is rolled back by COMMIT too, without a word.
    Done end(const std::string& sql) {
        link_.in_transaction_ = false;
        const auto answer = TRY(link_.told(PQexec(link_.raw(), sql.c_str())));
        if (sql == PQcmdStatus(answer.get())) return {};
        return failure(Fault::Environment, place(), "the database did not commit", "try again");
    }

    static constexpr int writer_lock = 0x506c6957;  // "PliW"
    Link link_;
};

}  // namespace

Result<std::unique_ptr<Driver>> connect_postgresql(const std::string& url, Driver::Access) {
    return PostgresqlDriver::open(TRY(PostgresqlUrl::parse(url)));
}

Done copy_into_postgresql(Driver& to, const std::string& sql, const LineSource& next) {
    return static_cast<PostgresqlDriver&>(to).copy_in(sql, next);
}

}  // namespace pli::store
