#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"
#include "tests/ssh_server/ssh_server.hpp"

/// From the run to the letterbox and back, as somebody at a terminal does it.

using namespace pli::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// A workspace with one batch of `count` letters.
struct Shop {
    explicit Shop(int count, std::string_view settings = "") : folder(new_workspace(scratch, settings)) {
        std::string csv = "id,first_name,last_name,street,postal_code,city,country,order\n";
        for (int i = 1; i <= count; ++i)
            csv += fmt::format("{0},Anne,Dupont {0},{0} rue du Marché,{1:05},Lyon,FR,B-{0}\n", i, 69000 + i);
        queue(csv);
        REQUIRE(pli("run --date 2026-11-23").status == 0);
        batch = ready_batches(folder + "/out").at(0);
    }
    Ran pli(const std::string& words) const { return sh("pli " + words + " -w " + folder); }
    void queue(const std::string& csv) const {
        write_file(folder + "/customers.csv", csv);
        REQUIRE(pli("letters add " + folder + "/customers.csv --template thanks").status == 0);
    }
    Ran results(const std::string& of, const std::string& rows,
                const std::string& header = "piece,status,time,reason\n") const {
        write_file(folder + "/results.csv", header + rows);
        return pli("batch results " + of + " " + folder + "/results.csv");
    }
    json account(const std::string& of) const { return json::parse(pli("batch show --json " + of).out); }

    Folder scratch;
    std::string folder, batch;
};

std::string rows(const std::vector<int>& pieces, const std::string& status) {
    std::string text;
    for (const auto piece : pieces) text += fmt::format("{},{},2026-11-24T08:00:00Z,\n", piece, status);
    return text;
}

}  // namespace

TEST_CASE("a batch is delivered, partly spoiled, printed again, mailed, and closes", "[cli][way-back]") {
    const Shop shop(6);
    const Folder hot;
    const auto delivered = shop.pli("batch deliver " + shop.batch + " --to " + hot.path());
    INFO(delivered.err);
    REQUIRE(delivered.status == 0);
    CHECK(fs::exists(hot / (fs::path(shop.batch).filename().string() + "/READY")));
    CHECK_THAT(shop.pli("batch deliver " + shop.batch + " --to " + hot.path()).out,
               Catch::Contains("delivered before"));
    CHECK(shop.account(shop.batch)["delivered_to"] == hot.path());

    REQUIRE(shop.results(shop.batch, rows({1, 2, 4, 6}, "produced") + rows({3, 5}, "spoiled") + rows({1, 2}, "mailed"))
                .status == 0);
    const auto open = shop.pli("batch show " + shop.batch).out;
    CHECK_THAT(open, Catch::Contains("missing: 2 produced, not reported as mailed"));
    CHECK_THAT(open,
               Catch::Contains("missing: 2 to be printed again: pli batch reprint") && Catch::Contains("\nopen\n"));

    const auto again = shop.pli("batch reprint " + shop.batch);
    INFO(again.err);
    REQUIRE(again.status == 0);
    const auto reprint = shop.batch + "-reprint-1";
    CHECK(shop.pli("batch verify --pdf --strict " + reprint).status == 0);
    CHECK_THAT(shop.pli("batch reprint " + shop.batch).out, Catch::Contains("No piece"));

    REQUIRE(shop.results(reprint, rows({3, 5}, "reprinted") + rows({3, 5}, "mailed")).status == 0);
    REQUIRE(shop.results(shop.batch, rows({4, 6}, "mailed") + rows({3, 5}, "destroyed")).status == 0);
    const auto closed = shop.account(shop.batch);
    CHECK(closed["closed"] == true);
    CHECK(closed["counts"]["mailed"] == 6);
    CHECK(closed["spoiled_not_destroyed"] == 0);
    CHECK(shop.account(reprint)["closed"] == true);
    CHECK_THAT(shop.pli("letters list").out, Catch::Contains("mailed"));
}

