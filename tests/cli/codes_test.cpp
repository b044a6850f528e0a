#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

/// Marks and postal codes as a merchant asks for them: settings, profile, run, read back.

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto german_template = R"({
  "kind": "document", "profile": "DIN5008-B-DV", "locale": "de-DE", "marks": false,
  "return_line": "Laden GmbH, Hauptstraße 1, 10115 Berlin",
  "body": [{"text": "Guten Tag"}]
})";
constexpr auto german_franking = R"([workspace]
country = "DE"
[marks]
omr = "di-d1600"
[franking]
system = "dv-freimachung"
customer = "5028398445"
)";
constexpr auto two_germans =
    "first_name,last_name,street,postal_code,city,country\n"
    "Anna,Muster,Am Markt 1,10115,Berlin,DE\n"
    "Bert,Muster,Am Markt 2,20095,Hamburg,DE\n";

std::string german_shop(const Folder& scratch, std::string_view settings = german_franking) {
    const auto shop = new_workspace(scratch, settings);
    write_file(shop + "/templates/thanks/template.json", german_template);
    write_file(shop + "/customers.csv", two_germans);
    return shop;
}

std::string settings_error(std::string_view settings) {
    const Folder scratch;
    return sh("pli template check -w " + new_workspace(scratch, settings)).err;
}

}  // namespace

TEST_CASE("a shop's letters are franked and marked in their window, and say so in manifest and class",
          "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = german_shop(scratch);
    const auto checked = sh("pli template check -w " + shop);
    INFO(checked.out + checked.err);
    CHECK(checked.status == 0);
    REQUIRE(sh("pli letters add " + shop + "/customers.csv --template thanks -w " + shop).status == 0);
    REQUIRE(sh("pli run --date 2026-11-23 -w " + shop).status == 0);
    const auto batches = ready_batches(shop + "/out");
    REQUIRE(batches.size() == 1);
    CHECK_THAT(batches[0], Catch::EndsWith("dl-simplex-black-franked-0001"));
    CHECK_THAT(read_file(batches[0] + "/manifest.csv"),
               Catch::Contains(",franking_id,imposition,page_sums,qr\r\n") && Catch::Contains("01 2FF4 5D0"));
    CHECK(sh("pli batch verify --pdf " + batches[0]).status == 0);
    const auto text = sh("pdftotext -layout " + batches[0] + "/print.pdf -").out;
    CHECK_THAT(text, Catch::Contains("MUSTER") && Catch::Contains("DV 11.26 0,00"));
    const auto code = scratch / "code";
    sh("pdftoppm -r 300 -gray -singlefile -x 250 -y 620 -W 170 -H 170 " + batches[0] + "/print.pdf " + code);
    CHECK_THAT(sh("dmtxread -N1 " + code + ".pgm").out, Catch::StartsWith("DEA"));
}

TEST_CASE("running numbers go on from night to night", "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = german_shop(scratch);
    std::vector<std::string> ids;
    for (const char* day : {"2026-11-23", "2026-11-24"}) {
        REQUIRE(sh("pli letters add " + shop + "/customers.csv --template thanks -w " + shop).status == 0);
        REQUIRE(sh(std::string("pli run --date ") + day + " -w " + shop).status == 0);
        write_file(shop + "/customers.csv", std::string(two_germans) + "Cora,Muster,Am Markt 3,20095,Hamburg,DE\n");
    }
    const auto batches = ready_batches(shop + "/out");
    REQUIRE(batches.size() == 2);
    CHECK_THAT(read_file(batches[0] + "/manifest.csv"),
               Catch::Contains("01 2FF4 5D00 00 1000 001"));  // posting 1, piece 1
    CHECK_THAT(read_file(batches[1] + "/manifest.csv"), Catch::Contains("01 2FF4 5D00 00 2000 001"));  // posting 2
}

TEST_CASE("a template whose profile has no place for the code is pointed out, one with too small a place stops",
          "[cli]") {
    const Folder scratch;
    const auto shop = german_shop(scratch);
    write_file(shop + "/templates/plain/template.json",
               R"({"kind": "document", "profile": "DIN5008-B", "body": [{"text": "x"}]})");
    const auto warned = sh("pli template check plain -w " + shop);
    CHECK_THAT(warned.out + warned.err, Catch::Contains("keeps no place for a franking code"));
    write_file(shop + "/pli.toml", "[franking]\nsystem = \"mailmark-l\"\nsupply_chain = 7\n");
    const auto stopped = sh("pli template check thanks -w " + shop);
    CHECK(stopped.status != 0);
    CHECK_THAT(stopped.out + stopped.err, Catch::Contains("93.4 x 9.1 mm") && Catch::Contains("[franking] zone"));
}

TEST_CASE("each profile with a place for a postal code has room for the code of its market, and none is warned of",
          "[cli]") {
    struct Market {
        const char *profile, *account;
    };
    const auto market =
        GENERATE(Market{"DIN5008-B-DV",
                        "system = \"dv-freimachung\"\ncustomer = \"5028398445\"\ncustomer_data = \"CAMPAIGN 7\"\n"},
                 Market{"US-10-IMB", "system = \"usps-imb\"\nservice = \"040\"\nmailer = \"123456\"\n"},
                 Market{"UK-DL-MAILMARK", "system = \"mailmark-c\"\nsupply_chain = 42\n"},
                 Market{"UK-DL-MAILMARK-2D", "system = \"mailmark-2d-7\"\nsupply_chain = 4200\n"},
                 Market{"UK-DL-MAILMARK-2D", "system = \"mailmark-2d-9\"\nsupply_chain = 4200\n"});
    const Folder scratch;
    const auto shop = new_workspace(scratch, std::string("[franking]\n") + market.account);
    write_file(
        shop + "/templates/thanks/template.json",
        std::string(R"({"kind": "document", "style": {"font": "Noto Sans"}, "body": [{"text": "x"}], "profile": ")") +
            market.profile + "\"}");
    const auto checked = sh("pli template check thanks -w " + shop);
    INFO(market.profile << checked.out << checked.err);
    CHECK(checked.status == 0);
    CHECK_THAT(checked.out + checked.err, !Catch::Contains("[franking]") && !Catch::Contains("[machine-reading]"));
}

TEST_CASE("a wrong account, an unknown system and unknown marks are told with what there is", "[cli]") {
    CHECK_THAT(settings_error("[franking]\nsystem = \"stamps\"\n"),
               Catch::Contains("pli.toml:2:") && Catch::Contains("\"dv-freimachung\" or \"usps-imb\""));
    CHECK_THAT(settings_error("[franking]\nsystem = \"usps-imb\"\nmailer = \"12\"\nservice = \"040\"\n"),
               Catch::Contains("franking.mailer") && Catch::Contains("6 or 9 digits"));
    CHECK_THAT(settings_error("[franking]\nsystem = \"usps-imb\"\nproduct = 3\n"), Catch::Contains("franking.product"));
    CHECK_THAT(settings_error("[franking]\nsystem = \"dv-freimachung\"\ncustomer = \"123\"\n"),
               Catch::Contains("ten digits"));
    CHECK_THAT(settings_error("[marks]\nomr = \"bell\"\n"), Catch::Contains("di-425, di-d1600, generic"));
}
