// A store in a file, and back into any database.
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "store/backup.hpp"
#include "store/tables.hpp"
#include "tests/postgresql_server/postgresql_server.hpp"
#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using jobs::Event;
using jobs::State;

namespace {

/// Something of everything: letters waiting, held, rejected, batched, reported, returned.
void fill(LetterStore& store) {
    auto letters = numbered(20);
    letters[3].fields = {{"text", "tab\there, line\nthere, back\\slash, NUL no, Świętokrzyska \r\n"}};
    letters[19].held = true;
    add(store, letters, {1'000});
    const auto run = opened(store);
    std::vector<LetterId> ids;
    keys_of(store, run, &ids);
    REQUIRE(store.reject(run, ids[5], {jobs::Reason::AddressTooLong, "tab\tand \\N"}, {1'001}));
    ids.erase(ids.begin() + 5);
    REQUIRE(store.commit(run, batch_named("b-1", 18), ids, {1'002}));
    REQUIRE(store.finish_run(run));
    jobs::ResultBook book(store.pieces_of("b-1").value(), {});
    REQUIRE(book.enter({1, 0, jobs::Report::Produced, "2026-11-24", "", 2}));
    REQUIRE(book.enter({1, 0, jobs::Report::Mailed, "2026-11-24", "", 3}));
    REQUIRE(book.enter({1, 0, jobs::Report::Returned, "2026-11-25", "moved", 4}));
    REQUIRE(store.record("b-1", book.moved(), book.reported(), {1'003}));
    REQUIRE(store.take_numbers("usps-imb", "b-1", 18));
}

/// All that can be asked of a store.
std::string told(LetterStore& store) {
    std::string text;
    Filter all;
    all.limit = 1'000;
    const auto letters = store.list(all).value();
    for (const auto& letter : letters) {
        text += std::to_string(letter.id.value) + " " + letter.key + " " + std::string(jobs::name(letter.state)) + " " +
                letter.batch + " " + std::to_string(letter.piece) + " " + letter.reason + "\n";
        const auto events = store.events_of(letter.id).value();
        for (const auto& event : events)
            text += "  " + std::to_string(event.number) + " " + event.at.iso() + " " +
                    std::string(jobs::name(event.event)) + " " + event.why.words + "\n";
        const auto fields = shown(store, letter.id).fields;
        for (const auto& [name, value] : fields) text += "  " + name + "=" + value + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a backup brought back tells the same of every letter, and the queue goes on from there", "[store]") {
    Queue queue;
    fill(*queue.store);
    const auto before = told(*queue.store);
    const Folder folder;
    const auto file = folder / "backup.sqlite";
    const auto made = back_up(queue.place.address, file);
    if (!made) FAIL(made.error().text());
    CHECK(made->problems.empty());
    CHECK_FALSE(std::filesystem::exists(file + ".part"));
    const auto expect_same = [&](const std::string& address) {
        const auto restored = restore(file, address);
        if (!restored) FAIL(restored.error().text());
        CHECK(restored->problems.empty());
        CHECK(restored->rows == made->rows);
        const auto store = store::open(address).value();
        CHECK(told(*store) == before);
        CHECK(add(*store, {{"k1"}, {"new"}}).queued == 1);  // known keys are known, and new numbers are new
        CHECK(keys_of(*store, opened(*store, 20'500)) == std::vector<std::string>{"new"});
    };
    expect_same(folder / "into.sqlite");
    if (auto* server = pli::test::PostgresqlServer::shared()) expect_same(server->fresh_place());
}

TEST_CASE("nothing is restored over letters that are there, and no backup is written over a file", "[store]") {
    Queue queue;
    fill(*queue.store);
    const Folder folder;
    const auto file = folder / "backup.sqlite";
    REQUIRE(back_up(queue.place.address, file));
    const auto refused = restore(file, queue.place.address);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::BadInput);
    CHECK_THAT(refused.error().message, Catch::Contains("is not empty"));
    CHECK_FALSE(back_up(queue.place.address, file));
    CHECK(restore(folder / "missing", queue.place.address).error().fault == Fault::NotFound);
    std::ofstream(folder / "text") << "not a queue at all, and long enough to be looked at as one";
    CHECK(restore(folder / "text", folder / "new.sqlite").error().fault == Fault::BadInput);
}

TEST_CASE("what does not hang together is found", "[store]") {
    const Folder folder;
    const auto path = folder / "queue.sqlite";
    fill(*store::open(path).value());
    REQUIRE(check(path).value().problems.empty());
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "DELETE FROM contents WHERE letter = 3; UPDATE places SET piece = 2 WHERE piece = 7",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
    const auto problems = check(path).value().problems;
    REQUIRE(problems.size() == 2);
    CHECK_THAT(problems[0], Catch::Contains("letters without contents: 1"));
    CHECK_THAT(problems[1], Catch::Contains("batches whose pieces are not as many"));
}

TEST_CASE("every table and column of the schema is in a backup", "[store]") {
    const Folder folder;
    const auto path = folder / "queue.sqlite";
    REQUIRE(store::open(path));
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    std::size_t there = 0, listed = 0;
    const auto take = [](void* number, int, char** values, char**) {
        *static_cast<std::size_t*>(number) = std::stoul(values[0]);
        return 0;
    };
    REQUIRE(sqlite3_exec(db,
                         "SELECT count(*) FROM sqlite_schema AS s, pragma_table_info(s.name) WHERE s.type = 'table'",
                         take, &there, nullptr) == SQLITE_OK);
    for (const auto& table : tables) {
        listed += table.kinds.size();
        const auto sql = "SELECT " + std::string(table.columns) + " FROM " + std::string(table.name);
        CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    sqlite3_close(db);
    CHECK(listed == there);
}