TEST_CASE("a reprinted piece is the letter that it was, though its template was edited since", "[cli][way-back]") {
    const Shop shop(3);
    REQUIRE(shop.results(shop.batch, rows({2}, "spoiled")).status == 0);
    const auto path = shop.folder + "/templates/thanks/template.json";
    auto edited = read_file(path);
    edited.replace(edited.find("merci pour"), 10, "voici enfin");
    write_file(path, edited);
    REQUIRE(shop.pli("batch reprint " + shop.batch).status == 0);
    const auto text = output_of("pdftotext " + shop.batch + "-reprint-1/print.pdf -");
    CHECK_THAT(text, Catch::Contains("merci pour votre commande B-2") && !Catch::Contains("voici enfin"));
}

TEST_CASE("a reprinted piece says on paper and in the manifest which it is, and that it is the second",
          "[cli][way-back]") {
    const Shop shop(4);
    const auto first = sh("sed -n 3p " + shop.batch + "/manifest.csv | cut -d, -f2,3,4").out;
    REQUIRE(shop.results(shop.batch, rows({2}, "spoiled")).status == 0);
    REQUIRE(shop.pli("batch reprint " + shop.batch).status == 0);
    const auto reprint = shop.batch + "-reprint-1";
    CHECK(sh("sed -n 2p " + reprint + "/manifest.csv | cut -d, -f2,3,4").out == first);  // batch id, piece, letter
    CHECK_THAT(sh("head -1 " + reprint + "/manifest.csv").out,
               Catch::EndsWith("generation,imposition,page_sums,qr\r\n"));
    CHECK_THAT(sh("sed -n 2p " + reprint + "/manifest.csv").out, Catch::Contains(",2,1-up,"));
    CHECK(sh("pli batch verify --proof " + reprint).status == 0);
    CHECK_THAT(sh("pdftotext " + reprint + "/print.pdf -").out, Catch::Contains("0000002 1/1 R2"));
    CHECK_THAT(sh("pdftotext -layout " + reprint + "/control.pdf -").out, Catch::Contains("Reprint of"));
    sh("pdftoppm -r 300 -gray -png -singlefile " + reprint + "/print.pdf " + shop.folder + "/page");
    const auto id = first.substr(0, 14);
    CHECK_THAT(sh("dmtxread -n -m5000 " + shop.folder + "/page.png").out,
               Catch::Contains("3" + id + "000000200100102"));
    // What the house scanned can be sent back as it is.
    const auto code = "3" + id + "000000200100102";
    CHECK(shop.results(reprint, code + ",produced\n", "code,status\n").status == 0);
    CHECK(shop.results(reprint, "1" + id + "0000001001001,produced\n", "code,status\n").status == 2);
}

TEST_CASE("a file of results that is wrong somewhere is refused row by row, and nothing of it is taken",
          "[cli][way-back]") {
    const Shop shop(3);
    const auto refused = shop.results(shop.batch,
                                      "1,produced,2026-11-24,\n"  // good, and not taken either
                                      "9,produced,2026-11-24,\n"  // unknown
                                      "1,produced,2026-11-24,\n"  // doubled
                                      "2,mailed,2026-11-24,\n"    // never produced
                                      "3,posted,2026-11-24,\n"    // no such status
                                      "x,produced,2026-11-24,\n"  // no number
                                      "3,returned,2026-11-24,\n"  // no reason
                                      "3,produced,yesterday,\n");
    CHECK(refused.status == 2);
    CHECK_THAT(refused.out, Catch::Contains("7 of 8 rows are refused: nothing was changed"));
    for (const auto* words :
         {"results.csv:3: piece 9 is not in this batch", "results.csv:4: piece 1 is produced twice, first in line 2",
          "results.csv:5: piece 2 is batched and cannot be mailed; report it as produced first",
          "results.csv:6, column status: \"posted\" is not a status",
          "results.csv:7, column piece: \"x\" is not a number", "results.csv:8, column reason: is missing",
          "results.csv:9, column time: \"yesterday\""})
        CHECK_THAT(refused.err, Catch::Contains(words));
    CHECK(shop.account(shop.batch)["counts"]["batched"] == 3);
    CHECK(shop.results(shop.batch, "", "a,b\n").status == 2);
    CHECK(shop.results(shop.batch, "").status == 2);
    CHECK(shop.pli("batch results " + shop.batch + " " + shop.folder + "/nowhere.csv").status != 0);
    CHECK(shop.results(shop.folder + "/out/nobody", rows({1}, "produced")).status == 2);
}

