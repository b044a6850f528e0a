#include "uploads/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
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
const std::set<std::string_view> elsewhere{"unsafe", "too-detailed"};

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

TEST_CASE("ink in the address zone is told with its words, share and place", "[uploads][check]") {
    for (const Variant& variant : variants()) {
        if (variant.code != "address-zone") continue;
        const Report report = checked(variant);
        const Finding* one = find(report, "address-zone");
        REQUIRE(one != nullptr);
        CHECK_THAT(one->found, Catch::Contains("text “Erika” in the address zone"));
        CHECK_THAT(one->expected, Catch::Contains("80 × 30 mm from 20, 50"));
        CHECK(one->repair == "clear-zone");
        REQUIRE(one->where);
        CHECK(one->where->left().to_mm() == Approx(25).margin(0.6));
        CHECK(one->where->bottom().to_mm() == Approx(60).margin(0.6));
        CHECK_FALSE(report.accepted());
    }
}

TEST_CASE("white rectangles, clipped and invisible text are no ink in a zone", "[uploads][check]") {
    Sketch sketch = good_design();
    sketch.content +=
        "1 g 60 600 200 100 re f q 0 0 1 1 re W n 0 g 60 600 200 100 re f Q "
        "BT 3 Tr /F 12 Tf 80 680 Td (hidden) Tj ET ";
    const auto report = check(pdf_of(sketch), "flyer.pdf", simple_zones());
    REQUIRE(report);
    INFO(told(*report));
    CHECK(find(*report, "address-zone") == nullptr);
    CHECK(find(*report, "window") == nullptr);
    CHECK(report->accepted());
}

TEST_CASE("zones are judged on the upright page, whatever Rotate, UserUnit and box origin say", "[uploads][check]") {
    Sketch sketch = good_design();
    // The good page on its side: A4 landscape in units of two points, from another origin, shown upright by Rotate.
    sketch.box = "[100 50 520.945 347.64]";
    sketch.page = "/Rotate 90/UserUnit 2";
    sketch.content = "q 0 0.5 -0.5 0 520.945 50 cm " + sketch.content + " 0.5 g 85 650 20 20 re f Q";
    const auto report = check(pdf_of(sketch), "flyer.pdf", simple_zones());
    REQUIRE(report);
    INFO(told(*report));
    const Finding* one = find(*report, "address-zone");
    REQUIRE(one != nullptr);
    CHECK(one->where->left().to_mm() == Approx(85 * 25.4 / 72).margin(0.3));
    CHECK(one->where->top().to_mm() == Approx(297 - 670 * 25.4 / 72).margin(0.3));
    CHECK(find(*report, "page-size") == nullptr);
}

TEST_CASE("a page with bleed and no TrimBox can be cut, one with a TrimBox is right", "[uploads][check]") {
    Sketch sketch = good_design();
    sketch.box = "[0 0 612.28 858.9]";
    const auto untold = check(pdf_of(sketch), "flyer.pdf", simple_zones());
    REQUIRE(untold);
    const Finding* one = find(*untold, "page-size");
    REQUIRE(one != nullptr);
    CHECK(one->repair == "centre");
    CHECK_THAT(one->found, Catch::Contains("3 mm bleed"));
    sketch.page = "/TrimBox[8.5 8.5 603.78 850.39]";
    const auto trimmed = check(pdf_of(sketch), "flyer.pdf", simple_zones());
    REQUIRE(trimmed);
    CHECK(find(*trimmed, "page-size") == nullptr);
}

TEST_CASE("placeholders are listed with page and place, in one or two braces; other braces are text",
          "[uploads][check]") {
    for (const Variant& variant : variants()) {
        if (variant.code != "placeholder") continue;
        const Report report = checked(variant);
        REQUIRE(report.placeholders.size() == 3);
        CHECK(report.placeholders[0].text == "{first}");
        CHECK(report.placeholders[1].text == "{A}");
        CHECK(report.placeholders[2].text == "{{B}}");
        CHECK(report.placeholders[0].page == 1);
        CHECK(report.placeholders[0].where.bottom().to_mm() == Approx(150).margin(1));
        CHECK(report.accepted());
    }
    Sketch sketch = good_design();
    sketch.content += "BT /F 12 Tf 85 400 Td ({}|{|A) Tj ET ";
    const auto report = check(pdf_of(sketch), "flyer.pdf", simple_zones());
    REQUIRE(report);
    CHECK(report->placeholders.empty());
}

TEST_CASE("backs have no place for the inserter's code", "[uploads][check]") {
    for (Variant& variant : variants()) {
        if (variant.code != "sheet-code-zone") continue;
        CHECK(find(checked(variant), "sheet-code-zone") != nullptr);
        variant.zones.zones.back().page = 2;
        CHECK(find(checked(variant), "sheet-code-zone") == nullptr);
    }
}

TEST_CASE("a crash of the reader, a missing reader and a slow one: findings, and an error of ours",
          "[uploads][check]") {
    const auto with_reader = [](const char* program) {
        setenv("PLI_IMPORT", program, 1);
        CheckOptions options;
        options.limits.wall_seconds = 1;
        auto report = check(pdf_of(good_design()), "flyer.pdf", simple_zones(), options);
        unsetenv("PLI_IMPORT");
        return report;
    };
    const auto crashed = with_reader("tests/data/uploads/crashes.sh");
    REQUIRE(crashed);
    CHECK(find(*crashed, "unsafe") != nullptr);
    CHECK(crashed->pages.empty());
    const auto slow = with_reader("tests/data/uploads/never_answers.sh");
    REQUIRE(slow);
    CHECK(find(*slow, "too-heavy") != nullptr);
    const auto missing = with_reader("/nowhere/pli-import");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().fault == Fault::Environment);
}

TEST_CASE("the README lists every rule as it is", "[uploads][check]") {
    const std::string readme = file_bytes("uploads/README.md");
    for (std::size_t i = 0; i < rule_count; ++i) {
        const Rule& one = rule(static_cast<RuleId>(i));
        const std::string repair = one.repair.empty() ? "" : "`" + std::string(one.repair) + "`";
        const std::string line = fmt::format("| `{}` | {} | {} | {} | {} |", one.code, name_of(one.severity),
                                             one.expected, repair, one.source);
        INFO(line);
        CHECK(readme.find(line) != std::string::npos);
    }
}

}  // namespace pli::uploads
