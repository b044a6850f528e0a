#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto three_customers =
    "id;prénom;nom;rue;code postal;ville;pays;order\n"
    "1;Zoë;Lefèvre-Durand;12 rue de l’Église;75011;Paris;France;A-1001\n"
    "2;Jürgen;Großmann;Hauptstraße 5;10115;Berlin;Allemagne;A-1002\n"
    "3;Małgorzata;Wiśniewska;ul. Świętokrzyska 3;00-049;Warszawa;Pologne;A-1003\n";

std::string customers(int count) {
    std::string csv = "id,first_name,last_name,street,postal_code,city,country,order\n";
    for (int i = 1; i <= count; ++i)
        csv += fmt::format("{0},Anne,Dupont {0},{0} rue du Marché,{1:05},Lyon,FR,B-{0}\n", i, 1000 + i * 7919 % 95000);
    return csv;
}

/// Queues and prints `csv`; the report of the run.
json night(const std::string& shop, const std::string& csv, const std::string& options = "") {
    write_file(shop + "/customers.csv", csv);
    const auto added = sh("pli letters add " + shop + "/customers.csv --template thanks --workspace " + shop);
    INFO(added.err);
    REQUIRE(added.status == 0);
    const auto ran = sh("pli run --json --date 2026-11-23 --workspace " + shop + " " + options);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    return json::parse(ran.out);
}

}  // namespace

TEST_CASE("a CSV of customers becomes one batch a lettershop can check and print", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    const auto report = night(shop, three_customers);
    CHECK(report["batched"] == 3);
    CHECK(report["rejected"] == 0);
    const auto batches = ready_batches(shop + "/out");
    REQUIRE(batches.size() == 1);
    const auto pdf = batches[0] + "/print.pdf";

    CHECK(sh("qpdf --check " + pdf).status == 0);
    CHECK(sh("cd " + batches[0] + " && sha256sum --check --strict SHA256SUMS").status == 0);
    const auto text = sh("pdftotext -layout " + pdf + " -").out;
    for (const auto* part :
         {"Zoë Lefèvre-Durand", "75011 PARIS", "Großmann", "10115 BERLIN", "ALLEMAGNE", "Świętokrzyska",
          "00-049 WARSZAWA", "POLOGNE", "Bonjour Jürgen,", "A-1003", "cet été à l’œil"})
        CHECK_THAT(text, Catch::Contains(part));
    for (const auto* file : {"manifest.csv", "manifest.jsonl", "posting-list.csv", "control.pdf"})
        CHECK_FALSE(read_file(batches[0] + "/" + file).empty());
}

TEST_CASE("every letter's QR and sheet code can be read back from the print file", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    night(shop, three_customers);
    const auto pdf = ready_batches(shop + "/out").at(0) + "/print.pdf";
    REQUIRE(sh("pdftoppm -r 200 -png " + pdf + " " + (scratch / "page")).status == 0);
    const auto codes = sh("zbarimg -q --raw " + (scratch / "page") + "*.png").out;
    for (const auto* order : {"A-1001", "A-1002", "A-1003"})
        CHECK_THAT(codes, Catch::Contains(fmt::format("https://example.org/{}", order)));
    const auto sheets = sh("for p in " + (scratch / "page") + "*.png; do dmtxread -N1 -m2000 $p; echo; done").out;
    const auto rows = read_file(ready_batches(shop + "/out").at(0) + "/manifest.jsonl");
    const auto batch_id = json::parse(rows.substr(0, rows.find('\n')))["batch_id"].get<std::string>();
    for (int piece = 1; piece <= 3; ++piece)  // version, batch, piece, sheet, sheets: docs/print-house.md
        CHECK_THAT(sheets, Catch::Contains(fmt::format("1{}{:07}001001", batch_id, piece)));
}

TEST_CASE("black text prints on the black plate only", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    night(shop, three_customers);
    const auto pdf = ready_batches(shop + "/out").at(0) + "/print.pdf";
    const auto ink = sh("gs -q -dBATCH -dNOPAUSE -sDEVICE=inkcov -sOutputFile=- " + pdf).out;
    CHECK(count_of(ink, "0.00000  0.00000  0.00000  0.0") == 3);  // C, M and Y are empty on each page
    CHECK(count_of(ink, "0.00000  0.00000  0.00000  0.00000") == 0);
}

