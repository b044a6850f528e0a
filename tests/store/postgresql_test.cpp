// What only a server can do wrong.
#include <catch2/catch.hpp>

#include "store/postgresql_url.hpp"
#include "tests/postgresql_server/postgresql_server.hpp"
#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;
using pli::test::PostgresqlServer;

TEST_CASE("no message shows the password of an address, wherever it stands", "[store]") {
    for (const std::string url : {"postgresql://pli:secret@127.0.0.1:1/queue?connect_timeout=1",
                                  "postgresql://pli@127.0.0.1:1/queue?password=secret&connect_timeout=1&schema=shop",
                                  "postgres://pli:secret@127.0.0.1:1/queue?sslpassword=secret"}) {
        const auto store = store::open(url);
        REQUIRE_FALSE(store);
        CHECK(store.error().fault == Fault::Environment);
        CHECK_THAT(store.error().text(), !Catch::Contains("secret"));
        CHECK_THAT(store.error().where, Catch::Contains("pli@127.0.0.1:1/queue"));
        CHECK_FALSE(store.error().remedy.empty());
    }
    CHECK(PostgresqlUrl::parse("postgresql://h/d").value().schema == "pli");
    CHECK(PostgresqlUrl::parse("postgresql://h/d?schema=shop_2").value().libpq == "postgresql://h/d");
    CHECK_FALSE(PostgresqlUrl::parse("postgresql://h/d?schema=Shop"));
    CHECK_FALSE(PostgresqlUrl::parse("postgresql://h/d?schema=a\"b"));
    CHECK_FALSE(PostgresqlUrl::parse("postgresql://h/d?schema="));
}

TEST_CASE("a database or a user that is not there is told, with what to do", "[store]") {
    auto* server = PostgresqlServer::shared();
    if (!server) return;
    auto place = server->fresh_place();
    const auto missing = store::open(std::string(place).replace(place.find("/postgres?"), 10, "/letters?"));
    REQUIRE_FALSE(missing);
    CHECK_THAT(missing.error().text(), Catch::Contains("\"letters\" does not exist") && Catch::Contains("createdb"));
    const auto stranger = store::open(std::string(place).replace(place.find("pli@"), 4, "eve@"));
    REQUIRE_FALSE(stranger);
    CHECK_THAT(stranger.error().text(), Catch::Contains("\"eve\" does not exist") && Catch::Contains("createuser"));
}

TEST_CASE("several workspaces share a database and see nothing of each other", "[store]") {
    auto* server = PostgresqlServer::shared();
    if (!server) return;
    const auto one = store::open(server->fresh_place()).value(), two = store::open(server->fresh_place()).value();
    add(*one, numbered(3));
    add(*two, {{"other"}});
    CHECK(opened(*one).letters == 3);
    CHECK(opened(*two).letters == 1);
    CHECK_FALSE(two->find({"k1"}).value().front());
}

TEST_CASE("a schema of another program, and one of a later Pli, are left alone", "[store]") {
    auto* server = PostgresqlServer::shared();
    if (!server) return;
    const auto foreign = server->fresh_place(), later = server->fresh_place();
    const auto schema = foreign.substr(foreign.rfind('=') + 1);
    server->ask("CREATE SCHEMA " + schema + "; CREATE TABLE " + schema + ".contacts (name text)");
    CHECK_THAT(store::open(foreign).error().message, Catch::Contains("another program"));
    REQUIRE(store::open(later));
    server->ask("UPDATE " + later.substr(later.rfind('=') + 1) + ".pli_queue SET version = 99");
    const auto refused = store::open(later);
    CHECK(refused.error().fault == Fault::Newer);
    CHECK_THAT(refused.error().message, Catch::Contains("schema 99"));
}

TEST_CASE("a lost connection loses the step at hand and no more, and the next step has a new one", "[store]") {
    auto* server = PostgresqlServer::shared();
    if (!server) return;
    const auto place = server->fresh_place();
    const auto store = store::open(place).value();
    add(*store, numbered(5));
    const auto run = opened(*store);
    std::vector<LetterId> ids;
    keys_of(*store, run, &ids);
    int given = 0;
    const auto cut_in_the_middle = [&](jobs::NewLetter& letter) {
        if (++given == 3'000) server->cut_connections();
        letter = {};
        const static std::string keys(10'000, 'k');
        letter.key = std::string_view(keys).substr(0, static_cast<std::size_t>(given));
        letter.template_name = "thanks";
        return given < 5'000;
    };
    const auto cut = store->add({cut_in_the_middle, {}});
    REQUIRE_FALSE(cut);
    CHECK(cut.error().fault == Fault::Environment);
    CHECK(count(*store, jobs::State::Queued) == 0);  // on a new connection
    server->cut_connections();
    static_cast<void>(store->counts({}));  // whoever was idle notices with the first question
    REQUIRE(store->commit(run, batch_named("b-1", 5), ids, {}));
    CHECK(count(*store, jobs::State::Batched) == 5);
}
