#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto one_customer =
    "id,first_name,last_name,street,postal_code,city,order\n1,Ida,Martin,1 rue A,31000,Toulouse,Z-1\n";

std::string shop_with_letter(const Folder& scratch) {
    auto shop = new_workspace(scratch);
    write_file(shop + "/one.csv", one_customer);
    const auto added = sh("pli letters add " + shop + "/one.csv --template thanks -w " + shop);
    INFO(added.err);
    REQUIRE(added.status == 0);
    return shop;
}

}  // namespace

TEST_CASE("a folder without pli.toml is no workspace, and the error says how to make one", "[cli]") {
    const Folder scratch;
    const auto ran = sh("pli run -w " + (scratch / "nowhere"));
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Contains("pli.toml") && Catch::Contains("pli init DIR"));
}

TEST_CASE("a setting that does not exist is named with its line", "[cli]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[batches]\nmax_pieces = 10\nmax_peices = 20\n");
    const auto ran = sh("pli run -w " + shop);
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Contains("pli.toml:3:") && Catch::Contains("batches.max_peices"));
}

TEST_CASE("a press whose profile Pli does not have, or that is none, is refused with what to do", "[cli]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[print]\noutput_condition = \"FOGRA51\"\n");
    const auto unknown = sh("pli template check thanks -w " + shop);
    CHECK(unknown.status == 2);
    CHECK_THAT(unknown.err, Catch::Contains("FOGRA51") && Catch::Contains("name it as print.output_profile"));
    write_file(shop + "/pli.toml", "[print]\noutput_profile = \"pli.toml\"\n");
    CHECK_THAT(sh("pli template check thanks -w " + shop).err, Catch::Contains("is not an ICC profile"));
    write_file(shop + "/pli.toml", "[print]\nrgb = \"maybe\"\n");
    CHECK_THAT(sh("pli template check thanks -w " + shop).err,
               Catch::Contains("pli.toml:2:") && Catch::Contains("\"tagged\" or \"convert\""));
}

TEST_CASE("an output folder that cannot be written leaves letters queued and no batch behind", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = shop_with_letter(scratch);
    write_file(shop + "/file", "not a folder");
    const auto ran = sh("pli run --date 2026-11-23 --out " + shop + "/file/out -w " + shop);
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, Catch::Contains(shop + "/file/out"));
    const auto mended = sh("pli run --json --date 2026-11-23 -w " + shop);
    CHECK(json::parse(mended.out)["batched"] == 1);
}

TEST_CASE("a full disk is told, and nothing half-written keeps the name of a batch", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = shop_with_letter(scratch);
    const auto ran = sh("ulimit -f 8; pli run --date 2026-11-23 -w " + shop);  // files stop at 4 KiB
    CHECK(ran.status == 3);
    CHECK_FALSE(ran.err.empty());
    CHECK(ready_batches(shop + "/out").empty());
    CHECK(sh("ls " + shop + "/out").out.empty());
    CHECK(json::parse(sh("pli run --json --date 2026-11-23 -w " + shop).out)["batched"] == 1);
}

TEST_CASE("a second run started while one runs waits for nobody and says so", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = shop_with_letter(scratch);
    const auto ran = sh("flock " + shop + "/queue.sqlite.lock pli run --date 2026-11-23 -w " + shop);
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, Catch::Contains("another run is at work"));
}

TEST_CASE("a queue written by a later Pli is left alone", "[cli]") {
    const Folder scratch;
    const auto shop = shop_with_letter(scratch);
    REQUIRE(sh("python3 -c \"import sqlite3; sqlite3.connect('" + shop +
               "/queue.sqlite').execute('PRAGMA user_version=999')\"")
                .status == 0);
    const auto ran = sh("pli run --date 2026-11-23 -w " + shop);
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, Catch::Contains("999"));
}

TEST_CASE("a template broken by its editor rejects its own letters with line and column", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = shop_with_letter(scratch);
    write_file(shop + "/templates/thanks/template.json",
               "{\n  \"kind\": \"document\",\n  \"profile\" \"NF-right\"\n}\n");
    const auto checked = sh("pli template check thanks -w " + shop);
    CHECK(checked.status == 2);
    CHECK_THAT(checked.err, Catch::Contains("template.json:3:"));
    const auto ran = sh("pli run --json --date 2026-11-23 -w " + shop);
    CHECK(ran.status == 1);
    CHECK(json::parse(ran.out)["rejected"] == 1);
    CHECK(ready_batches(shop + "/out").empty());
}

TEST_CASE("one bad letter is rejected with its reason and the others are printed", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    write_file(shop + "/mixed.csv",
               "id,first_name,last_name,street,postal_code,city,order\n"
               "1,Ida,Martin,1 rue A,31000,Toulouse,Z-1\n"
               "2,,Sans Prénom,2 rue B,31000,Toulouse,Z-2\n"
               "3,Bo,\U000F1234,3 rue C,31000,Toulouse,Z-3\n"
               "4,Lou,Petit,4 rue D,31000,Toulouse,Z-4\n");
    REQUIRE(sh("pli letters add " + shop + "/mixed.csv --template thanks -w " + shop).status == 0);
    const auto ran = sh("pli run --json --date 2026-11-23 -w " + shop);
    CHECK(ran.status == 1);
    const auto report = json::parse(ran.out);
    CHECK(report["batched"] == 2);
    REQUIRE(report["rejections"].size() == 2);
    CHECK_THAT(report["rejections"].dump(), Catch::Contains("first_name") && Catch::Contains("U+F1234"));
    CHECK(json::parse(sh("pli letters list --state rejected --json -w " + shop).out)["letters"].size() == 2);
}

TEST_CASE("rows that cannot be read are refused one by one, with line, column and remedy", "[cli]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    write_file(shop + "/rows.csv",
               "id,first_name,last_name,street,postal_code,city,country,order\n"
               "1,Ida,Martin,1 rue A,31000,Toulouse,FR,Z-1\n"
               "2,Bo,Ragged,2 rue B\n"
               "3,Lou,Petit,4 rue D,31000,Toulouse,Atlantis,Z-4\n");
    const auto ran = sh("pli letters add " + shop + "/rows.csv --template thanks --json -w " + shop);
    CHECK(ran.status == 1);
    const auto report = json::parse(ran.out);
    CHECK(report["queued"] == 1);
    REQUIRE(report["errors"].size() == 2);
    CHECK(report["errors"][0]["line"] == 3);
    CHECK(report["errors"][1]["line"] == 4);
    CHECK(report["errors"][1]["column"] == "country");
    CHECK(report["errors"][1]["value"] == "Atlantis");
}

TEST_CASE("usage errors end with 2 and help teaches", "[cli]") {
    CHECK(sh("pli frobnicate").status == 2);
    CHECK(sh("pli letters add").status == 2);
    const auto help = sh("pli --help");
    CHECK(help.status == 0);
    CHECK_THAT(help.out, Catch::Contains("A first evening") && Catch::Contains("pli init boutique"));
}
