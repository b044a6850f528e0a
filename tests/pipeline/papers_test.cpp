#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "pipeline/samples.hpp"
#include "pipeline/table_sheet.hpp"
#include "pipeline/xml_text.hpp"
#include "tests/pipeline/print_house.hpp"

/// The papers of the job bag: control sheet with samples, posting list to sign, job ticket.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;
namespace fs = std::filesystem;

std::string print_batch(const Workshop& workshop, const Folder& out, std::int64_t letters, BatchRules rules = {},
                        std::uint32_t template_index = 1) {
    auto plan = workshop.plan(out.path());
    plan.rules = rules;
    plan.sender = "Müller & Söhne <\"GmbH\">";
    Queue queue;
    for (std::int64_t id = 1; id <= letters; ++id)
        queue.letters.push_back(
            {.id = id, .pages = static_cast<std::uint32_t>(1 + id % 3), .template_index = template_index, .key = "k"});
    return queue.run(plan, workshop.composition()).value().batches.at(0).folder;
}

std::string text_of(const std::string& pdf) { return output_of("pdftotext -layout " + pdf + " -"); }

/// The only match of an XPath, as text.
std::string looked_up(const std::string& ticket, const std::string& path) {
    return output_of("xmllint --xpath 'string(" + path + ")' " + ticket);
}
std::string attribute(const std::string& ticket, const std::string& element, const std::string& name) {
    auto text = looked_up(ticket, "//*[local-name()=\"" + element + "\"]/@" + name);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

std::vector<std::uint32_t> drawn(std::uint32_t pieces, const std::string& batch_id) {
    SampleDrawer drawer(batch_id);
    Frame seat;
    for (std::uint32_t piece = 1; piece <= pieces; ++piece) {
        seat.text = fmt::format("piece {}", piece);
        drawer.offer({piece, piece, "FR", "75001"}, seat);
    }
    std::vector<std::uint32_t> numbers;
    for (const auto* sample : drawer.samples()) {
        CHECK(sample->page.text == fmt::format("piece {}", sample->piece));
        numbers.push_back(sample->piece);
    }
    return numbers;
}

}  // namespace

TEST_CASE("samples are the first and last piece and four by lot, each once, the same on every machine", "[pipeline]") {
    CHECK(drawn(1, "12345678901234") == std::vector<std::uint32_t>{1});
    CHECK(drawn(2, "12345678901234") == std::vector<std::uint32_t>{1, 2});
    CHECK(drawn(6, "12345678901234") == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6});
    const auto some = drawn(1000, "12345678901234");
    REQUIRE(some.size() == 6);
    CHECK(some.front() == 1);
    CHECK(some.back() == 1000);
    CHECK(drawn(1000, "12345678901234") == some);
    CHECK(drawn(1000, "12345678901235") != some);
}

TEST_CASE("the control sheet shows its samples as they were printed, with who they are", "[pipeline]") {
    const Workshop workshop;
    const Folder out;
    const auto batch = print_batch(workshop, out, 40);
    CHECK_THAT(output_of("pdfinfo " + batch + "/control.pdf"), Catch::Contains("Pages:           3"));
    const auto text = text_of(batch + "/control.pdf");
    for (const auto* words : {"Samples", "0000001 letter 1 FR 75001", "letter 1 page 1", "0000040 letter 40",
                              "letter 40 page 1", "quantity, spoiled"})
        CHECK_THAT(text, Catch::Contains(words));
    output_of("qpdf --check " + batch + "/control.pdf");
}

TEST_CASE("a table longer than a sheet carries its sums over and loses no row", "[pipeline]") {
    const Workshop workshop;
    PlainText text(workshop.fonts, workshop.chain);
    PaperTable table;
    table.title = "Table";
    table.batch = "b";
    table.columns = {{"row", 25_mm, false}, {"number", 80_mm, true}};
    for (int row = 1; row <= 150; ++row) table.rows.push_back({fmt::format("r{}", row), std::to_string(row)});
    table.sum = [](std::size_t rows) { return std::vector<std::string>{"", fmt::format("{}", rows * (rows + 1) / 2)}; };
    int feet = 0;
    table.foot = [&feet](OfficeSheet&) { ++feet; };
    table.foot_height = 60_mm;
    const Folder out;
    const auto pages = table_pages(table, {210_mm, 297_mm}, text).value();
    auto folder = HiddenFolder::create(out.path(), "b").value();
    REQUIRE(write_office_pdf(workshop.plan(out.path()), {"t.pdf", "Table", "b"}, pages, folder));
    CHECK(pages.size() >= 3);
    CHECK(feet == 1);
    const auto words = text_of(folder.path("t.pdf"));
    for (int row = 1; row <= 150; ++row) CHECK_THAT(words, Catch::Contains(fmt::format("r{} ", row)));
    CHECK_THAT(words, Catch::Contains("11325"));  // the sum of all
    std::size_t carried = 0, brought = 0;
    for (auto at = words.find("carried forward"); at != std::string::npos; at = words.find("carried forward", at + 1)) {
        ++carried;
        const auto next = words.find("brought forward", at);
        REQUIRE(next != std::string::npos);
        ++brought;
        const auto number = [&](std::size_t from) {
            const auto line = words.substr(from + 16, words.find('\n', from) - from - 16);
            return line.substr(line.find_first_not_of(' '));
        };
        CHECK(number(at) == number(next));
    }
    CHECK(carried == pages.size() - 1);
    CHECK(brought == carried);
}

