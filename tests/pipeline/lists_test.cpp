#include <catch2/catch.hpp>

#include "pipeline/hand_over.hpp"
#include "pipeline/manifest.hpp"
#include "pipeline/piece_mark.hpp"
#include "pipeline/piece_notes.hpp"
#include "pipeline/posting_list.hpp"
#include "pipeline/press_sheet.hpp"
#include "pipeline/production_class.hpp"
#include "tests/pipeline/print_house.hpp"

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

std::string csv(std::string_view value) {
    std::string line;
    append_csv_field(line, value);
    return line;
}
std::string json(std::string_view value) {
    std::string line;
    append_json_string(line, value);
    return line;
}

BatchSpec small_batch() {
    BatchSpec batch;
    batch.name = "2026-11-22-1-a4-80-dl-simplex-black-0001";
    batch.id = "12345678901234";
    batch.production = production_class({"A4-80", "C6/5", false, Sides::Simplex, {}}, Sides::Simplex, {210_mm, 297_mm});
    return batch;
}

ManifestRow row(std::uint32_t piece, std::uint32_t sheets, std::string_view country, std::string_view key = "k") {
    return {piece, sheets, sheets, {LetterId{piece + 100}, key, "thanks", country, "75001"}, {}};
}

}  // namespace

TEST_CASE("a CSV field is quoted only where a reader would lose it otherwise", "[pipeline]") {
    CHECK(csv("75001") == "75001");
    CHECK(csv("a,b") == "\"a,b\"");
    CHECK(csv("say \"hi\"") == "\"say \"\"hi\"\"\"");
    CHECK(csv("two\r\nlines") == "\"two\r\nlines\"");
    CHECK(csv("=1+1") == "=1+1");  // data stays data: docs/print-house.md tells how to open it safely
}

TEST_CASE("a JSON string keeps every character", "[pipeline]") {
    CHECK(json("Łódź \"x\" \\ \n") == "\"Łódź \\\"x\\\" \\\\ \\u000a\"");
}

TEST_CASE("the manifest's two files tell the same, and keys that hurt come back as they were", "[pipeline]") {
    const Folder out;
    auto folder = HiddenFolder::create(out.path(), "b").value();
    const auto batch = small_batch();
    auto manifest = Manifest::create(folder, batch).value();
    REQUIRE(manifest.add(row(1, 2, "FR", "a,\"b\"\nc")));
    REQUIRE(manifest.close());
    const auto rows = csv_rows(folder.path("manifest.csv"));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].at("key") == "a,\"b\"\nc");
    CHECK(rows[0].at("envelope") == "C6/5");
    CHECK(rows[0].at("letter") == "101");
    const auto line = read_file(folder.path("manifest.jsonl"));
    CHECK_THAT(line, Catch::Contains("\"key\":\"a,\\\"b\\\"\\u000ac\""));
    for (const auto& [column, value] : rows[0]) CHECK_THAT(line, Catch::Contains("\"" + column + "\":"));
}

TEST_CASE("the posting list counts by country and thickness, with number ranges and a total", "[pipeline]") {
    const Folder out;
    auto folder = HiddenFolder::create(out.path(), "b").value();
    PostingList list;
    for (const auto& piece : {row(1, 1, "DE"), row(2, 2, "DE"), row(3, 1, "DE"), row(4, 1, "FR")}) list.add(piece);
    REQUIRE(list.write(folder, small_batch()));
    const auto rows = csv_rows(folder.path("posting-list.csv"));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].at("country") == "DE");
    CHECK(rows[0].at("sheets_per_piece") == "1");
    CHECK(rows[0].at("pieces") == "2");
    CHECK(rows[0].at("first_piece") == "1");
    CHECK(rows[0].at("last_piece") == "3");
    CHECK(rows[3].at("country") == "total");
    CHECK(rows[3].at("pieces") == "4");
    CHECK(rows[3].at("sheets") == "5");
}

TEST_CASE("a production class is named in what every file system and machine takes", "[pipeline]") {
    const layouts::Production production{"A4-80", "C6/5", true, Sides::Simplex, {}};
    CHECK(production_class(production, Sides::Duplex, {210_mm, 297_mm}).name == "a4-80-c6-5-duplex-colour");
    const layouts::Production odd{"Papier recyclé / 90", "", false, Sides::Simplex, {}};
    CHECK(production_class(odd, Sides::Simplex, {210_mm, 297_mm}).name == "a4-papier-recycl-90-simplex-black");
    CHECK(production_class(odd, Sides::Simplex, {120_mm, 100_mm}).name == "120x100mm-papier-recycl-90-simplex-black");
}

