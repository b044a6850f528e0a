#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;

namespace {

void execute(const std::string& path, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

Error refusal(const std::string& path) {
    const auto store = store::open(path);
    REQUIRE_FALSE(store);
    return store.error();
}

}  // namespace

TEST_CASE("a queue written by a later version of Pli is left alone", "[store]") {
    Folder folder;
    const auto path = folder / "queue.sqlite";
    REQUIRE(store::open(path));
    execute(path, "PRAGMA user_version = 99");
    const auto error = refusal(path);
    CHECK(error.fault == Fault::Newer);
    CHECK(error.message == "written by a later version of Pli (schema 99, this one knows 5)");
}

TEST_CASE("a text file is not taken for a queue", "[store]") {
    Folder folder;
    const auto path = folder / "customers.csv";
    std::ofstream(path) << std::string(5000, 'x');
    const auto error = refusal(path);
    CHECK(error.fault == Fault::BadInput);
    CHECK(error.message == "is not a queue file");
    CHECK(error.where == path);
}

TEST_CASE("the database of another program is not taken for a queue", "[store]") {
    Folder folder;
    const auto path = folder / "contacts.sqlite";
    execute(path, "CREATE TABLE contacts (name)");
    CHECK_THAT(refusal(path).message, Catch::Contains("another program"));
}

TEST_CASE("a queue in a folder that is not there is an error of the environment", "[store]") {
    Folder folder;
    const auto error = refusal(folder / "missing/queue.sqlite");
    CHECK(error.fault == Fault::Environment);
    CHECK_THAT(error.text(), Catch::Contains("check that the folder exists"));
}

TEST_CASE("a damaged queue file is reported as damaged, with what to do", "[store]") {
    Folder folder;
    const auto path = folder / "queue.sqlite";
    {
        auto store = store::open(path);
        REQUIRE(store);
        add(**store, numbered(2000));
    }
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(3 * 4096);  // behind the head, across all tables
    file << std::string(40 * 4096, '\x5a');
    file.close();
    auto store = store::open(path);
    Error error;
    if (!store) {
        error = store.error();
    } else {
        const auto run = (*store)->open_run(Day{20'000});
        REQUIRE_FALSE(run);
        error = run.error();
    }
    CHECK(error.fault == Fault::Environment);
    CHECK_THAT(error.message, Catch::Contains("damaged"));
    CHECK_THAT(error.remedy, Catch::Contains("backup"));
}