TEST_CASE("the posting list to sign says what posting-list.csv says", "[pipeline]") {
    const Workshop workshop;
    const Folder out;
    const auto batch = print_batch(workshop, out, 40);
    const auto text = text_of(batch + "/posting-list.pdf");
    for (const auto& row : csv_rows(batch + "/posting-list.csv")) {
        CHECK_THAT(text, Catch::Contains(row.at("country")));
        CHECK_THAT(text, Catch::Contains(row.at("pieces")));
    }
    for (const auto* words : {"Posting list", "Handed in", "Taken over", "date, signature", "Müller & Söhne"})
        CHECK_THAT(text, Catch::Contains(words));
    CHECK_THAT(output_of("pdffonts " + batch + "/posting-list.pdf"), !Catch::Contains(" no "));
}

TEST_CASE("XML keeps every character that it can hold and marks the others", "[pipeline]") {
    XmlText xml;
    xml.open("a", {{"b", "<&>\"' \n\x01"}, {"empty", ""}});
    xml.leaf_text("c", {}, "Łódź & <co>");
    xml.close();
    CHECK(xml.finish() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&lt;&amp;&gt;&quot;' &#10;\xEF\xBF\xBD\">\n"
          " <c>Łódź &amp; &lt;co&gt;</c>\n</a>\n");
}

TEST_CASE("the job ticket tells amounts, press sheet, cuts, inks and the file to print", "[pipeline]") {
    const Workshop workshop;
    const Folder out;
    BatchRules rules;
    rules.press = two_up_on(sra3);
    const auto batch = print_batch(workshop, out, 40, rules);
    const auto ticket = batch + "/ticket.xjdf";
    const auto rows = csv_rows(batch + "/manifest.csv");
    CHECK(attribute(ticket, "XJDF", "JobID") == fs::path(batch).filename());
    CHECK(attribute(ticket, "XJDF", "Types") == "DigitalPrinting Cutting Inserting Delivery");
    CHECK(attribute(ticket, "XJDF", "DescriptiveName") == "Müller & Söhne <\"GmbH\">: 40 pieces");
    CHECK(attribute(ticket, "GeneralID", "IDValue") == rows[0].at("batch_id"));
    CHECK(attribute(ticket, "DropItem", "Amount") == "40");
    CHECK(attribute(ticket, "FileSpec", "URL") == "print.pdf");
    const auto pages = output_of("pdfinfo " + batch + "/print.pdf");
    CHECK_THAT(pages, Catch::Contains("Pages:           " + attribute(ticket, "RunList", "NPage") + "\n"));
    CHECK(attribute(ticket, "Media", "Dimension") == "1275.59 907.09");  // SRA3
    CHECK(looked_up(ticket, "count(//*[local-name()=\"CutBlock\"])") == "2\n");
    CHECK(attribute(ticket, "ColorantControl", "ColorantParams") == "Cyan Magenta Yellow Black");
    CHECK(attribute(ticket, "DigitalPrintingParams", "Sides") == "TwoSided");
}

TEST_CASE("job tickets are valid against CIP4's schema, whatever is printed", "[pipeline]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (corpora == nullptr) {
        WARN("skipped: PLI_CORPORA is not set");
        return;
    }
    const auto schema = std::string(corpora) + "/print-industry/xjdf-schema/xjdf.xsd";
    const Workshop workshop;
    auto tumbled = two_up_on({500_mm, 707_mm});
    tumbled.arrangement = {2, 2, Method::CutAndStack, Turn::HeadToFoot, 3};
    tumbled.heads = Heads::Together;
    auto merged = two_up_on(sra3);
    merged.arrangement.method = Method::InSequence;
    for (const auto& press : {PressScheme{}, two_up_on(sra3), tumbled, merged})
        for (const std::uint32_t template_index : {0u, 1u}) {
            const Folder out;
            BatchRules rules;
            rules.press = press;
            const auto batch = print_batch(workshop, out, 5, rules, template_index);
            const auto judged =
                pli::test::run("xmllint --noout --schema " + schema + " " + batch + "/ticket.xjdf 2>&1");
            INFO(judged.output);
            CHECK(judged.status == 0);
        }
}
