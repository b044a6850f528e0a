#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto day = " --date 2026-06-01 --workspace ";

std::string customers(int count) {
    std::string csv = "id,first_name,last_name,street,postal_code,city,country,order\n";
    for (int i = 1; i <= count; ++i)
        csv += fmt::format("{0},Anne,Dupont {0},{0} rue du Marché,{1:05},Lyon,{2},B-{0}\n", i, 1000 + i * 7919 % 95000,
                           i % 10 == 0 ? "DE" : "FR");
    return csv;
}

void queue(const std::string& shop, const std::string& csv) {
    write_file(shop + "/customers.csv", csv);
    REQUIRE(sh("pli letters add " + shop + "/customers.csv --template thanks --workspace " + shop).status == 0);
}

}  // namespace

TEST_CASE("pli postage explains a letter described by hand, and warns that it is just under the limit",
          "[cli][postage]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[postage]\ncountry = \"DE\"\n");
    const auto ran = sh("pli postage --sheets 3 --envelope C6/5 --to DE" + (day + shop));
    INFO(ran.err);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Catch::Contains("19.77 g") && Catch::Contains("standardbrief") && Catch::Contains("0.95 EUR"));
    CHECK_THAT(ran.out, Catch::Contains("not kompaktbrief") && Catch::Contains("dearer"));
    CHECK_THAT(ran.err, Catch::Contains("0.23 g under the limit of 20 g"));
    const auto told = json::parse(sh("pli postage --json --sheets 4 --envelope C6/5 --to DE" + (day + shop)).out);
    CHECK(told["product"] == "kompaktbrief");
    CHECK(told["amount"] == "1.10");
    CHECK_THAT(told["unconfirmed"].get<std::string>(), Catch::Contains("M: "));
    CHECK(told["alternatives"].size() > 10);
}

TEST_CASE("what a run would cost is what it does cost, to the cent and to the piece", "[cli][postage]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    queue(shop, customers(60));
    const auto quoted = json::parse(sh("pli postage --json" + (day + shop)).out);
    const auto ran = json::parse(sh("pli run --json" + (day + shop)).out);
    CHECK(quoted["pieces"] == 60);
    CHECK(quoted["amount"] == ran["postage"]["amount"]);
    CHECK(quoted["products"] == ran["postage"]["products"]);
    CHECK(ran["postage"]["amount"] == "95.58");  // 54 x 1.52 + 6 x 2.25
    const auto batch = ready_batches(shop + "/out").at(0);
    const auto sum = sh("awk -F, 'NR > 1 { s += $24 } END { printf \"%.2f\", s }' " + batch + "/manifest.csv").out;
    CHECK(sum == "95.58");
    CHECK(sh("pli batch verify --pdf --strict " + batch).status == 0);
    CHECK_THAT(sh("pdftotext -layout " + batch + "/control.pdf -").out,
               Catch::Contains("95.58 EUR") && Catch::Contains("Counted and posted") && Catch::Contains("date, name"));
}

TEST_CASE("the control sheet keeps to its page", "[cli][postage]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    queue(shop, customers(20));
    REQUIRE(sh("pli run" + (day + shop)).status == 0);
    const auto boxes = sh("pdftotext -bbox " + ready_batches(shop + "/out").at(0) + "/control.pdf -").out;
    double lowest = 0;
    for (auto at = boxes.find("yMax=\""); at != std::string::npos; at = boxes.find("yMax=\"", at + 1))
        lowest = std::max(lowest, std::stod(boxes.substr(at + 6)));
    CHECK(lowest > 600);
    CHECK(lowest < 785);  // a US Letter page ends at 792 pt
}

TEST_CASE("postage set wrongly in pli.toml is told before anything is printed", "[cli][postage]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[postage]\nproducts = [\"lettre-bleue\"]\n");
    queue(shop, customers(1));
    for (const auto* verb : {"pli run", "pli postage"}) {
        const auto ran = sh(verb + (day + shop));
        CHECK(ran.status == 2);
        CHECK_THAT(ran.err, Catch::Contains("no product \"lettre-bleue\"") && Catch::Contains("lettre-verte"));
    }
    write_file(shop + "/pli.toml", "[postage]\nmargin_g = \"half\"\n");
    CHECK_THAT(sh("pli run" + (day + shop)).err, Catch::Contains("pli.toml:2") && Catch::Contains("margin_g"));
    CHECK(ready_batches(shop + "/out").empty());
}

TEST_CASE("a price list with a mistake is told with its line, and an expired one leaves letters unpriced",
          "[cli][postage]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    queue(shop, customers(3));
    std::filesystem::create_directory(shop + "/tariffs");
    write_file(shop + "/tariffs/own.toml", "name = \"la-poste\"\ncountry = 33\n");
    const auto wrong = sh("pli run" + (day + shop));
    CHECK(wrong.status == 2);
    CHECK_THAT(wrong.err, Catch::Contains("own.toml:2") && Catch::Contains("country must be text"));
    std::filesystem::remove(shop + "/tariffs/own.toml");
    const auto late = sh("pli run --date 2031-01-01 --workspace " + shop);
    CHECK(late.status == 0);
    CHECK_THAT(late.err, Catch::Contains("without postage") && Catch::Contains("2026-12-31"));
    CHECK(ready_batches(shop + "/out").size() == 1);
}
