#include "pipeline/omr.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "pipeline/mark_files.hpp"
#include "tests/pipeline/omr_camera.hpp"
#include "tests/pipeline/page_pixels.hpp"
#include "tests/pipeline/print_house.hpp"

/// Marks for an inserter, seen as its camera sees them: pixels of the printed page, and the profile's geometry.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

const Day today = Day::of(2026, 11, 22);

struct Run {
    int up;
    std::uint32_t template_index;  // 0: simplex, 1: duplex
};

Queue twelve_letters(std::uint32_t template_index) {
    Queue queue;
    for (std::int64_t id = 1; id <= 12; ++id)
        queue.letters.push_back({.id = id,
                                 .pages = static_cast<std::uint32_t>(1 + id * id % 5),
                                 .template_index = template_index,
                                 .key = "k"});
    return queue;
}

/// The sheets in the order in which the inserter takes them: pile 1, then pile 2.
std::vector<SheetMarks> fed_sheets(const std::string& pdf, const OmrProfile& omr, const Run& run) {
    const auto info = pli::test::output_of("pdfinfo " + pdf);
    const int pages = std::stoi(info.substr(info.find("Pages:") + 6));
    const int step = run.template_index == 1 ? 2 : 1;  // the camera sees fronts
    const bool two_up = run.up == 2;
    std::vector<SheetMarks> sheets;
    for (const double cell : two_up ? std::vector<double>{15, 225} : std::vector<double>{0})
        for (int page = 1; page <= pages; page += step)
            if (const auto marks = read_sheet(photograph(pdf, page, 150), omr, cell, two_up ? 11.5 : 0))
                sheets.push_back(*marks);
    return sheets;
}

}  // namespace

TEST_CASE("an inserter rebuilds every piece from the marks alone: simplex and duplex, one-up and two-up",
          "[pipeline]") {
    const auto name = GENERATE("di-d1600", "generic");
    const auto run = GENERATE(Run{1, 0}, Run{1, 1}, Run{2, 0}, Run{2, 1});
    CAPTURE(name, run.template_index, run.up);
    const Folder out;
    const Workshop workshop;
    const auto omr = shipped(name);
    auto plan = workshop.plan(out.path());
    plan.omr = &omr;
    if (run.up == 2) plan.rules.press = two_up_on(sra3);
    auto queue = twelve_letters(run.template_index);
    const auto report = queue.run(plan, workshop.composition()).value();
    REQUIRE(report.batches.size() == 1);
    const auto folder = report.batches[0].folder;
    std::vector<unsigned> sheets_of_pieces;
    for (const auto& row : csv_rows(folder + "/manifest.csv"))
        sheets_of_pieces.push_back(static_cast<unsigned>(std::stoi(row.at("sheets"))));
    CHECK(collate(omr, fed_sheets(folder + "/print.pdf", omr, run)) == sheets_of_pieces);
}

TEST_CASE("marks change nothing but what they add: without them a run writes the bytes it wrote before", "[pipeline]") {
    const Folder with, without;
    const Workshop workshop;
    const auto omr = shipped("generic");
    auto plan = workshop.plan(with.path());
    auto queue = twelve_letters(0), again = twelve_letters(0);
    plan.omr = &omr;
    const auto marked = queue.run(plan, workshop.composition()).value();
    plan.omr = nullptr;
    plan.out = without.path();
    const auto plain = again.run(plan, workshop.composition()).value();
    // All but what the pages add up to, for the marks are on them.
    const auto facts = [](const std::string& folder) {
        auto rows = csv_rows(folder + "/manifest.csv");
        for (auto& row : rows) row.erase("page_sums");
        return rows;
    };
    CHECK(facts(marked.batches[0].folder) == facts(plain.batches[0].folder));
    CHECK(read_file(marked.batches[0].folder + "/print.pdf") != read_file(plain.batches[0].folder + "/print.pdf"));
}

TEST_CASE("a counter of three bits wraps around, and a piece's number is the same on its sheets", "[pipeline]") {
    OmrProfile omr = shipped("generic");
    omr.positions = {{OmrSign::Always, 0},   {OmrSign::Sequence, 2},    {OmrSign::Sequence, 1},
                     {OmrSign::Sequence, 0}, {OmrSign::PieceNumber, 0}, {OmrSign::SheetNumber, 0}};
    omr.sequence_from = 6;
    CHECK(black_marks(omr, {1, 1, 2, 1, 0}) == 0b110111);  // 6, piece 1, sheet 1
    CHECK(black_marks(omr, {1, 2, 2, 2, 0}) == 0b011111);  // 7, piece 1, sheet 2
    CHECK(black_marks(omr, {2, 1, 1, 3, 0}) == 0b100001);  // 0, piece 2, sheet 1
}

TEST_CASE("beginning and end of a collation change places where the machine is fed from the last sheet", "[pipeline]") {
    OmrProfile omr = shipped("generic");
    omr.positions = {{OmrSign::First, 0}, {OmrSign::NotFirst, 0}, {OmrSign::Last, 0}, {OmrSign::NotLast, 0}};
    CHECK(black_marks(omr, {1, 1, 3, 1, 0}) == 0b1001);
    CHECK(black_marks(omr, {1, 2, 3, 2, 0}) == 0b1010);
    CHECK(black_marks(omr, {1, 3, 3, 3, 0}) == 0b0110);
    omr.last_sheet_first = true;
    CHECK(black_marks(omr, {1, 1, 3, 1, 0}) == 0b0110);
    CHECK(black_marks(omr, {1, 3, 3, 3, 0}) == 0b1001);
}

