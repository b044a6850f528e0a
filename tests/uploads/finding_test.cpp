#include "uploads/finding.hpp"

#include <catch2/catch.hpp>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/asking.hpp"
#include "uploads/rules.hpp"
#include "uploads/zones.hpp"

namespace pli::uploads {
using namespace literals;

TEST_CASE("the same finding on many pages is told once, fatal findings first", "[uploads][check]") {
    std::vector<Finding> findings;
    for (const int page : {4, 2, 3}) findings.push_back(finding(RuleId::SmallText, page, {}, "text of 3.0 pt"));
    findings.push_back(finding(RuleId::SmallText, 9, {}, "text of 4.0 pt"));
    findings.push_back(finding(RuleId::FileTooLarge, 0, {}, "12 MB"));
    const auto told = together(findings);
    REQUIRE(told.size() == 3);
    CHECK(told[0].finding.code == "file-too-large");
    CHECK(told[0].pages.empty());
    CHECK(told[1].finding.page == 2);
    CHECK(told[1].pages == std::vector{2, 3, 4});
    CHECK(told[2].pages == std::vector{9});
}

TEST_CASE("pages in words: runs of three and more are drawn together", "[uploads][check]") {
    CHECK(pages_in_words({3}) == "page 3");
    CHECK(pages_in_words({1, 2}) == "pages 1 and 2");
    CHECK(pages_in_words({1, 3, 5, 6, 7, 8}) == "pages 1, 3 and 5 to 8");
}

TEST_CASE("every rule has a code of its own, an expectation and a remedy", "[uploads][check]") {
    for (std::size_t i = 0; i < rule_count; ++i) {
        const Rule& one = rule(static_cast<RuleId>(i));
        INFO(one.code);
        CHECK(rule_named(one.code) == &one);
        CHECK_FALSE(one.expected.empty());
        CHECK_FALSE(one.remedy.empty());
        CHECK((one.severity != Severity::Repairable || !one.repair.empty()));
        CHECK((one.severity != Severity::Fatal || one.repair.empty()));
    }
}

TEST_CASE("a zone of every sheet's front is on odd pages when backs are printed", "[uploads][check]") {
    const Zone code{ZoneKind::SheetCode, "sheet code", {{6_mm, 155_mm}, {12_mm, 24_mm}}, 0};
    CHECK(concerns(code, 2, Sides::Simplex));
    CHECK_FALSE(concerns(code, 2, Sides::Duplex));
    CHECK(concerns(code, 3, Sides::Duplex));
    const Zone address{ZoneKind::Address, "address", {}, 1};
    CHECK_FALSE(concerns(address, 3, Sides::Simplex));
}

TEST_CASE("a window without its address block is the frame around it", "[uploads][check]") {
    const Rect window{{20_mm, 45_mm}, {85_mm, 45_mm}}, address{{25_mm, 62.7_mm}, {75_mm, 27.3_mm}};
    const auto frame = without(window, address);
    REQUIRE(frame.size() == 3);  // the block stands on the window's lower edge
    CHECK(frame[0] == Rect{{20_mm, 45_mm}, {85_mm, 17.7_mm}});
    CHECK(frame[1] == Rect{{20_mm, 62.7_mm}, {5_mm, 27.3_mm}});
    CHECK(frame[2] == Rect{{100_mm, 62.7_mm}, {5_mm, 27.3_mm}});
    CHECK(without(address, window).empty());
    CHECK(without(window, {{150_mm, 0_mm}, {9_mm, 9_mm}}) == std::vector{window});
}

TEST_CASE("a refused upload names the rule it breaks", "[uploads][check]") {
    const auto code_of = [](const std::string& bytes) {
        const auto reply = ask({"pages", "200", "as-is"}, bytes, "flyer.pdf", {});
        REQUIRE_FALSE(reply);
        CHECK(reply.error().error.where == "flyer.pdf");
        return std::string(rule(reply.error().rule).code);
    };
    CHECK(code_of("GIF89a") == "not-a-pdf");
    CHECK(code_of(file_bytes("tests/data/uploads/test-pdf-files__encrypted.pdf")) == "password");
    CHECK(code_of(pdf_of({.box = "[0 0 0 0]"})) == "no-page-size");
    CHECK(code_of("%PDF-1.7\n") == "damaged");
}

}  // namespace pli::uploads
