#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/preflight/small_pdf.hpp"

namespace {
using namespace pli::preflight;
using namespace pli::preflight::test;

std::vector<Variant> all_variants() {
    std::vector<Variant> all;
    for (const auto& some : {file_variants(), content_variants(), colour_variants(), part_variants()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

TEST_CASE("a PDF/X-4 and PDF/VT-1 file that is right has no finding", "[preflight]") {
    const auto report = checked(SmallPdf().bytes());
    for (const auto& finding : report.findings) FAIL_CHECK(rule(finding.rule).code << ": " << finding.found);
    CHECK(report.pages == 2);
    REQUIRE(report.parts.size() == 2);
    CHECK(report.parts[1].first_page == 2);
    CHECK(report.parts[1].pieces == "1-0000002");
}

TEST_CASE("each way to break the file is found, by its rule and by no other", "[preflight]") {
    for (const Variant& variant : all_variants()) {
        SmallPdf pdf;
        variant.break_it(pdf);
        const auto report = checked(pdf.bytes());
        INFO(variant.rule << ": " << variant.what);
        CHECK(codes_of(report) == std::vector<std::string>{std::string(variant.rule)});
    }
}

TEST_CASE("every rule for a PDF has a file that breaks it", "[preflight]") {
    std::set<std::string_view> broken{"x4-encryption"};  // below: qpdf makes that file
    for (const Variant& variant : all_variants()) {
        REQUIRE(rule_named(variant.rule) != nullptr);
        broken.insert(variant.rule);
    }
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto code = rule(static_cast<RuleId>(i)).code;
        if (!code.starts_with("batch-") && !code.starts_with("proof-"))
            CHECK_THAT(std::string(code),
                       Catch::Predicate<std::string>([&](const std::string& c) { return broken.contains(c); }));
    }
}

TEST_CASE("the README lists every rule as it is", "[preflight]") {
    std::ifstream file("preflight/README.md");
    const std::string readme{std::istreambuf_iterator<char>(file), {}};
    for (std::size_t i = 0; i < rule_count; ++i) {
        const Rule& known = rule(static_cast<RuleId>(i));
        const auto* severity = known.severity == Severity::Error ? "error" : "warning";
        CHECK_THAT(readme, Catch::Contains(fmt::format("| `{}` | {} | {} | {} |", known.code, severity, known.expected,
                                                       known.source)));
    }
}

TEST_CASE("codes of rules are told apart", "[preflight]") {
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < rule_count; ++i) CHECK(codes.insert(rule(static_cast<RuleId>(i)).code).second);
    CHECK(rule_named("x4-trimbox")->id == RuleId::TrimBox);
    CHECK(rule_named("x4-nothing") == nullptr);
}

TEST_CASE("RGB is right where a default colour space stands in for it", "[preflight]") {
    SmallPdf pdf;
    const int profile = pdf.add_stream("/N 3", icc_profile("mntr", "RGB "));
    pdf.replace(resources, "/S0[", fmt::format("/DefaultRGB[/ICCBased {} 0 R]/S0[", profile));
    pdf.objects.at(second_content).data += " 1 0 0 rg 0 0 5 5 re f";
    CHECK(codes_of(checked(pdf.bytes())).empty());
}

TEST_CASE("black text in a form overprints if whoever draws the form says so", "[preflight]") {
    SmallPdf pdf;
    pdf.replace(form, "/Resources<<>>", "/Resources<</Font<</F0 12 0 R>>>>");
    pdf.objects.at(form).data = "BT /F0 1 Tf 0 0 0 1 k <0001> Tj ET";
    pdf.replace_data(first_content, "/X0 Do", "q /G0 gs /X0 Do Q");
    CHECK(codes_of(checked(pdf.bytes())).empty());
    pdf.objects.at(second_content).data += " /X0 Do";  // the same form, without
    CHECK(codes_of(checked(pdf.bytes())) == std::vector<std::string>{"print-black-knocks-out"});
}

TEST_CASE("content that several pages share is looked at on each of them", "[preflight]") {
    SmallPdf pdf;
    const int open = pdf.add_stream("", "q 1 0 0 1 5 5 cm"), close = pdf.add_stream("", "Q");
    for (const auto& [page, content] : {std::pair{first_page, "5 0 R"}, std::pair{second_page, "[6 0 R]"}})
        pdf.replace(page, "/Contents" + std::string(page == first_page ? " " : "") + content,
                    fmt::format("/Contents[{} 0 R {} 0 R {} 0 R]", open,
                                page == first_page ? first_content : second_content, close));
    CHECK(codes_of(checked(pdf.bytes())).empty());
    pdf.objects.at(close).data = "Q Q";
    const auto report = checked(pdf.bytes());
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].page == 1);
    CHECK(report.findings[0].pages == 2);
}

TEST_CASE("what is wrong on many pages is one finding that counts them", "[preflight]") {
    SmallPdf pdf;
    for (const int page : {first_page, second_page}) pdf.replace(page, "/TrimBox[10 10 110 110]", "");
    const auto report = checked(pdf.bytes());
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].page == 1);
    CHECK(report.findings[0].pages == 2);
}

TEST_CASE("what is wrong in an object that pages share names the object", "[preflight]") {
    SmallPdf pdf;
    pdf.objects.at(form).data = "1 0 0 rg 0 0 5 5 re f";
    pdf.objects.at(second_content).data += " /X0 Do";
    const auto report = checked(pdf.bytes());
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].object == form);
    CHECK(report.findings[0].page == 1);
}

TEST_CASE("a report stays short however broken the file", "[preflight]") {
    Findings findings("x.pdf");
    for (std::uint32_t i = 1; i <= 1000; ++i) findings.add(RuleId::TrimBox, {i, i}, "none");
    CHECK(findings.left_out() == 950);
    CHECK(findings.take().size() == 50);
}

TEST_CASE("a file that is not there, a folder and a text are told apart", "[preflight]") {
    CHECK(check_pdf("/nowhere/x.pdf", "x.pdf").error().fault == pli::Fault::NotFound);
    CHECK(check_pdf("docs", "docs").error().fault == pli::Fault::BadInput);
    CHECK(check_pdf("docs/README.md", "README.md").error().fault == pli::Fault::BadInput);
}

}  // namespace
