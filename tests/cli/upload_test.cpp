#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

// What `pli upload check` says of a PDF, and that a template with a fatal one is not printed.

using namespace pli::test;
using nlohmann::json;

namespace {

constexpr auto flyer = "examples/boutique/templates/prospectus/flyer.pdf";
constexpr auto four_pages = "tests/data/uploads/pdfium__cropped_text.pdf";

/// A workspace with a template that stamps the address on a PDF.
std::string shop_with_upload(const Folder& scratch, const std::string& pdf) {
    auto shop = new_workspace(scratch);
    write_file(shop + "/templates/leaflet/template.json",
               R"({"kind": "pdf", "file": "leaflet.pdf", "profile": "NF-right", "locale": "fr-FR", "sides": "duplex",
              "style": {"font": "Noto Sans", "size": 10}, "stamps": [{"address": "auto"}]})");
    write_file(shop + "/templates/leaflet/leaflet.pdf", pdf);
    return shop;
}

}  // namespace

TEST_CASE("a good flyer is accepted, with and without a workspace", "[cli]") {
    const auto ran = sh(std::string("pli upload check ") + flyer + " --profile NF-right --sides duplex");
    INFO(ran.out << ran.err);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Catch::Contains("checked for NF-right: accepted"));
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    CHECK_THAT(sh("pli upload check " + std::string(flyer) + " -w " + shop).out,
               Catch::Contains("checked for NF-right"));
}

TEST_CASE("findings come as lines for people and as data for programs", "[cli]") {
    const auto lines = sh(std::string("pli upload check ") + four_pages + " --profile DIN5008-B");
    CHECK(lines.status == 1);
    CHECK_THAT(lines.out, Catch::Contains("repairable page-size: page 1: ") &&
                              Catch::Contains("expected: 210 × 297 mm") && Catch::Contains("(repair: scale)") &&
                              Catch::Contains("accepted after repair"));
    const auto data = json::parse(sh(std::string("pli --json upload check ") + four_pages).out);
    CHECK(data["ok"] == false);
    CHECK(data["pages"].size() == 4);
    CHECK(data["repairable"].get<int>() > 0);
    const auto& first = data["findings"][0];
    CHECK(first["code"] == "page-size");
    CHECK(first["repair"] == "scale");
    CHECK(first["pages"].is_array());
}

TEST_CASE("--repair checks what would come out, and tells what was done", "[cli]") {
    const auto ran =
        sh(std::string("pli upload check ") + four_pages + " --profile DIN5008-B --repair scale,embed-fonts");
    INFO(ran.out << ran.err);
    CHECK_THAT(ran.out, Catch::Contains("repaired scale: page 1: ") && !Catch::Contains("page-size") &&
                            !Catch::Contains("standard-font-not-embedded"));
}

TEST_CASE("a file that is no PDF, and one that is not there", "[cli]") {
    const auto text = sh("pli upload check CHANGELOG.md");
    CHECK(text.status == 2);
    CHECK_THAT(text.out,
               Catch::Contains("fatal not-a-pdf: document: the file is not a PDF") && Catch::Contains("refused"));
    const auto missing = sh("pli upload check nowhere.pdf");
    CHECK(missing.status == 2);
    CHECK_THAT(missing.err, Catch::Contains("nowhere.pdf: there is no such file"));
    const auto profile = sh(std::string("pli upload check ") + flyer + " --profile DIN5008-Z");
    CHECK(profile.status == 2);
    CHECK_THAT(profile.err, Catch::Contains("DIN5008-Z"));
}

TEST_CASE("--picture writes a PNG for each page", "[cli]") {
    const Folder scratch;
    const auto ran = sh(std::string("pli upload check ") + four_pages + " --picture " + (scratch / "pictures"));
    INFO(ran.err);
    for (const char* page : {"page-001.png", "page-002.png", "page-003.png", "page-004.png"})
        CHECK(read_file(scratch / (std::string("pictures/") + page)).substr(1, 3) == "PNG");
}

TEST_CASE("a template whose upload is fatal is an error and is not printed; one that is odd is warned of", "[cli]") {
    const Folder scratch;
    const auto broken = shop_with_upload(scratch, "%PDF-1.7\n");
    const auto checked = sh("pli template check leaflet -w " + broken);
    CHECK(checked.status == 2);
    CHECK_THAT(checked.err, Catch::Contains("error") && Catch::Contains("leaflet.pdf") && Catch::Contains("damaged"));
    const Folder other;
    const auto odd = shop_with_upload(other, read_file(four_pages));
    const auto warned = sh("pli template check leaflet -w " + odd);
    CHECK_THAT(warned.err, Catch::Contains("[page-size]"));
}