TEST_CASE("letters of different sheet sizes are never in one class", "[pipeline]") {
    const layouts::Production production{"Plain-80", "DL", true, Sides::Simplex, {}};
    const auto a4 = production_class(production, Sides::Simplex, {210_mm, 297_mm});
    const auto letter = production_class(production, Sides::Simplex, {Length::mm(215.9), Length::mm(279.4)});
    const auto a4_in_points = production_class(production, Sides::Simplex, {595_pt, 842_pt});
    CHECK(a4.name != letter.name);
    CHECK(a4.name == a4_in_points.name);
}

TEST_CASE("the code on a sheet has fixed places and only digits", "[pipeline]") {
    CHECK(code_payload({"00001234567890", 123, 1, 2}) == "1000012345678900000123001002");
    CHECK(code_payload({"00001234567890", most_pieces, most_sheets, most_sheets}).size() == 28);
    CHECK(readable_id({"00001234567890", 123, 1, 2}) == "0000123 1/2");
}

TEST_CASE("two merchants with a batch of one name have different batch ids", "[pipeline]") {
    CHECK(batch_id("boutique", "b-0001") == batch_id("boutique", "b-0001"));
    CHECK(batch_id("boutique", "b-0001") != batch_id("museum", "b-0001"));
    CHECK(batch_id("boutique", "b-0001") != batch_id("boutique", "b-0002"));
    CHECK(batch_id("boutique", "b-0001").size() == 14);
}

TEST_CASE("notes of pieces are read back as they were written", "[pipeline]") {
    const Folder out;
    auto notes = PieceNotes::create(out / "notes").value();
    const std::string long_key(100'000, 'x');
    REQUIRE(notes.add({LetterId{7}, "", "thanks", "FR", ""}));
    REQUIRE(notes.add({LetterId{8}, long_key, "", "", "75001"}));
    REQUIRE(notes.finish());
    auto reader = PieceNotesReader::open(out / "notes").value();
    const auto first = reader.next().value();
    CHECK(first.letter == LetterId{7});
    CHECK(first.template_name == "thanks");
    const auto second = reader.next().value();
    CHECK(second.key == long_key);
    CHECK(second.postal_code == "75001");
    CHECK_FALSE(reader.next());
}

TEST_CASE("the two cells of SRA3 are A4, side by side, with crop marks outside the trim", "[pipeline]") {
    const auto layout = lay_out_press(two_up_on(sra3)).value();
    CHECK(layout.media == Size{450_mm, 320_mm});
    CHECK(layout.trim == Rect{{15_mm, Length::mm(11.5)}, {420_mm, 297_mm}});
    CHECK(layout.cells[0].right() == layout.cells[1].left());
    CHECK(enter_cell(layout, 1, false) == "q 1 0 0 1 637.80 32.60 cm 0 0 595.28 841.89 re W n\n");
    for (const auto& item : press_marks(layout, false, true).items) {
        const auto& mark = std::get<Rule>(item);
        const Rect extent{mark.from, {mark.to.x - mark.from.x, mark.to.y - mark.from.y}};
        CHECK_FALSE(layout.trim.contains(extent));
        CHECK(Rect{{}, layout.media}.contains(extent));
    }
}

TEST_CASE("crop marks stand on all plates, in a black job and on the letters themselves on black alone", "[pipeline]") {
    const auto colour_of = [](Size sheet, bool colour) {
        return std::get<Rule>(press_marks(lay_out_press(two_up_on(sheet)).value(), false, colour).items.front()).colour;
    };
    CHECK(colour_of(sra3, true) == Colour::registration());
    CHECK(colour_of(sra3, false) == Colour::black());
    CHECK(colour_of(a3, true) == Colour::black());
}

TEST_CASE("A3 has no room outside the cells: only the cut between them is marked", "[pipeline]") {
    const auto layout = lay_out_press(two_up_on(a3)).value();
    const auto marks = press_marks(layout, false, true);
    REQUIRE(marks.items.size() == 2);
    CHECK(std::get<Rule>(marks.items[0]).from.x == 210_mm);
}