TEST_CASE("bytes do not depend on threads, locale, time zone or the day of the clock", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[batches]\nmax_pieces = 150\n");
    write_file(shop + "/customers.csv", customers(400));
    REQUIRE(sh("pli letters add " + shop + "/customers.csv --template thanks -w " + shop).status == 0);
    std::string first;
    for (const auto* surroundings : {"--threads 1", "--threads 2", "--threads 8", "--threads 3"}) {
        const auto copy = scratch / "copy";
        const auto around = first.empty() ? "LC_ALL=C TZ=UTC" : "LC_ALL=fr_FR.UTF-8 TZ=Pacific/Apia";
        REQUIRE(sh(fmt::format("rm -rf {0}; cp -r {1} {0}; {2} pli run --date 2026-11-23 -w {0} {3}", copy, shop,
                               around, surroundings))
                    .status == 0);
        const auto sums = sh("cd " + copy + "/out && sha256sum */*").out;
        CHECK(count_of(sums, "print.pdf") == 3);
        if (first.empty()) first = sums;
        CHECK(sums == first);
    }
}

TEST_CASE("a letter is printed once, however often the queue is fed and the night is run", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    night(shop, customers(20));
    const auto again = sh("pli letters add " + shop + "/customers.csv --template thanks --json -w " + shop);
    CHECK(json::parse(again.out)["queued"] == 0);
    CHECK(json::parse(again.out)["known"] == 20);
    CHECK_THAT(sh("pli run --date 2026-11-23 -w " + shop).out, Catch::Contains("Nothing is due"));
    CHECK(ready_batches(shop + "/out").size() == 1);
}

TEST_CASE("held and cancelled letters stay behind, letters not yet due wait", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    write_file(shop + "/now.csv", customers(3));
    write_file(shop + "/later.csv",
               "id,first_name,last_name,street,postal_code,city,order\n77,Eve,Lune,1 rue A,69001,Lyon,C-1\n");
    REQUIRE(sh("pli letters add " + shop + "/now.csv --template thanks -w " + shop).status == 0);
    REQUIRE(sh("pli letters add " + shop + "/later.csv --template thanks --due 2026-12-01 -w " + shop).status == 0);
    CHECK(sh("pli letters hold 1 -w " + shop).status == 0);
    CHECK(sh("pli letters cancel 2 -w " + shop).status == 0);
    CHECK(json::parse(sh("pli run --json --date 2026-11-23 -w " + shop).out)["batched"] == 1);
    CHECK(sh("pli letters release 1 -w " + shop).status == 0);
    const auto late = sh("pli letters cancel 3 -w " + shop);
    CHECK(late.status == 0);
    CHECK_THAT(late.err, Catch::Contains("have it pulled"));
    CHECK(json::parse(sh("pli run --json --date 2026-12-01 -w " + shop).out)["batched"] == 2);
}

TEST_CASE("the preview shows what the night prints", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[batches]\nsheet_codes = false\n");
    night(shop, three_customers);
    const auto id =
        json::parse(sh("pli letters list --json --limit 100 -w " + shop).out)["letters"][0]["id"].get<int>();
    REQUIRE(sh(fmt::format("pli preview --letter {} -o {} -w {}", id, scratch / "one.pdf", shop)).status == 0);
    CHECK(sh("qpdf --check " + (scratch / "one.pdf")).status == 0);
    const auto text = sh("pdftotext -layout " + (scratch / "one.pdf") + " -").out;
    CHECK_THAT(sh("pdftotext -layout " + ready_batches(shop + "/out").at(0) + "/print.pdf -").out,
               Catch::Contains(text.substr(0, text.find('\f'))));
    REQUIRE(sh(fmt::format("pli preview --letter {} --dpi 150 -o {} -w {}", id, scratch / "one.png", shop)).status ==
            0);
    CHECK_THAT(sh("zbarimg -q --raw " + (scratch / "one.png")).out, Catch::Contains("https://example.org/A-100"));
}

TEST_CASE("a template can be looked at before there is any customer", "[cli]") {
    const Folder scratch;
    const auto shop = scratch / "new";
    REQUIRE(sh("pli init " + shop).status == 0);
    CHECK(sh("pli template check -w " + shop).status == 0);
    REQUIRE(sh("pli preview --template merci -o " + (scratch / "a.pdf") + " -w " + shop).status == 0);
    CHECK_THAT(sh("pdftotext -layout " + (scratch / "a.pdf") + " -").out,
               Catch::Contains("Camille Durand") && Catch::Contains("2026-0042"));

    write_file(
        shop + "/templates/bare/template.json",
        R"({"kind": "document", "profile": "NF-right", "body": [{"text": "Order {number}"}], "sample": {"number": "C-17"}})");
    REQUIRE(sh("pli preview --template bare -o " + (scratch / "b.pdf") + " -w " + shop).status == 0);
    CHECK_THAT(sh("pdftotext -layout " + (scratch / "b.pdf") + " -").out,
               Catch::Contains("Exemple") && Catch::Contains("Order C-17"));

    const auto page = sh("pli preview --template bare --page 7 -o " + (scratch / "c.png") + " -w " + shop);
    CHECK(page.status == 2);
    CHECK_THAT(page.err, Catch::Contains("page 7") && Catch::Contains("1 page"));
}
