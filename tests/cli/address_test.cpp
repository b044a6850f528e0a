#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto list =
    "id,first_name,last_name,street,postal_code,city,country,order\n"
    "1,Ida,Martin,1 rue de l'Église,31000,Toulouse,FR,Z-1\n"
    "2,Max,Mustermann,Hauptstraße,53111,Köln,DE,Z-2\n"
    "3,Noé,Petit,125 bis avenue du Maréchal de Lattre de Tassigny,75116,Paris,FR,Z-3\n"
    "4,Eva,Roux,1 rue Anticonstitutionnellement-Hexakosioihexekontahexaphobie,31000,Toulouse,FR,Z-4\n";

std::string list_in(const Folder& scratch) {
    const auto file = scratch / "list.csv";
    write_file(file, list);
    return file;
}

}  // namespace

TEST_CASE("address check shows each bad block as it is printed, and counts what it found", "[cli]") {
    const Folder scratch;
    const auto ran = sh("pli address check " + list_in(scratch) + " --from FR");
    INFO(ran.out + ran.err);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.out, Catch::Contains("    Max Mustermann\n    Hauptstraße\n    53111 KÖLN\n    ALLEMAGNE\n"));
    CHECK_THAT(ran.out, Catch::Contains("warning town-elsewhere: 53111 is Bonn, not Köln"));
    CHECK_THAT(ran.out, Catch::Contains("refused line-too-long") && !Catch::Contains("    Ida Martin"));
    const auto all = sh("pli address check --all " + list_in(scratch) + " --from FR");
    CHECK_THAT(all.out, Catch::Contains("    Ida Martin\n    1 RUE DE L EGLISE\n    31000 TOULOUSE\n"));
    CHECK_THAT(all.out, Catch::Contains("    125 B AV DU MAL DE LATTRE DE TASSIGNY\n"));
}

TEST_CASE("address check tells programs the same as JSON, and a clean list leaves with status 0", "[cli]") {
    const Folder scratch;
    const auto ran = sh("pli address check --json " + list_in(scratch) + " --from FR");
    const auto report = json::parse(ran.out);
    CHECK(report["ok"] == false);
    CHECK(report["addresses"]["checked"] == 4);
    CHECK(report["addresses"]["refused"] == 1);
    CHECK(report["addresses"]["warned"] == 1);
    REQUIRE(report["rows"].size() == 2);
    CHECK(report["rows"][0]["row"] == 3);
    CHECK(report["rows"][0]["lines"] == json({"Max Mustermann", "Hauptstraße", "53111 KÖLN", "ALLEMAGNE"}));
    write_file(scratch / "clean.csv", std::string(list).substr(0, std::string(list).find("2,Max")));
    const auto clean = sh("pli address check " + (scratch / "clean.csv") + " --from FR");
    CHECK(clean.status == 0);
}

TEST_CASE("with a template an address is measured in its window", "[cli]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    write_file(scratch / "wide.csv",
               "name,company,street,postal_code,city,order\n"
               "Ida Martin,WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWW,1 rue A,31000,Toulouse,1\n"
               "Ida Martin,WWWWWWWWWW WWWWWWWWWW WWWWWWWW,1 rue A,31000,Toulouse,2\n");
    const auto ran = sh("pli address check --json -t thanks " + (scratch / "wide.csv") + " -w " + shop);
    INFO(ran.out + ran.err);
    const auto report = json::parse(ran.out);
    REQUIRE(report["rows"].size() == 2);
    CHECK(report["rows"][0]["findings"][0]["code"] == "too-wide");
    CHECK(report["rows"][1]["findings"][0]["code"] == "set-smaller");
    CHECK(report["rows"][1]["width_mm"].get<double>() > report["rows"][1]["room_mm"].get<double>());
}

TEST_CASE("letters add counts what it found, queues all the same, and letters show has the block", "[cli]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    const auto added = sh("pli letters add --json " + list_in(scratch) + " -t thanks -w " + shop);
    INFO(added.out + added.err);
    const auto report = json::parse(added.out);
    CHECK(report["queued"] == 4);
    CHECK(report["addresses"]["refused"] == 1);
    CHECK(report["addresses"]["warned"] == 1);
    for (const auto& kind : report["addresses"]["kinds"])
        if (kind["code"] == "town-elsewhere") CHECK(kind["rows"] == json({3}));
    const auto shown = sh("pli letters show 2 -w " + shop);
    CHECK_THAT(shown.out,
               Catch::Contains("53111 KÖLN") && Catch::Contains("ALLEMAGNE") && Catch::Contains("test-address"));
}

TEST_CASE("a list that is no list is refused with what to do", "[cli]") {
    const Folder scratch;
    CHECK(sh("pli address check " + (scratch / "none.csv") + " --from FR").status == 3);
    write_file(scratch / "odd.csv", "a,b\n1,2\n");
    const auto ran = sh("pli address check " + (scratch / "odd.csv") + " --from FR");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Contains("odd.csv"));
    CHECK(sh("pli address check " + (scratch / "odd.csv") + " --from FR -t thanks -w " + (scratch / "no")).status == 2);
}
