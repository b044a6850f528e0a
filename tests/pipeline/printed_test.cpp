#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/pipeline/print_house.hpp"

/// What is on paper, read by tools that are not Pli's, against what the manifest says.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

using Row = std::map<std::string, std::string>;

struct Printed {
    RunPlan plan;
    std::string batch;  // folder
    std::vector<Row> rows;
};

Printed print(const Workshop& workshop, const Folder& out, BatchRules rules, std::uint32_t template_index) {
    Printed printed;
    printed.plan = workshop.plan(out.path());
    printed.plan.rules = rules;
    Queue queue;
    for (std::int64_t id = 1; id <= 7; ++id)
        queue.letters.push_back({.id = id * 11,
                                 .pages = static_cast<std::uint32_t>(1 + id % 3),
                                 .template_index = template_index,
                                 .key = "k"});
    const auto report = queue.run(printed.plan, workshop.composition()).value();
    REQUIRE(report.batches.size() == 1);
    printed.batch = report.batches[0].folder;
    printed.rows = csv_rows(printed.batch + "/manifest.csv");
    return printed;
}

int number(const Row& row, const std::string& column) { return std::stoi(row.at(column)); }

/// A part of a page of print.pdf, in millimetres from its top left corner.
struct Window {
    int page;
    double x, y, width, height;
};

std::string cropped(const Window& window, int dpi) {
    const auto dots = [dpi](double mm) { return static_cast<int>(mm / 25.4 * dpi); };
    return fmt::format("-r {} -f {} -l {} -x {} -y {} -W {} -H {}", dpi, window.page, window.page, dots(window.x),
                       dots(window.y), dots(window.width), dots(window.height));
}

std::string text_in(const Printed& printed, const Window& window) {
    return output_of("pdftotext " + cropped(window, 72) + " " + printed.batch + "/print.pdf -");
}

std::string code_in(const Printed& printed, const Window& window) {
    const auto picture = printed.plan.out + "/code";
    output_of("pdftoppm -gray -singlefile -png " + cropped(window, 300) + " " + printed.batch + "/print.pdf " +
              picture);
    return output_of("dmtxread -n -N1 -m5000 " + picture + ".png");
}

/// Reads sheet `sheet` (from 1) of a piece where the manifest says it lies, and compares code, id and text.
void check_sheet(const Printed& printed, const Row& row, int sheet, double cell_x, double cell_y) {
    const bool duplex = row.at("sides") == "duplex";
    const int page = number(row, "first_page") + (sheet - 1) * (duplex ? 2 : 1);
    const Window code{page, cell_x + 5, cell_y + 154, 16, 14};
    CHECK(code_in(printed, code) ==
          fmt::format("1{}{:07}{:03}{:03}\n", row.at("batch_id"), number(row, "piece"), sheet, number(row, "sheets")));
    const auto text = text_in(printed, {page, cell_x, cell_y, 210, 297});
    CHECK_THAT(text, Catch::Contains(fmt::format("{:07} {}/{}", number(row, "piece"), sheet, number(row, "sheets"))));
    const int letter_page = duplex ? 2 * sheet - 1 : sheet;
    CHECK_THAT(text, Catch::Contains(fmt::format("letter {} page {}", row.at("letter"), letter_page)));
}

}  // namespace

TEST_CASE("one-up, the code on every sheet is the piece that the manifest says lies there", "[pipeline]") {
    const auto template_index = GENERATE(0u, 1u);
    const Folder out;
    const Workshop workshop;
    const auto printed = print(workshop, out, {}, template_index);
    output_of("qpdf --check " + printed.batch + "/print.pdf");
    REQUIRE(printed.rows.size() == 7);
    for (const auto& row : printed.rows)
        for (int sheet = 1; sheet <= number(row, "sheets"); ++sheet) check_sheet(printed, row, sheet, 0, 0);
}

