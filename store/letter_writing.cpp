#include "store/letter_writing.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "store/letter_body.hpp"
#include "store/postgresql_arrays.hpp"

namespace pli::store {
namespace {

using Written = LetterWriter::Written;

int state_of(const jobs::NewLetter& letter) {
    return static_cast<int>(letter.held ? jobs::State::Held : jobs::State::Queued);
}

/// A row at a time: SQLite is in the same process.
class RowWriter final : public LetterWriter {
public:
    static Result<std::unique_ptr<LetterWriter>> prepare(Connection& db) {
        auto writer = std::make_unique<RowWriter>();
        writer->names_ = TRY(LetterNames::prepare(db));
        writer->letter_ = TRY(
            Statement::prepare(db,
                               "INSERT INTO letters (digest, state, test, template, due, deadline, priority, country,"
                               " postal_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING"
                               " RETURNING id"));
        writer->content_ = TRY(
            Statement::prepare(db, "INSERT INTO contents (letter, schema, key, locale, body) VALUES (?, ?, ?, ?, ?)"));
        writer->known_ = TRY(Statement::prepare(db, letter_by_digest));
        return std::unique_ptr<LetterWriter>(std::move(writer));
    }

    Done write(const jobs::NewLetter& letter) override {
        const auto template_id = TRY(names_.template_of(letter.template_name));
        const auto digest = Statement::blob(digest_(letter.key));
        const auto id =
            TRY(letter_
                    .bind(digest, state_of(letter), letter.test, template_id, letter.due.days, letter.deadline.days,
                          letter.priority, letter.recipient.country, letter.recipient.postal_code)
                    .returned());
        const auto known = id != 0 ? id : TRY(known_.bind(digest).returned());
        written_.push_back({known, id != 0, letter.held});
        if (id == 0) return {};
        const auto schema = TRY(names_.schema_of(letter.fields.names));
        body_.clear();
        append_body(body_, letter.recipient, letter.fields);
        return content_.bind(id, schema, letter.key, letter.locale, Statement::blob(body_)).execute();
    }
    Result<std::vector<Written>> finish() override { return std::exchange(written_, {}); }

private:
    LetterNames names_;
    Statement letter_, content_, known_;
    KeyDigest digest_;
    std::string body_;
    std::vector<Written> written_;
};

/// Texts of a column, copied: the letters' own are gone with the next letter.
class TextColumn {
public:
    void add(std::string_view text) { ends_.push_back((bytes_ += text).size()); }
    std::string_view operator[](std::size_t row) const {
        const auto begin = row == 0 ? 0 : ends_[row - 1];
        return std::string_view(bytes_).substr(begin, ends_[row] - begin);
    }
    std::vector<std::string_view> all() const {
        std::vector<std::string_view> texts;
        for (std::size_t row = 0; row < ends_.size(); ++row) texts.push_back((*this)[row]);
        return texts;
    }
    void clear() {
        bytes_.clear();
        ends_.clear();
    }

private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

// A key twice among the given ones: the first becomes the letter.
constexpr const char* insert_many =
    "WITH given AS (SELECT * FROM unnest(?1::bytea[], ?2::bigint[], ?3::bigint[], ?4::bigint[], ?5::bigint[],"
    "  ?6::bigint[], ?7::bigint[], ?8::text[], ?9::text[], ?10::bigint[], ?11::text[], ?12::text[], ?13::bytea[])"
    "  WITH ORDINALITY AS g (digest, state, test, template, due, deadline, priority, country, postal_code, schema, key,"
    "  locale, body, n)),"
    " fresh AS (INSERT INTO letters (digest, state, test, template, due, deadline, priority, country, postal_code)"
    "  SELECT digest, state, test, template, due, deadline, priority, country, postal_code FROM given ORDER BY n"
    "  ON CONFLICT (digest) DO NOTHING RETURNING id, digest),"
    " firsts AS (SELECT DISTINCT ON (fresh.id) fresh.id, given.* FROM fresh JOIN given USING (digest)"
    "  ORDER BY fresh.id, n),"
    " written AS (INSERT INTO contents (letter, schema, key, locale, body) SELECT id, schema, key, locale, body"
    "  FROM firsts)"
    " SELECT n, id FROM firsts ORDER BY n";

/// Hundreds of rows at a time, as arrays: PostgreSQL is elsewhere, and each question takes its way there and back.
class ArrayWriter final : public LetterWriter {
public:
    static Result<std::unique_ptr<LetterWriter>> prepare(Connection& db) {
        auto writer = std::make_unique<ArrayWriter>();
        writer->names_ = TRY(LetterNames::prepare(db));
        writer->insert_ = TRY(Statement::prepare(db, insert_many));
        writer->known_ = TRY(Statement::prepare(
            db,
            "SELECT n, id FROM unnest(?1::bytea[]) WITH ORDINALITY AS given (digest, n) JOIN letters USING (digest)"));
        return std::unique_ptr<LetterWriter>(std::move(writer));
    }