TEST_CASE("the same file applied twice changes nothing, as CSV or as JSON Lines", "[cli][way-back]") {
    const Shop shop(3);
    const auto told = rows({1, 2}, "produced") + rows({1}, "mailed");
    REQUIRE(shop.results(shop.batch, told).status == 0);
    const auto before = shop.account(shop.batch);
    CHECK_THAT(shop.results(shop.batch, told).out, Catch::Contains("0 new, 3 known before"));
    write_file(shop.folder + "/results.jsonl",
               "{\"piece\":1,\"status\":\"produced\"}\n{\"piece\":3,\"status\":\"Produced\",\"at\":\"2026-11-24\"}\n");
    CHECK_THAT(shop.pli("batch results " + shop.batch + " " + shop.folder + "/results.jsonl").out,
               Catch::Contains("1 new, 1 known before"));
    CHECK(before["counts"]["mailed"] == 1);
    CHECK(shop.account(shop.batch)["counts"]["produced"] == 2);
}

TEST_CASE("letters cancelled after the run are listed by where they lie, and pulled", "[cli][way-back]") {
    const Shop shop(5, "[batches]\nimposition = \"2-up-cut-and-stack\"\n");
    const auto cancelled = shop.pli("letters cancel 2 5");
    CHECK(cancelled.status == 0);
    CHECK_THAT(cancelled.err, Catch::Contains("letter 2 is piece 2") && Catch::Contains("pli batch pull"));
    REQUIRE(shop.pli("batch pull " + shop.batch).status == 0);
    const auto list = shop.batch + "-pull-1";
    CHECK(sh("cut -d, -f3,4,6,7,9 " + list + "/pull-list.csv").out ==
          "piece,letter,pile,first_sheet_in_pile,first_sheet_in_stack\n2,2,1,2,2\n5,5,2,2,5\n");
    CHECK_THAT(sh("pdftotext -layout " + list + "/pull-list.pdf -").out,
               Catch::Contains("2 pieces are cancelled") && Catch::Contains("0000005"));
    CHECK(sh("cd " + list + " && sha256sum --check --strict SHA256SUMS").status == 0);
    CHECK(sh("qpdf --check " + list + "/pull-list.pdf").status == 0);
    CHECK(shop.pli("batch verify --strict " + list + "/pull-list.pdf").status == 0);
    CHECK_THAT(shop.pli("batch pull " + shop.batch).out, Catch::Contains("as before"));
    const Folder hot;
    CHECK(shop.pli("batch deliver " + list + " --to " + hot.path()).status == 0);
    REQUIRE(shop.pli("letters cancel 3").status == 0);
    CHECK_THAT(shop.pli("batch pull " + shop.batch).out, Catch::Contains("-pull-2") && Catch::Contains("3 pieces"));

    REQUIRE(shop.results(shop.batch, rows({1, 4, 5}, "produced") + rows({1, 4}, "mailed") + rows({2, 3}, "destroyed"))
                .status == 0);
    CHECK_THAT(shop.pli("batch show " + shop.batch).out, Catch::Contains("missing: 1 to be pulled"));
    const auto slipped = shop.results(shop.batch, rows({5}, "mailed"));
    CHECK(slipped.status == 1);
    CHECK_THAT(slipped.err, Catch::Contains("piece 5 was withdrawn, and was mailed"));
    CHECK(shop.account(shop.batch)["closed"] == true);
}