TEST_CASE("two-up, the code in every cell is the piece that the manifest says lies there", "[pipeline]") {
    const auto press = GENERATE(sra3, a3);
    const auto template_index = GENERATE(0u, 1u);
    const Folder out;
    const Workshop workshop;
    BatchRules rules;
    rules.press = two_up_on(press);
    const auto printed = print(workshop, out, rules, template_index);
    output_of("qpdf --check " + printed.batch + "/print.pdf");
    const double left = press == sra3 ? 15 : 0, top = press == sra3 ? 11.5 : 0;
    for (const auto& row : printed.rows)
        for (int sheet = 1; sheet <= number(row, "sheets"); ++sheet)
            check_sheet(printed, row, sheet, left + (row.at("cell") == "2" ? 210 : 0), top);
}

TEST_CASE("cut out at its place the sheet code is read at 150 dpi, by libdmtx and by ZXing", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    const auto printed = print(workshop, out, {}, 0);
    const auto picture = out / "place";
    output_of("pdftoppm -gray -singlefile -png " + cropped({1, 3, 152, 18, 18}, 150) + " " + printed.batch +
              "/print.pdf " + picture);
    const auto expected =
        fmt::format("1{}0000001001{:03}", printed.rows[0].at("batch_id"), number(printed.rows[0], "sheets"));
    CHECK(output_of("dmtxread -N1 " + picture + ".png") == expected);
    CHECK_THAT(output_of("ZXingReader -1 -format DataMatrix " + picture + ".png"), Catch::Contains(expected));
}

TEST_CASE("two-up duplex, page 2 of a letter is printed behind its page 1", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    BatchRules rules;
    rules.press = two_up_on(sra3);
    const auto printed = print(workshop, out, rules, 1);
    for (const auto& row : printed.rows) {
        if (number(row, "pages") < 2) continue;
        const bool left_on_back = row.at("cell") == "2";  // the sheet is turned over on its short edge
        const Window back{number(row, "first_page") + 1, left_on_back ? 15.0 : 225.0, 11.5, 210, 297};
        CHECK_THAT(text_in(printed, back), Catch::Contains("letter " + row.at("letter") + " page 2"));
    }
}

TEST_CASE("every press sheet says which it is, and a cell without a piece is marked blank", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    BatchRules rules;
    rules.press = two_up_on(sra3);
    const auto printed = print(workshop, out, rules, 0);
    const auto text = output_of("pdftotext " + printed.batch + "/print.pdf -");
    CHECK_THAT(text, Catch::Contains("sheet 1/8") && Catch::Contains("sheet 8/8"));
    CHECK_THAT(text, Catch::Contains("BLANK"));
    const auto boxes = output_of("pdfinfo -box " + printed.batch + "/print.pdf");
    CHECK_THAT(boxes, Catch::Contains("1275.59 x 907.09 pts"));
    CHECK_THAT(boxes, Catch::Contains("TrimBox:            42.52    32.60  1233.07   874.49"));
}

TEST_CASE("US Letter is printed one-up whatever the rules say", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    plan.rules.press = two_up_on(sra3);
    Queue queue;
    queue.letters = {{.id = 1, .key = {}}, {.id = 2, .key = {}}};
    const auto report = queue.run(plan, workshop.composition({Length::mm(215.9), Length::mm(279.4)})).value();
    REQUIRE(report.batches.size() == 1);
    CHECK(report.batches[0].production_class == "letter-a4-80-dl-simplex-black");
    CHECK_THAT(output_of("pdfinfo " + report.batches[0].folder + "/print.pdf"),
               Catch::Contains("612 x 792 pts (letter)"));
}

TEST_CASE("the control sheet states totals, first and last piece and the checksum of the print file", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    const auto printed = print(workshop, out, {}, 1);
    output_of("qpdf --check " + printed.batch + "/control.pdf");
    const auto text = output_of("pdftotext -layout " + printed.batch + "/control.pdf -");
    CHECK_THAT(text, Catch::Contains("2026-11-22-1-a4-80-c6-5-duplex-colour-0001"));
    CHECK_THAT(text,
               Catch::Contains("0000001   letter 11   FR 75001") || Catch::Contains("0000001 letter 11 FR 75001"));
    CHECK_THAT(text, Catch::Contains("C6/5"));
    const auto sum = output_of("sha256sum < " + printed.batch + "/print.pdf").substr(0, 64);
    CHECK_THAT(text, Catch::Contains(sum));
}