TEST_CASE("parity counts every black mark, feeders included", "[pipeline]") {
    OmrProfile omr = shipped("generic");
    omr.positions = {{OmrSign::Always, 0}, {OmrSign::EvenParity, 0}, {OmrSign::Insert, 1}, {OmrSign::Insert, 3}};
    CHECK(black_marks(omr, {1, 1, 1, 1, 0b000}) == 0b0011);
    CHECK(black_marks(omr, {1, 1, 1, 1, 0b001}) == 0b0101);
    CHECK(black_marks(omr, {1, 1, 1, 1, 0b111}) == 0b1111);
    omr.positions[1].sign = OmrSign::OddParity;
    CHECK(black_marks(omr, {1, 1, 1, 1, 0b001}) == 0b0111);
}

TEST_CASE("marks may stand on the first or the last sheet of a piece alone, counting pieces then", "[pipeline]") {
    OmrProfile omr = shipped("generic");
    omr.sheets = OmrSheets::Last;
    CHECK_FALSE(carries_marks(omr, {1, 1, 2, 1, 0}));
    CHECK(carries_marks(omr, {1, 2, 2, 2, 0}));
    omr.positions = {{OmrSign::Always, 0}, {OmrSign::Sequence, 0}, {OmrSign::Sequence, 1}};
    omr.sequence_from = 0;
    CHECK(black_marks(omr, {4, 3, 3, 9, 0}) == 0b111);  // the fourth piece: 3
    Frame front;
    front.size = {210_mm, 297_mm};
    draw_omr(front, omr, {4, 1, 3, 7, 0});
    CHECK(front.items.empty());
    draw_omr(front, omr, {4, 3, 3, 9, 0});
    CHECK(front.items.size() == 3);
}

TEST_CASE("shipped mark profiles keep the limits of the machines they are for", "[pipeline]") {
    const auto d1600 = shipped("di-d1600");
    const auto span = d1600.pitch * static_cast<std::int64_t>(d1600.positions.size() - 1);
    CHECK(span <= 70_mm);
    CHECK(d1600.pitch >= 2.54_mm);
    CHECK(d1600.length >= 10_mm);
    CHECK((d1600.thickness >= 0.35_mm && d1600.thickness <= 0.7_mm));
    for (const Size sheet : {Size{210_mm, 297_mm}, Size{215.9_mm, 279.4_mm}}) {
        const Length centre = d1600.left_on(sheet) + d1600.length / 2 - sheet.width / 2;
        CHECK((centre >= 59_mm && centre <= 108_mm));
        CHECK(d1600.first >= 20_mm);
        CHECK(sheet.height - d1600.first - span >= 30_mm);
        CHECK(Rect{{}, sheet}.contains(d1600.zone_on(sheet)));
    }
}

TEST_CASE("a mark profile with a mistake is refused with file and line", "[pipeline]") {
    const pli::test::Folder folder;
    std::filesystem::create_directories(folder / "omr");
    const auto refused = [&](std::string from, std::string to) {
        auto text = pli::test::read_file("pipeline/marks/omr/generic.toml");
        const auto at = text.find(from);
        REQUIRE(at != text.npos);
        folder.write("omr/x.toml", text.replace(at, from.size(), to));
        return MarkFiles::load(folder.path(), "").error().text();
    };
    CHECK_THAT(refused("\"last\"", "\"lats\""), Catch::Contains("x.toml:") && Catch::Contains("marks such as gate"));
    CHECK_THAT(refused("pitch = 4.2333", "pitch = 0.9"), Catch::Contains("two thicknesses apart"));
    CHECK_THAT(refused("from_edge", "from_egde"), Catch::Contains("lacks the key from_edge"));
    CHECK_THAT(refused("edge = \"right\"", "edge = \"top\""), Catch::Contains("one of: left, right"));
    CHECK_THAT(refused("thickness = 0.7", "thickness = 0.7\ncolour = 1"), Catch::Contains("mark has no key colour"));
    CHECK_THAT(refused("clear = [3, 10, 10]", "clear = [3, 10]"), Catch::Contains("[beside, before, after]"));
}

TEST_CASE("a workspace's own marks win over Pli's of that name; an unknown name is answered with those there are",
          "[pipeline]") {
    const pli::test::Folder folder;
    std::filesystem::create_directories(folder / "omr");
    auto text = pli::test::read_file("pipeline/marks/omr/generic.toml");
    folder.write("omr/mine.toml", text.replace(text.find("length = 10"), 11, "length = 12"));
    const auto files = MarkFiles::load("pipeline/marks", folder.path()).value();
    CHECK(files.omr("generic", today)->length == 12_mm);
    CHECK(files.omr("di-425", today)->last_sheet_first);
    const auto missing = files.omr("bell-howell", today);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().fault == Fault::NotFound);
    CHECK_THAT(missing.error().message, Catch::Contains("di-425, di-d1600"));
}