    Done write(const jobs::NewLetter& letter) override {
        const auto template_id = TRY(names_.template_of(letter.template_name));
        const auto schema = TRY(names_.schema_of(letter.fields.names));
        const std::array<std::int64_t, number_columns> numbers{
            state_of(letter), letter.test, template_id, letter.due.days, letter.deadline.days, letter.priority, schema};
        for (std::size_t i = 0; i < number_columns; ++i) numbers_[i].push_back(numbers[i]);
        body_.clear();
        append_body(body_, letter.recipient, letter.fields);
        digests_.add(digest_(letter.key));
        countries_.add(letter.recipient.country);
        postal_codes_.add(letter.recipient.postal_code);
        keys_.add(letter.key);
        locales_.add(letter.locale);
        bodies_.add(body_);
        if (numbers_[0].size() >= rows_at_once) TRY(send());
        return {};
    }
    Result<std::vector<Written>> finish() override {
        TRY(send());
        return std::exchange(written_, {});
    }

private:
    static constexpr std::size_t rows_at_once = 2'000, number_columns = 7;

    Done send() {
        const auto rows = numbers_[0].size();
        if (rows == 0) return {};
        std::vector<Written> some(rows);
        for (std::size_t row = 0; row < rows; ++row) some[row] = {0, false, numbers_[0][row] != 0};
        TRY(insert(some));
        TRY(find_known(some));
        written_.insert(written_.end(), some.begin(), some.end());
        for (auto& column : numbers_) column.clear();
        for (auto* column : {&digests_, &countries_, &postal_codes_, &keys_, &locales_, &bodies_}) column->clear();
        return {};
    }
    Done insert(std::vector<Written>& some) {
        const auto digests = array_of_blobs(digests_.all()), bodies = array_of_blobs(bodies_.all());
        const auto countries = array_of_texts(countries_.all()), postal_codes = array_of_texts(postal_codes_.all()),
                   keys = array_of_texts(keys_.all()), locales = array_of_texts(locales_.all());
        insert_.bind(Statement::blob(digests), list(0), list(1), list(2), list(3), list(4), list(5),
                     Statement::blob(countries), Statement::blob(postal_codes), list(6), Statement::blob(keys),
                     Statement::blob(locales), Statement::blob(bodies));
        while (TRY(insert_.step())) {
            auto& one = some[static_cast<std::size_t>(insert_.number(0) - 1)];
            one.id = insert_.number(1);
            one.fresh = true;
        }
        insert_.reset();
        return {};
    }
    Done find_known(std::vector<Written>& some) {
        if (std::ranges::all_of(some, &Written::fresh)) return {};
        const auto digests = array_of_blobs(digests_.all());
        known_.bind(Statement::blob(digests));
        while (TRY(known_.step())) some[static_cast<std::size_t>(known_.number(0) - 1)].id = known_.number(1);
        known_.reset();
        return {};
    }
    Statement::Numbers list(std::size_t column) const { return numbers_[column]; }

    LetterNames names_;
    Statement insert_, known_;
    KeyDigest digest_;
    std::string body_;
    std::array<std::vector<std::int64_t>, number_columns>
        numbers_;  // state, test, template, due, deadline, priority, schema
    TextColumn digests_, countries_, postal_codes_, keys_, locales_, bodies_;
    std::vector<Written> written_;
};

}  // namespace

Result<Names> Names::prepare(Connection& db, const std::string& table, const std::string& column) {
    Names names;
    names.find_ = TRY(Statement::prepare(db, "SELECT id FROM " + table + " WHERE " + column + " = ?"));
    names.insert_ = TRY(Statement::prepare(db, "INSERT INTO " + table + " (" + column + ") VALUES (?) RETURNING id"));
    return names;
}

Result<std::int64_t> Names::id_of(std::string_view name) {
    if (name == last_ && last_id_ != 0) return last_id_;  // letters come in files, a file has one template
    last_id_ = 0;
    last_ = name;
    const auto known = TRY(find_.bind(last_).returned());
    return last_id_ = known != 0 ? known : TRY(insert_.bind(last_).returned());
}

Result<LetterNames> LetterNames::prepare(Connection& db) {
    LetterNames names;
    names.templates_ = TRY(Names::prepare(db, "templates", "name"));
    names.schemas_ = TRY(Names::prepare(db, "field_schemas", "names"));
    return names;
}

Result<std::int64_t> LetterNames::schema_of(const std::shared_ptr<const FieldNames>& names) {
    if (names == last_names_ && last_schema_ != 0) return last_schema_;
    const nlohmann::json list = names ? names->names : std::vector<std::string>{};
    last_schema_ = TRY(schemas_.id_of(list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
    last_names_ = names;
    return last_schema_;
}

Result<std::unique_ptr<LetterWriter>> letter_writer(Connection& db) {
    return db.dialect() == Dialect::Sqlite ? RowWriter::prepare(db) : ArrayWriter::prepare(db);
}

}  // namespace pli::store
