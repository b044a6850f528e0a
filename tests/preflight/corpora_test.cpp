#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "tests/preflight/small_pdf.hpp"

// PDFs by strangers, good, archival and hostile: skipped with a message where PLI_CORPORA is not set.

namespace {
using namespace pli::preflight;
namespace fs = std::filesystem;

std::string corpora() {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) WARN("skipped: PLI_CORPORA is not set");
    return folder == nullptr ? "" : folder;
}

void look_at(const std::string& folder) {
    std::map<std::string_view, int> files_with;
    int read = 0, refused = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const auto report = check_pdf(entry.path(), entry.path().filename());
        ++(report ? read : refused);
        if (!report) continue;
        CHECK_FALSE(report->findings.empty());  // none of them was made for a press
        for (const auto& code : test::codes_of(*report)) ++files_with[rule_named(code)->code];
    }
    std::string told = fmt::format("{}: {} read, {} refused\n", folder, read, refused);
    for (const auto& [code, files] : files_with) told += fmt::format("{:5} {}\n", files, code);
    WARN(told);
    CHECK(read > 0);
}

TEST_CASE("good PDFs of strangers are looked at, and each lacks something for the press", "[preflight][corpora]") {
    if (const auto folder = corpora(); !folder.empty()) look_at(folder + "/pdf/good");
}

TEST_CASE("archival PDFs are looked at, and each lacks something for the press", "[preflight][corpora]") {
    if (const auto folder = corpora(); !folder.empty()) look_at(folder + "/pdf/pdfa");
}

TEST_CASE("hostile PDFs end in findings or a refusal, never in a crash", "[preflight][corpora]") {
    if (const auto folder = corpora(); !folder.empty()) look_at(folder + "/pdf/hostile");
}

}  // namespace
