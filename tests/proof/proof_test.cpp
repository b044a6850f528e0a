#include "service/proof.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "preflight/sums.hpp"
#include "tests/cli/shell.hpp"
#include "tests/proof/planted.hpp"

/// Batches of real letters, drawn and read; then with one thing wrong in each.

using namespace pli;
using namespace pli::test;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

constexpr int letters = 9;

/// Two sheets on both sides, a QR code of its own on the first front.
constexpr auto two_sheets = R"({
  "kind": "document", "profile": "NF-right", "locale": "fr-FR", "sides": "duplex",
  "style": {"font": "Noto Sans", "size": 10.5, "leading": 14},
  "address": "auto",
  "body": [{"text": "Bonjour {first_name}"}, {"qr": "https://example.org/{order}", "size": 20},
           {"spacer": 200}, {"text": "Au verso de {order}."}, {"spacer": 230}, {"text": "Deuxième feuille de {order}."},
           {"spacer": 240}, {"text": "Fin de {order}."}],
  "fields": ["order"]
})";

std::string customers() {
    std::string csv = "first_name,last_name,street,postal_code,city,country,order\n";
    for (int i = 1; i <= letters; ++i)
        csv += fmt::format("Anne {0},Dupont,{0} rue du Marché,69{0:03},Lyon,FR,B-{0}\n", i);
    return csv;
}

/// Four letters on a sheet, the upper two on their heads.
constexpr auto lyon = "[press]\nsheet = \"B2\"\nup = \"2x2\"\nheads = \"heads-together\"\nbleed_mm = 3\n";

/// A batch on disk, as the night left it.
struct Batch {
    explicit Batch(const std::string& settings = "") {
        const auto shop = new_workspace(scratch, settings);
        fs::create_directories(shop + "/print-houses");
        write_file(shop + "/print-houses/lyon.toml", lyon);
        write_file(shop + "/templates/thanks/template.json", two_sheets);
        write_file(shop + "/customers.csv", customers());
        const auto added = sh(fmt::format("pli letters add {0}/customers.csv -t thanks -w {0}", shop));
        INFO(added.err);
        REQUIRE(added.status == 0);
        REQUIRE(sh("pli run --date 2026-11-23 -w " + shop).status == 0);
        const auto batches = ready_batches(shop + "/out");
        REQUIRE(batches.size() == 1);
        folder = batches.front();
    }
    std::string print() const { return folder + "/print.pdf"; }
    void plant(const std::function<void(PlantedFault&)>& fault) const {
        PlantedFault planted(print());
        fault(planted);
        planted.write();
    }
    preflight::ProofReport prove(std::uint32_t sample = 0, int threads = 0) const {
        auto report = service::prove(folder, {sample, threads});
        if (!report) FAIL(report.error().text());
        return std::move(*report);
    }
    const Folder scratch;
    std::string folder;
};

/// "proof-address page 3: …", one a line.
std::string told(const preflight::ProofReport& report) {
    std::string all;
    for (const auto& finding : report.findings)
        all += fmt::format("{} page {}: {}\n", preflight::rule(finding.rule).code, finding.page, finding.found);
    return all;
}

std::set<std::string> rules_of(const preflight::ProofReport& report) {
    std::set<std::string> rules;
    for (const auto& finding : report.findings) rules.emplace(preflight::rule(finding.rule).code);
    return rules;
}
using Rules = std::set<std::string>;

constexpr const char* two_up = "[batches]\nimposition = \"2-up-cut-and-stack\"\n";
constexpr const char* heads_together = "[batches]\nprint_house = \"lyon\"\n";

}  // namespace

TEST_CASE("a batch as the night left it is proved from its pixels: every sheet code, QR code and address", "[proof]") {
    const Batch batch(GENERATE(as<std::string>{}, "", two_up, heads_together));
    const auto report = batch.prove();
    INFO(told(report));
    CHECK(report.findings.empty());
    CHECK(report.looked_at == report.press_sheets);
    CHECK(report.sheet_codes == 2 * letters);
    CHECK(report.qr_codes == letters);
    CHECK(report.addresses == letters);
}

TEST_CASE("two swapped fronts are found by their codes, their addresses and what was set", "[proof]") {
    const Batch batch;
    batch.plant([](PlantedFault& pdf) { pdf.swap(1, 5); });
    const auto report = batch.prove();
    CHECK_THAT(
        told(report),
        Contains(
            "proof-sheet-code page 1: cell 1 shows piece 2, sheet 1 of 2, the manifest has piece 1, sheet 1 of 2") &&
            Contains("proof-sheet-code page 5: cell 1 shows piece 1") &&
            Contains("proof-content page 1: does not show what was set for piece 1") &&
            Contains("proof-address page 1: piece 1: the window shows") && Contains("without the postal code 69001"));
}

TEST_CASE("two swapped backs, which no code tells apart, are found by what was set", "[proof]") {
    const Batch batch(GENERATE(as<std::string>{}, "", two_up));
    batch.plant([](PlantedFault& pdf) { pdf.swap(2, 6); });
    const auto report = batch.prove();
    CHECK(rules_of(report) == Rules{"proof-content"});
    CHECK_THAT(told(report), Contains("page 2: does not show what was set for piece") && Contains("page 6:"));
}

