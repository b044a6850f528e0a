#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

// Real addresses and real PDFs, by strangers. Skipped with a message where PLI_CORPORA is not set.

using namespace pli::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string corpora() {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) WARN("skipped: PLI_CORPORA is not set");
    return folder == nullptr ? "" : folder;
}

/// Rejections by their reason, letter numbers and names taken out.
std::map<std::string, int> reasons(const json& report) {
    std::map<std::string, int> counts;
    for (const auto& rejection : report["rejections"]) {
        const auto reason = rejection["reason"].get<std::string>();
        ++counts[reason.substr(0, 100)];
    }
    return counts;
}

}  // namespace

TEST_CASE("5,000 real addresses go through a run, and the rejected say why", "[cli][pipeline][corpora]") {
    const auto folder = corpora();
    if (folder.empty()) return;
    const Folder scratch;
    const auto shop = new_workspace(scratch);
    REQUIRE(sh("python3 tests/cli/real_addresses.py " + folder + " > " + (scratch / "letters.jsonl")).status == 0);
    const auto added =
        json::parse(sh("pli letters add " + (scratch / "letters.jsonl") + " -t thanks --json -w " + shop).out);
    const auto report = json::parse(sh("pli run --json --date 2026-11-23 -w " + shop).out);
    std::string told = fmt::format("{} rows, {} queued, {} refused; {} printed, {} rejected\n",
                                   added["rows"].get<int>(), added["queued"].get<int>(), added["refused"].get<int>(),
                                   report["batched"].get<int>(), report["rejected"].get<int>());
    for (const auto& [reason, count] : reasons(report)) told += fmt::format("{:6} {}\n", count, reason);
    WARN(told);
    CHECK(added["rows"] >= 5000);
    CHECK(report["batched"].get<int>() >= added["rows"].get<int>() * 98 / 100);
    for (const auto& batch : ready_batches(shop + "/out"))
        CHECK(sh("qpdf --check " + batch + "/print.pdf").status == 0);
}

TEST_CASE("every good PDF of the corpus is repaired, stamped and printed, or refused with a reason",
          "[cli][pipeline][corpora]") {
    const auto folder = corpora();
    if (folder.empty()) return;
    const Folder scratch;
    const auto shop = scratch / "shop";
    write_file(shop + "/pli.toml", "");
    const std::string customer =
        R"({"first_name":"Zoë","last_name":"Lefèvre","street":"1 rue A","postal_code":"31000","city":"Toulouse"})";
    int pdfs = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "pdf/good")) {
        const auto name = "t" + std::to_string(++pdfs);
        fs::create_directories(shop + "/templates/" + name);
        fs::copy_file(entry.path(), shop + "/templates/" + name + "/upload.pdf");
        write_file(shop + "/templates/" + name + "/source.txt", entry.path().filename().string());
        write_file(
            shop + "/templates/" + name + "/template.json",
            R"({"kind": "pdf", "file": "upload.pdf", "profile": "NF-right", "locale": "fr-FR", "repair": ["scale", "embed-fonts"],
                  "stamps": [{"address": "auto"}, {"qr": "https://example.org/x", "at": {"x": 20, "y": 250, "w": 20}}]})");
        write_file(shop + "/" + name + ".jsonl", customer + "\n");
        REQUIRE(sh("pli letters add " + shop + "/" + name + ".jsonl -t " + name + " -w " + shop).status == 0);
    }
    const auto report = json::parse(sh("pli run --json --date 2026-11-23 -w " + shop).out);
    std::string told = fmt::format("{} PDFs: {} printed, {} refused\n", pdfs, report["batched"].get<int>(),
                                   report["rejected"].get<int>());
    int too_thick = 0;
    for (const auto& rejection : report["rejections"]) {
        const auto reason = rejection["reason"].get<std::string>();
        told += reason + "\n";
        too_thick += reason.find("at most 8 sheets") != std::string::npos;
    }
    WARN(told);
    CHECK(pdfs > 50);
    CHECK(too_thick <= 6);  // booklets that go into no DL envelope
    CHECK((report["batched"].get<int>() + too_thick) * 100 >= pdfs * 93);
    for (const auto& batch : ready_batches(shop + "/out")) {
        const auto checked = sh("qpdf --check " + batch + "/print.pdf");
        INFO(checked.out << checked.err);
        CHECK(checked.status == 0);
    }
}
