// Several processes on one run, on either database.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"
#include "tests/postgresql_server/postgresql_server.hpp"

using namespace pli::test;
using nlohmann::json;

namespace {

/// The first lines of pli.toml that put the queue where it is this turn to be. nullopt: nothing to test it with.
std::optional<std::string> store_setting(bool postgresql) {
    if (!postgresql) return std::string();
    auto* server = PostgresqlServer::shared();
    if (!server) return std::nullopt;
    return "store = \"" + server->fresh_place() + "\"\n";
}

std::string customers(int count) {
    std::string csv = "id,first_name,last_name,street,postal_code,city,order\n";
    for (int i = 1; i <= count; ++i)
        csv += fmt::format("{0},Anne,Dupont {0},{0} rue du Marché,69001,{1},B-{0}\n", i, i % 97 == 0 ? "" : "Lyon");
    return csv;
}

std::string shop_with(const Folder& scratch, const std::string& name, const std::string& store, int letters) {
    const auto shop = new_workspace(scratch, "[batches]\nmax_pieces = 150\nletters_per_unit = 200\n");
    REQUIRE(sh(fmt::format("mv {} {}", shop, scratch / name)).status == 0);
    const auto toml = scratch / name + "/pli.toml";
    write_file(toml, store + read_file(toml));
    write_file(scratch / name + "/customers.csv", customers(letters));
    REQUIRE(sh(fmt::format("pli letters add {0}/customers.csv --template thanks -w {0}", scratch / name)).status == 0);
    return scratch / name;
}

std::string sums_of(const std::string& shop) { return sh("cd " + shop + "/out && sha256sum */*").out; }

}  // namespace

TEST_CASE("workers, some of them killed, make the bytes of one run, and each letter is in one batch", "[cli][store]") {
    const bool postgresql = GENERATE(false, true);
    const auto one_store = store_setting(postgresql), many_store = store_setting(postgresql);
    if (!one_store) return;
    const Folder scratch;
    const auto one = shop_with(scratch, "one", *one_store, 2'000),
               many = shop_with(scratch, "many", *many_store, 2'000);
    REQUIRE(sh("pli run --date 2026-11-23 -w " + one).status <= 1);
    const auto expected = sums_of(one);
    REQUIRE(count_of(expected, "READY") == 20);
    const auto worker = "pli worker --lease 3 --date 2026-11-23 --json -w " + many;
    for (const double seconds : {0.3, 0.6, 0.9}) sh(fmt::format("timeout -s KILL {} {}", seconds, worker));
    sh(fmt::format("cd {0}; for n in 1 2 3; do {1} > w$n.json & done; wait", many, worker));
    CHECK(sums_of(many) == expected);
    CHECK(sh("ls -A " + many + "/out | grep -c '^\\.'").out == "0\n");
    int units = 0;
    for (const auto* file : {"w1.json", "w2.json", "w3.json"}) {
        const auto report = json::parse(read_file(many + "/" + file));
        CHECK(report["finished"] == true);
        units += report["units"].get<int>();
    }
    CHECK(units >= 1);
    const auto counts = json::parse(sh("pli letters list --limit 0 --json -w " + many).out)["counts"];
    CHECK(counts["batched"] == json::parse(sh("pli letters list --limit 0 --json -w " + one).out)["counts"]["batched"]);
    CHECK(sh("pli store check -w " + many).status == 0);
    CHECK(sh(worker).out.find("\"run\": \"\"") != std::string::npos);  // nothing is due any more
}

TEST_CASE("a run and a worker do not work beside each other, and a unit can be done alone", "[cli][store]") {
    const Folder scratch;
    const auto shop = shop_with(scratch, "alone", "", 600);
    const auto once = json::parse(sh("pli worker --once --date 2026-11-23 --json -w " + shop).out);
    CHECK(once["units"] == 1);
    CHECK(once["finished"] == false);
    const auto busy =
        sh(fmt::format("exec 9> {0}/queue.sqlite.lock; flock -s 9; pli run --date 2026-11-23 -w {0}", shop));
    CHECK(busy.status == 3);
    CHECK_THAT(busy.err, Catch::Contains("another run is at work here"));
    const auto rest = json::parse(sh("pli run --date 2026-11-23 --json -w " + shop).out);
    CHECK(rest["units"] == 2);
    CHECK(rest["resumed"] == true);
}

TEST_CASE("running numbers of postal codes follow the run's order, whoever makes which unit first", "[cli][store]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch,
                                    "[workspace]\ncountry = \"US\"\n[batches]\nletters_per_unit = 2\n[franking]\n"
                                    "system = \"usps-imb\"\nservice = \"040\"\nmailer = \"123456\"\n");
    write_file(
        shop + "/templates/thanks/template.json",
        R"({"kind": "document", "style": {"font": "Noto Sans"}, "body": [{"text": "x"}], "profile": "US-10-IMB"})");
    std::string csv = "id,name,street,city,region,postal_code\n";
    for (int i = 1; i <= 6; ++i) csv += fmt::format("{0},Anne Smith,{0} Main Street,Springfield,IL,6270{0}\n", i);
    write_file(shop + "/customers.csv", csv);
    const auto added = sh("pli letters add " + shop + "/customers.csv --template thanks -w " + shop);
    REQUIRE(added.status == 0);
    const auto other = scratch / "other";
    sh("cp -r " + shop + " " + other);
    const auto ran = sh("pli run --date 2026-11-23 -w " + shop);
    INFO(ran.out + ran.err);
    REQUIRE(ran.status == 0);
    REQUIRE(sh("pli worker --once --date 2026-11-23 -w " + other).status == 0);
    REQUIRE(sh("python3 -c \"import sqlite3; db = sqlite3.connect('" + other +
               "/queue.sqlite'); db.execute('UPDATE units SET until = 9999999999 WHERE unit = 2'); db.commit()\"")
                .status == 0);
    REQUIRE(sh("pli worker --once --date 2026-11-23 -w " + other).status == 0);  // the third
    REQUIRE(sh("pli run --date 2026-11-23 -w " + other).status == 0);            // the second
    CHECK(ready_batches(shop + "/out").size() == 3);
    CHECK(sums_of(other) == sums_of(shop));
    const auto codes =
        sh("cat " + shop + "/out/*/manifest.csv | grep -o '00040123456[0-9]*' | cut -c 1-20 | sort -u").out;
    CHECK(count_of(codes, "\n") == 6);
}

TEST_CASE("a store that is none Pli knows, or that is not there, is told with its place and without its password",
          "[cli][store]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "");
    const auto toml = read_file(shop + "/pli.toml");
    write_file(shop + "/pli.toml", "store = \"mysql://h/d\"\n" + toml);
    CHECK_THAT(sh("pli letters list -w " + shop).err,
               Catch::Contains("pli.toml:1:") && Catch::Contains("postgresql://"));
    write_file(shop + "/pli.toml", "store = \"postgresql://pli:secret@127.0.0.1:1/d?connect_timeout=1\"\n" + toml);
    const auto refused = sh("pli letters list -w " + shop);
    CHECK(refused.status == 3);
    CHECK_THAT(refused.err, Catch::Contains("postgresql://pli@127.0.0.1:1/d") && !Catch::Contains("secret"));
}