TEST_CASE("a missing sheet is found, and so is every sheet that slid into another's place", "[proof]") {
    const Batch batch;
    batch.plant([](PlantedFault& pdf) {
        pdf.remove(6);
        pdf.remove(5);
    });
    const auto report = batch.prove();
    CHECK_THAT(told(report),
               Contains("34 pages, the manifest tells of 36") &&
                   Contains("page 5: cell 1 shows piece 2, sheet 2 of 2, the manifest has piece 2, sheet 1 of 2"));
}

TEST_CASE("a letter drawn beside its window is found, though its content is what was set", "[proof]") {
    const Batch batch(GENERATE(as<std::string>{}, "", two_up));
    batch.plant([](PlantedFault& pdf) {
        pdf.draw_before(1, "q 1 0 0 1 -250 0 cm");
        pdf.draw_after(1, "Q");
    });
    const auto report = batch.prove();
    INFO(told(report));
    CHECK(rules_of(report).contains("proof-address"));
    CHECK_FALSE(rules_of(report).contains("proof-content"));
}

TEST_CASE("a window that is covered, or printed in white, is found", "[proof]") {
    const Batch batch;
    batch.plant([](PlantedFault& pdf) { pdf.draw_after(5, "0 0 0 0 k 280 600 315 130 re f"); });
    const auto report = batch.prove();
    CHECK(rules_of(report) == Rules{"proof-address"});
    CHECK_THAT(told(report), Contains("page 5: piece 2: nothing is printed in the window"));
}

TEST_CASE("a QR code of another letter is found, and one that cannot be read", "[proof]") {
    const Batch batch;
    batch.plant([](PlantedFault& pdf) {
        const auto other = pdf.operators_of(5);
        pdf.draw_after(1, "0 0 0 0 k 60 470 120 90 re f q 60 470 120 90 re W n\n" + other + " Q");
        pdf.draw_after(9, "0 0 0 0 k 60 470 120 90 re f");
    });
    const auto report = batch.prove();
    CHECK(rules_of(report) == Rules{"proof-qr-code"});
    CHECK_THAT(told(report), Contains("page 1: piece 1: \"https://example.org/B-2\" where the QR code") &&
                                 Contains("page 9: piece 3: no code where the QR code"));
}

TEST_CASE("a changed byte in a page's content is found where it lies", "[proof]") {
    const Batch batch;
    batch.plant([](PlantedFault& pdf) { pdf.draw_after(2, "0 0 0 1 k"); });  // saved anew, nothing of a letter touched
    CHECK(batch.prove().findings.empty());
    auto bytes = read_file(batch.print());
    const auto stream = bytes.find("stream\n");  // contents come first in the file
    REQUIRE(stream != bytes.npos);
    bytes[stream + 40] = static_cast<char>(bytes[stream + 40] ^ 0x55);
    write_file(batch.print(), bytes);
    CHECK(rules_of(batch.prove()).contains("proof-content"));
    const auto verified = sh("pli batch verify --proof " + batch.folder);
    CHECK(verified.status == 1);
    CHECK_THAT(verified.out, Contains("batch-sums") && Contains("proof-content"));
}

TEST_CASE("the verb proves a batch, whole or in a sample, and its exit status tells", "[proof][cli]") {
    const Batch batch;
    const auto good = sh("pli batch verify --proof " + batch.folder);
    INFO(good.out << good.err);
    CHECK(good.status == 0);
    CHECK_THAT(good.out, Contains("sheets proved") && Contains("18 of 18"));
    const auto sampled = sh("pli batch verify --proof --sample 5 " + batch.folder);
    CHECK(sampled.status == 0);
    CHECK_THAT(sampled.out, Contains("5 of 18"));
    batch.plant([](PlantedFault& pdf) { pdf.swap(1, 35); });
    CHECK(sh("pli batch verify --proof --sample 2 " + batch.folder).status == 1);
}

TEST_CASE("a proof says the same for any number of threads", "[proof]") {
    const Batch batch(two_up);
    batch.plant([](PlantedFault& pdf) { pdf.swap(1, 5); });
    CHECK(told(batch.prove(0, 1)) == told(batch.prove(0, 4)));
}

TEST_CASE("a batch without places, or whose manifest contradicts itself, is refused with the file named", "[proof]") {
    const Batch batch;
    const auto refused = [&] { return service::prove(batch.folder, {}).error().text(); };
    auto manifest = read_file(batch.folder + "/manifest.csv");
    const auto kept = manifest;
    const auto first = manifest.find("print.pdf,1,4,1,2,");
    REQUIRE(first != manifest.npos);
    manifest.replace(first, 18, "print.pdf,1,4,2,3,");
    write_file(batch.folder + "/manifest.csv", manifest);
    CHECK_THAT(refused(), Contains("manifest.csv") && Contains("where another lies"));
    write_file(batch.folder + "/manifest.csv", kept);
    write_file(batch.folder + "/places.csv", "what,template\r\n");
    CHECK_THAT(refused(), Contains("places.csv, line 1"));
}

TEST_CASE("sums are those of RFC 1950 and RFC 1952, over the blocks of long texts too", "[proof]") {
    CHECK(preflight::crc32("123456789") == 0xcbf43926);
    CHECK(preflight::adler32("") == 1);
    CHECK(preflight::adler32("Wikipedia") == 0x11e60398);
    CHECK(preflight::adler32(std::string(100'000, '\xff')) == 0x149a302c);
}
