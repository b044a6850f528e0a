#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

// What `pli batch verify` says about the batches that `pli run` makes, and about files it must refuse.

using namespace pli::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Everything a document can print: text in black, in four colours, in a spot colour, on more than one sheet.
constexpr auto colourful = R"({
  "kind": "document", "profile": "NF-right", "locale": "fr-FR", "sides": "duplex",
  "colours": {"brand": {"cmyk": [0, 0.8, 0.9, 0.1]}, "gold": {"spot": "PANTONE 871 C", "cmyk": [0.2, 0.3, 0.6, 0.2]}},
  "style": {"font": "Noto Sans", "size": 10.5, "leading": 14},
  "styles": {"gold": {"colour": "gold"}, "brand": {"colour": "brand"}},
  "address": "auto",
  "body": [{"text": "Bonjour {first_name}", "style": "gold"}, {"rule": 0.5}, {"text": "{order}", "style": "brand"},
           {"qr": "https://example.org/{order}", "size": 20}, {"spacer": 200}, {"text": "Au verso."}],
  "fields": ["order"]
})";

std::string customers(int count) {
    std::string csv = "first_name,last_name,street,postal_code,city,country,order\n";
    for (int i = 1; i <= count; ++i)
        csv += fmt::format("Anne {0},Dupont,{0} rue du Marché,69{0:03},Lyon,FR,B-{0}\n", i);
    return csv;
}

/// A workspace whose night leaves batches; the folders of these.
std::vector<std::string> printed(const Folder& scratch, const std::string& settings, const std::string& sheets) {
    const auto shop = new_workspace(scratch, settings);
    write_file(shop + "/templates/colourful/template.json", colourful);
    write_file(shop + "/customers.csv", customers(7));
    for (const auto* name : {"thanks", "colourful"}) {
        const auto added = sh(fmt::format("pli letters add {0}/customers.csv -t {1} -w {0}", shop, name));
        INFO(added.err);
        REQUIRE(added.status == 0);
    }
    const auto ran = sh("pli run --date 2026-11-23 -w " + shop);
    INFO(ran.err << sheets);
    REQUIRE(ran.status == 0);
    return ready_batches(shop + "/out");
}

json verified(const std::string& path) {
    const auto ran = sh("pli batch verify --pdf --json " + path);
    INFO(ran.err);
    REQUIRE_FALSE(ran.out.empty());
    auto report = json::parse(ran.out);
    CHECK(ran.status == (report["errors"] == 0 ? 0 : 1));
    return report;
}

void is_clean(const std::string& batch) {
    const auto report = verified(batch);
    INFO(batch << "\n" << report["findings"].dump(2));
    CHECK(report["errors"] == 0);
    CHECK(report["pieces"].get<int>() > 0);
    CHECK(report["pages"].get<int>() > 0);
}

/// The rules that were broken.
std::vector<std::string> rules_of(const json& report) {
    std::vector<std::string> rules;
    for (const auto& finding : report["findings"]) rules.push_back(finding["rule"]);
    return rules;
}

}  // namespace

TEST_CASE("every kind of batch is PDF/X-4 and PDF/VT-1 and agrees with its manifest", "[cli][preflight]") {
    for (const auto* sheet : {"", "[batches]\nimposition = \"2-up-cut-and-stack\"\nsheet = \"SRA3\"\n",
                              "[batches]\nimposition = \"2-up-cut-and-stack\"\nsheet = \"A3\"\n"}) {
        const Folder scratch;
        const auto batches = printed(scratch, sheet, sheet);
        CHECK(batches.size() == 2);  // simplex and duplex
        for (const auto& batch : batches) is_clean(batch);
    }
}

TEST_CASE("the example shop's pictures, SVG logo and uploaded flyer are PDF/X-4", "[cli][preflight]") {
    const Folder scratch;
    const auto shop = scratch / "shop";
    fs::copy("examples/boutique", shop, fs::copy_options::recursive);
    for (const auto* letters :
         {"customers.jsonl -t merci", "kunden.csv -t danke", "clients.csv -t prospectus", "flacons.jsonl -t lettre"})
        REQUIRE(sh(fmt::format("cd {} && pli letters add {}", shop, letters)).status == 0);
    CHECK(sh("pli template check -w " + shop).status == 0);  // no warnings: nobody should learn from bad type
    REQUIRE(sh("pli run --date 2026-11-23 -w " + shop).status == 0);
    const auto batches = ready_batches(shop + "/out");
    CHECK(batches.size() >= 4);
    for (const auto& batch : batches) is_clean(batch);
}

