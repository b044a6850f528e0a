#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/digest.hpp"
#include "store/letter_body.hpp"
#include "store/sqlite_store.hpp"

namespace pli::store {
namespace {

/// A name's number in one of the tables (id, name): found, or entered.
class Names {
public:
    static Result<Names> prepare(Connection& db, const std::string& table, const std::string& column) {
        Names names;
        names.db_ = &db;
        names.find_ = TRY(Statement::prepare(db, "SELECT id FROM " + table + " WHERE " + column + " = ?"));
        names.insert_ = TRY(Statement::prepare(db, "INSERT INTO " + table + " (" + column + ") VALUES (?)"));
        return names;
    }
    Result<std::int64_t> id_of(std::string_view name) {
        if (name == last_ && last_id_ != 0) return last_id_;  // letters come in files, a file has one template
        last_id_ = 0;
        last_ = name;
        const bool known = TRY(find_.bind(std::string_view(last_)).step());
        const auto id = known ? find_.number(0) : 0;
        find_.reset();
        if (!known) TRY(insert_.bind(std::string_view(last_)).execute());
        return last_id_ = known ? id : db_->last_id();
    }

private:
    Connection* db_ = nullptr;
    Statement find_, insert_;
    std::string last_;
    std::int64_t last_id_ = 0;
};

/// What stands for a key in the index.
class KeyDigest {
public:
    /// Good until the next call.
    std::string_view of(std::string_view key) {
        digest_.add(key);
        bytes_ = digest_.finish();
        return {reinterpret_cast<const char*>(bytes_.data()), 16};  // 128 bits: no two keys of a queue meet
    }

private:
    Digest digest_;
    Digest::Bytes bytes_{};
};

/// Writes letters within the transaction at hand.
class LetterWriter {
public:
    static Result<LetterWriter> prepare(Connection& db) {
        LetterWriter writer;
        writer.db_ = &db;
        writer.templates_ = TRY(Names::prepare(db, "templates", "name"));
        writer.schemas_ = TRY(Names::prepare(db, "field_schemas", "names"));
        writer.letter_ =
            TRY(Statement::prepare(db,
                                   "INSERT INTO letters (digest, state, test, template, due, country, postal_code)"
                                   "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING"));
        writer.content_ = TRY(
            Statement::prepare(db, "INSERT INTO contents (letter, schema, key, locale, body) VALUES (?, ?, ?, ?, ?)"));
        return writer;
    }

    /// False: a letter with this key is there already.
    Result<bool> write(const jobs::NewLetter& letter) {
        const auto template_id = TRY(templates_.id_of(letter.template_name));
        const auto digest = digest_.of(letter.key);
        const auto state = static_cast<int>(letter.held ? jobs::State::Held : jobs::State::Queued);
        TRY(letter_
                .bind(Statement::blob(digest), state, letter.test, template_id, letter.due.days,
                      letter.recipient.country, letter.recipient.postal_code)
                .execute());
        if (db_->changes() == 0) return false;
        const auto id = db_->last_id();
        const auto schema = TRY(schema_of(letter.fields.names));
        body_.clear();
        append_body(body_, letter.recipient, letter.fields);
        TRY(content_.bind(id, schema, letter.key, letter.locale, Statement::blob(body_)).execute());
        return true;
    }

private:
    Result<std::int64_t> schema_of(const std::shared_ptr<const FieldNames>& names) {
        if (names == last_names_ && last_schema_ != 0) return last_schema_;
        const nlohmann::json list = names ? names->names : std::vector<std::string>{};
        last_schema_ = TRY(schemas_.id_of(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
        last_names_ = names;
        return last_schema_;
    }

    Connection* db_ = nullptr;
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

}  // namespace

Result<LetterStore::Added> SqliteStore::add_all(const std::function<bool(jobs::NewLetter&)>& next) {
    auto writer = TRY(LetterWriter::prepare(db_));
    Added added;
    for (bool more = true; more;) {
        auto transaction = TRY(Transaction::begin(db_));
        Added some;
        jobs::NewLetter letter;
        for (int n = 0; n < letters_per_transaction && (more = next(letter)); ++n)
            ++(TRY(writer.write(letter)) ? some.queued : some.known);
        TRY(transaction.commit());
        added.queued += some.queued;
        added.known += some.known;
    }
    return added;
}

Result<LetterStore::Added> SqliteStore::add(const std::function<bool(jobs::NewLetter&)>& next) {
    TRY(db_.run("PRAGMA cache_size = -49152"));  // holds the index of a million keys
    auto added = add_all(next);
    TRY(db_.run("PRAGMA cache_size = -2048; PRAGMA shrink_memory"));
    return added;
}

Result<std::vector<std::optional<LetterId>>> SqliteStore::find(const std::vector<std::string_view>& keys) {
    auto row = TRY(Statement::prepare(db_, "SELECT id FROM letters WHERE digest = ?"));
    KeyDigest digest;
    std::vector<std::optional<LetterId>> found;
    found.reserve(keys.size());
    for (const auto key : keys) {
        const bool known = TRY(row.bind(Statement::blob(digest.of(key))).step());
        found.push_back(known ? std::optional(LetterId{row.number(0)}) : std::nullopt);
        row.reset();
    }
    return found;
}

}  // namespace pli::store