TEST_CASE("a letter that came back holds the next one to its address until somebody looks", "[cli][way-back]") {
    const Shop shop(2);
    REQUIRE(
        shop.results(shop.batch, rows({1, 2}, "produced") + rows({1, 2}, "mailed") + "1,returned,2026-12-01,moved\n")
            .status == 0);
    CHECK(shop.account(shop.batch)["closed"] == true);
    shop.queue(
        "id,first_name,last_name,street,postal_code,city,country,order\n"
        "n1,Anne,DUPONT 1,\"1, rue du Marché\",69001,Lyon,FR,C-1\nn2,Anne,Dupont 2,2 rue du "
        "Marché,69002,Lyon,FR,C-2\n");
    const auto ran = shop.pli("run --date 2026-12-02");
    CHECK_THAT(ran.err, Catch::Contains("1 letters are held"));
    CHECK_THAT(shop.pli("letters list --state held").out, Catch::Contains("letter 1 to this address came back: moved"));
    REQUIRE(shop.pli("letters release 3").status == 0);
    CHECK(json::parse(shop.pli("run --json --date 2026-12-02").out)["batched"] == 1);
}

TEST_CASE("a print house's file says where a batch goes, how, and whom to trust", "[cli][way-back][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    const Shop shop(2);
    fs::create_directories(shop.folder + "/print-houses");
    const auto house = [&](const std::string& more) {
        write_file(shop.folder + "/print-houses/lyon.toml",
                   fmt::format("[delivery]\nurl = \"{}\"\nkey = \"{}\"\n{}", server->url(), server->key_file(), more));
    };
    const auto deliver = [&] { return shop.pli("batch deliver " + shop.batch + " --print-house lyon"); };
    house("");
    const auto unknown = deliver();
    CHECK(unknown.status == 2);
    CHECK_THAT(unknown.err, Catch::Contains("host key is not known: SHA256:"));
    house("host_keys = \"SHA256:x\"\n");
    CHECK_THAT(deliver().err, Catch::Contains("lyon.toml:4") && Catch::Contains("host_keys: is not a setting"));
    house("host_key = \"" + server->host_key() + "\"\nnaming = \"lavande_{batch}\"\n");
    const auto done = deliver();
    INFO(done.err);
    CHECK(done.status == 0);
    const auto there = server->folder() + "/lavande_" + fs::path(shop.batch).filename().string();
    CHECK(sh("cd " + there + " && sha256sum --check --strict SHA256SUMS && test -e READY").status == 0);
    CHECK_THAT(deliver().out, Catch::Contains("delivered before"));
    CHECK_THAT(shop.pli("batch deliver --again " + shop.batch + " --print-house lyon").out,
               Catch::Contains("is there already"));
    CHECK_THAT(shop.pli("batch deliver " + shop.batch).err, Catch::Contains("not said where to"));
}

TEST_CASE("all batches that wait are delivered, one that cannot be does not keep the others back", "[cli][way-back]") {
    const Shop shop(2);
    const auto inbox = shop.folder + "/inbox";
    fs::create_directories(inbox);
    const auto strange = shop.folder + "/out/2026-11-01-1-unknown-0001";
    fs::create_directories(strange);
    write_file(strange + "/READY", "");
    const auto first = shop.pli("batch deliver --all --to " + inbox);
    CHECK(first.status == 3);
    CHECK_THAT(first.err, Catch::Contains("2026-11-01-1-unknown-0001"));
    CHECK(fs::exists(inbox + "/" + fs::path(shop.batch).filename().string() + "/READY"));
    fs::remove_all(strange);
    const auto again = json::parse(shop.pli("batch deliver --all --json --to " + inbox).out);
    CHECK(again["batches"].empty());
    CHECK(shop.pli("batch deliver --to " + inbox).status == 2);
}

TEST_CASE("a batch made for a print house is delivered there without being told again", "[cli][way-back]") {
    const Shop shop(2);
    const auto inbox = shop.folder + "/inbox";
    fs::create_directories(inbox);
    fs::create_directories(shop.folder + "/print-houses");
    write_file(shop.folder + "/print-houses/lyon.toml", fmt::format("[delivery]\nurl = \"{}\"\n", inbox));
    write_file(shop.folder + "/pli.toml", "[batches]\nprint_house = \"lyon\"\n");
    const auto done = shop.pli("batch deliver " + shop.batch);
    INFO(done.err);
    CHECK(done.status == 0);
    CHECK(fs::exists(inbox + "/" + fs::path(shop.batch).filename().string() + "/READY"));
}