TEST_CASE("a batch that was changed after the run is refused with its rule", "[cli][preflight]") {
    const Folder scratch;
    const auto batch = printed(scratch, "", "").at(0);
    std::ofstream(batch + "/manifest.csv", std::ios::app) << " ";
    CHECK(sh("pli batch verify " + batch).status == 1);
    CHECK_THAT(sh("pli batch verify " + batch).out,
               Catch::Contains("error batch-sums: manifest.csv is not as it was handed over"));
    fs::remove(batch + "/READY");
    const auto rules = rules_of(verified(batch));
    CHECK(std::count(rules.begin(), rules.end(), "batch-ready") == 1);
}

TEST_CASE("a page taken out of print.pdf is missed", "[cli][preflight]") {
    const Folder scratch;
    const auto batch = printed(scratch, "", "").at(0);
    REQUIRE(sh(fmt::format("qpdf {0}/print.pdf --pages . 2-z -- {0}/cut.pdf; mv {0}/cut.pdf {0}/print.pdf", batch))
                .status == 0);
    const auto rules = rules_of(verified(batch));
    for (const auto* expected : {"batch-sums", "batch-pages", "batch-parts", "vt-coverage"})
        CHECK(std::count(rules.begin(), rules.end(), expected) >= 1);
}

TEST_CASE("a PDF/X-3 file by Ghostscript is no PDF/X-4, and the reason is right", "[cli][preflight]") {
    const Folder scratch;
    write_file(scratch / "page.ps",
               "%!PS\n[/Trapped /False /GTS_PDFXVersion (PDF/X-3:2002) /Title (x) /DOCINFO pdfmark\n"
               "[/TrimBox [9 9 99 99] /PAGE pdfmark <</PageSize [108 108]>> setpagedevice\n"
               "0 0 0 1 setcmykcolor 20 20 30 30 rectfill showpage\n");
    REQUIRE(sh(fmt::format("gs -q -dBATCH -dNOPAUSE -dPDFX -sDEVICE=pdfwrite -sColorConversionStrategy=CMYK -o "
                           "{0}/x3.pdf {0}/page.ps",
                           scratch.path()))
                .status == 0);
    const auto rules = rules_of(verified(scratch / "x3.pdf"));
    CHECK(rules == std::vector<std::string>{"x4-metadata", "x4-intent"});
}

TEST_CASE("a file protected by qpdf is found encrypted", "[cli][preflight]") {
    const Folder scratch;
    const auto batch = printed(scratch, "", "").at(0);
    REQUIRE(
        sh(fmt::format("qpdf --encrypt '' owner 128 --use-aes=y -- {}/print.pdf {}/locked.pdf", batch, scratch.path()))
            .status == 0);
    const auto rules = rules_of(verified(scratch / "locked.pdf"));
    CHECK(std::count(rules.begin(), rules.end(), "x4-encryption") == 1);
}

TEST_CASE("object streams and a linearised order change nothing for the checker", "[cli][preflight]") {
    const Folder scratch;
    const auto batch = printed(scratch, "", "").at(0);
    REQUIRE(sh(fmt::format("qpdf --object-streams=generate --linearize --min-version=1.6 {}/print.pdf {}/packed.pdf",
                           batch, scratch.path()))
                .status == 0);
    CHECK(verified(scratch / "packed.pdf")["findings"] == verified(batch + "/print.pdf")["findings"]);
}

TEST_CASE("what is neither a batch nor a PDF is bad input", "[cli][preflight]") {
    CHECK(sh("pli batch verify docs").status == 2);
    CHECK(sh("pli batch verify README.md").status == 2);
    CHECK(sh("pli batch verify nowhere.pdf").status == 2);
    CHECK(sh("pli batch verify").status == 2);
}
