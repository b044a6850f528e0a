#include "tests/store/letters_for_tests.hpp"

#include <catch2/catch.hpp>

#include "tests/postgresql_server/postgresql_server.hpp"

namespace pli::store::test {

namespace {

enum class Kind : std::uint8_t { Sqlite, Postgresql };

/// A new place of the kind that it is this run's turn to be.
std::string address_for(const Folder& folder) {
    const auto kind = GENERATE(Kind::Sqlite, Kind::Postgresql);
    auto* server = kind == Kind::Postgresql ? pli::test::PostgresqlServer::shared() : nullptr;
    return server ? server->fresh_place() : folder / "queue.sqlite";
}

}  // namespace

Place::Place() : address(address_for(folder)) { UNSCOPED_INFO(address); }

std::unique_ptr<LetterStore> Place::open() const {
    auto opened = store::open(address);
    if (!opened) FAIL(opened.error().text());
    return std::move(*opened);
}

std::vector<Given> numbered(int count, const std::string& prefix) {
    std::vector<Given> letters;
    for (int i = 1; i <= count; ++i) letters.push_back({prefix + std::to_string(i)});
    return letters;
}

LetterStore::Added add(LetterStore& store, const std::vector<Given>& letters, Instant at) {
    auto from = letters.begin();
    const auto next = [&](jobs::NewLetter& letter) {
        if (from == letters.end()) return false;
        letter = {};
        letter.key = from->key;
        letter.template_name = from->template_name;
        letter.due.days = from->due;
        letter.deadline.days = from->deadline;
        letter.priority = static_cast<std::uint8_t>(from->priority);
        letter.held = from->held;
        letter.test = from->test;
        letter.recipient.name = "Zoë Lefèvre";
        letter.recipient.country = from->country;
        letter.recipient.postal_code = from->postal_code;
        auto names = std::make_shared<FieldNames>();
        for (const auto& [name, value] : from->fields) {
            names->names.push_back(name);
            letter.fields.values.push_back({value, value.starts_with('[') ? FieldKind::List : FieldKind::Text});
        }
        letter.fields.names = names;
        ++from;
        return true;
    };
    const auto added = store.add({next, at});
    REQUIRE(added);
    return *added;
}

std::vector<std::string> keys_of(LetterStore& store, const RunRecord& run, std::vector<LetterId>* ids) {
    const auto next = store.letters_of(run);
    REQUIRE(next);
    std::vector<std::string> keys;
    while (true) {
        const auto letter = (*next)();
        REQUIRE(letter);
        if (!*letter) return keys;
        keys.emplace_back((*letter)->key);
        if (ids) ids->push_back((*letter)->id);
    }
}

RunRecord opened(LetterStore& store, int day) {
    const auto run = store.open_run(Day{day});
    if (!run) FAIL(run.error().text());
    REQUIRE(*run);
    return **run;
}

BatchRecord batch_named(const std::string& name, std::uint32_t pieces) {
    return {name, "a4-dl", "out/" + name, pieces, pieces, pieces};
}

std::uint64_t count(LetterStore& store, jobs::State state) {
    const auto counts = store.counts({20'000});
    REQUIRE(counts);
    for (const auto& [which, letters] : *counts)
        if (which == state) return letters;
    return 0;
}

LetterId id_of(LetterStore& store, const std::string& key) {
    const auto found = store.find({key});
    REQUIRE(found);
    if (!found->front()) FAIL("no letter " << key);
    return *found->front();
}

jobs::LetterRecord shown(LetterStore& store, LetterId letter) {
    auto record = store.show(letter, {20'000});
    if (!record) FAIL(record.error().text());
    return *std::move(record);
}

}  // namespace pli::store::test
