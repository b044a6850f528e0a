#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/digest.hpp"
#include "store/letter_body.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

/// A name's number in one of the tables (id, name): found, or entered.
class Names {
public:
    static Result<Names> prepare(Connection& db, const std::string& table, const std::string& column) {
        Names names;
        names.find_ = TRY(Statement::prepare(db, "SELECT id FROM " + table + " WHERE " + column + " = ?"));
        names.insert_ =
            TRY(Statement::prepare(db, "INSERT INTO " + table + " (" + column + ") VALUES (?) RETURNING id"));
        return names;
    }
    Result<std::int64_t> id_of(std::string_view name) {
        if (name == last_ && last_id_ != 0) return last_id_;  // letters come in files, a file has one template
        last_id_ = 0;
        last_ = name;
        const bool known = TRY(find_.bind(last_).step());
        const auto id = known ? find_.number(0) : 0;
        find_.reset();
        return last_id_ = known ? id : TRY(insert_.bind(last_).returned());
    }

private:
    Statement find_, insert_;
    std::string last_;
    std::int64_t last_id_ = 0;
};

/// 128 bits: no two keys of a queue meet.
class KeyDigest {
public:
    std::string_view operator()(std::string_view key) {
        digest_.add(key);
        bytes_ = digest_.finish();
        return {reinterpret_cast<const char*>(bytes_.data()), 16};
    }

private:
    Digest digest_;
    Digest::Bytes bytes_{};
};

/// What came in since the last line of the log: numbers that follow on each other and begin alike are one line.
struct Arrivals {
    jobs::Event event = jobs::Event::Added;
    std::int64_t first = 0, last = 0, letters = 0;
};

/// Writes letters within the transaction at hand.
class LetterWriter {
public:
    static Result<LetterWriter> prepare(Connection& db) {
        LetterWriter writer;
        writer.templates_ = TRY(Names::prepare(db, "templates", "name"));
        writer.schemas_ = TRY(Names::prepare(db, "field_schemas", "names"));
        writer.letter_ = TRY(
            Statement::prepare(db,
                               "INSERT INTO letters (digest, state, test, template, due, deadline, priority, country,"
                               " postal_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING"
                               " RETURNING id"));
        writer.content_ = TRY(
            Statement::prepare(db, "INSERT INTO contents (letter, schema, key, locale, body) VALUES (?, ?, ?, ?, ?)"));
        return writer;
    }

    /// The new letter's number; 0: a letter with this key is there already.
    Result<std::int64_t> write(const jobs::NewLetter& letter) {
        const auto template_id = TRY(templates_.id_of(letter.template_name));
        const auto digest = digest_(letter.key);
        const auto state = static_cast<int>(letter.held ? jobs::State::Held : jobs::State::Queued);
        const auto id =
            TRY(letter_
                    .bind(Statement::blob(digest), state, letter.test, template_id, letter.due.days,
                          letter.deadline.days, letter.priority, letter.recipient.country, letter.recipient.postal_code)
                    .returned());
        if (id == 0) return id;
        const auto schema = TRY(schema_of(letter.fields.names));
        body_.clear();
        append_body(body_, letter.recipient, letter.fields);
        TRY(content_.bind(id, schema, letter.key, letter.locale, Statement::blob(body_)).execute());
        return id;
    }

private:
    Result<std::int64_t> schema_of(const std::shared_ptr<const FieldNames>& names) {
        if (names == last_names_ && last_schema_ != 0) return last_schema_;
        const nlohmann::json list = names ? names->names : std::vector<std::string>{};
        last_schema_ = TRY(schemas_.id_of(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
        last_names_ = names;
        return last_schema_;
    }

    Names templates_, schemas_;
    Statement letter_, content_;
    KeyDigest digest_;
    std::string body_;
    std::shared_ptr<const FieldNames> last_names_;
    std::int64_t last_schema_ = 0;
};

// Keys spread at random over their index: each transaction rewrites most of the index's pages, so few big ones are
// much cheaper than many small ones. 20,000 letters keep the queue locked for about a quarter of a second.
constexpr int letters_per_transaction = 20'000;

/// One transaction's worth of letters.
class Intake {
public:
    Intake(LetterWriter& writer, const Adding& adding, std::function<Done(const Arrivals&)> log)
        : writer_(writer), adding_(adding), log_(std::move(log)) {}

    /// False: there are no more.
    Result<bool> take(Statement& find) {
        jobs::NewLetter letter;
        bool more = true;
        for (int n = 0; n < letters_per_transaction && (more = adding_.next(letter)); ++n) {
            const auto id = TRY(writer_.write(letter));
            ++(id != 0 ? added.queued : added.known);
            if (id != 0) TRY(arrived(id, letter.held ? jobs::Event::AddedHeld : jobs::Event::Added));
            if (adding_.told) TRY(tell(find, id, letter.key));
        }
        TRY(flush());
        return more;
    }
    LetterStore::Added added;

private:
    Done arrived(std::int64_t id, jobs::Event event) {
        if (event != now_.event) TRY(flush());
        if (now_.letters++ == 0) now_ = {event, id, id, 1};
        now_.last = id;
        return {};
    }
    Done flush() {
        if (now_.letters > 0) TRY(log_(now_));
        now_ = {};
        return {};
    }
    Done tell(Statement& find, std::int64_t id, std::string_view key) {
        if (id != 0) return adding_.told({id}, true), Done{};
        adding_.told({TRY(find.bind(Statement::blob(digest_(key))).returned())}, false);
        return {};
    }
    LetterWriter& writer_;
    const Adding& adding_;
    std::function<Done(const Arrivals&)> log_;
    KeyDigest digest_;
    Arrivals now_;
};

constexpr const char* by_digest = "SELECT id FROM letters WHERE digest = ?";

}  // namespace

Result<LetterStore::Added> SqlStore::add_all(const Adding& letters) {
    auto writer = TRY(LetterWriter::prepare(db_));
    auto find = TRY(Statement::prepare(db_, by_digest));
    Added added;
    for (bool more = true; more;) {
        auto transaction = TRY(Transaction::begin(db_));
        Intake intake(writer, letters, [&](const Arrivals& some) -> Done {
            TRY(log({some.event, letters.at, some.first, some.last, 0, 0, some.letters}));
            return {};
        });
        more = TRY(intake.take(find));
        TRY(transaction.commit());
        added.queued += intake.added.queued;
        added.known += intake.added.known;
    }
    return added;
}

Result<LetterStore::Added> SqlStore::add(const Adding& letters) {
    if (db_.dialect() != Dialect::Sqlite) return add_all(letters);
    TRY(db_.run("PRAGMA cache_size = -49152"));  // holds the index of a million keys
    auto added = add_all(letters);
    TRY(db_.run("PRAGMA cache_size = -2048; PRAGMA shrink_memory"));
    return added;
}

Result<std::vector<std::optional<LetterId>>> SqlStore::find(const std::vector<std::string_view>& keys) {
    auto row = TRY(Statement::prepare(db_, by_digest));
    KeyDigest digest;
    std::vector<std::optional<LetterId>> found;
    found.reserve(keys.size());
    for (const auto key : keys) {
        const auto wanted = digest(key);
        const auto id = TRY(row.bind(Statement::blob(wanted)).returned());
        found.push_back(id == 0 ? std::nullopt : std::optional(LetterId{id}));
    }
    return found;
}

}  // namespace pli::store
