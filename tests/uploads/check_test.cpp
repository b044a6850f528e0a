#include "uploads/check.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/uploads/check_variants.hpp"
#include "tests/uploads/test_pdf.hpp"
#include "uploads/rules.hpp"

namespace pli::uploads {
namespace {

Report checked(const Variant& variant) {
    auto report = check(variant.pdf, "flyer.pdf", variant.zones, variant.options);
    if (!report) FAIL(report.error().text());
    return std::move(*report);
}

std::string told(const Report& report) {
    std::string all;
    for (const Finding& one : report.findings) all += one.code + ": " + one.found + "\n";
    return all;
}

const Finding* find(const Report& report, std::string_view code) {
    const auto found = std::ranges::find(report.findings, code, &Finding::code);
    return found == report.findings.end() ? nullptr : &*found;
}

/// Rules whose files are in other tests: a file that crashes the reader is not to be had.
const std::set<std::string_view> elsewhere{"unsafe", "too-detailed", "placeholder"};

}  // namespace

TEST_CASE("a good design has no findings", "[uploads][check]") {
    const auto report = check(pdf_of(good_design()), "flyer.pdf", simple_zones());
    REQUIRE(report);
    CHECK(told(*report) == "");
    CHECK(report->accepted());
    REQUIRE(report->pages.size() == 1);
    CHECK_FALSE(report->pages[0].blank);
}

TEST_CASE("every rule is broken by some file, which has that finding", "[uploads][check]") {
    std::set<std::string> broken;
    for (const Variant& variant : variants()) {
        INFO(variant.code);
        const Report report = checked(variant);
        INFO(told(report));
        const Finding* one = find(report, variant.code);
        CHECK(one != nullptr);
        if (one != nullptr) CHECK(one->severity == rule_named(variant.code)->severity);
        broken.insert(variant.code);
    }
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto code = rule(static_cast<RuleId>(i)).code;
        INFO(code);
        CHECK((broken.contains(std::string(code)) || elsewhere.contains(code)));
    }
}

}  // namespace pli::uploads
