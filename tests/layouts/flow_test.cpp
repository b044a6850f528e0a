#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "drawing_table.hpp"
#include "page_reading.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;
using trial::lines_of;

namespace {

/// A page whose body holds ten lines of 10 pt on 12 pt, so that breaks can be counted.
std::string ten_lines(const std::string& body, const std::string& more = "") {
    return R"({"profile": "DIN5008-B", "style": {"size": 10, "leading": 12, "gap": 0},
        "body_box": {"x": 25, "y": 100, "w": 160, "h": 42.5},
        "next": {"body_box": {"x": 25, "y": 30, "w": 160, "h": 42.5}}, )" +
           more + R"("body": [)" + body + "]}";
}

/// A block of so many lines, each saying which it is.
std::string lines(const std::string& name, int count, const std::string& keys = "") {
    std::string text;
    for (int i = 1; i <= count; ++i) text += (i > 1 ? "\\n" : "") + name + std::to_string(i) + " {city}";
    return R"({"text": ")" + text + "\"" + keys + "}";
}

std::vector<std::size_t> lines_per_page(const std::vector<Frame>& pages) {
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const Length top = i == 0 ? 99_mm : 29_mm;  // above the first page's body stands the address
        counts.push_back(lines_of(pages[i], top, top + 45_mm).size());
    }
    return counts;
}

using Counts = std::vector<std::size_t>;

Counts counted(const std::string& json) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter_with({}));
    if (!pages) FAIL(pages.error().text());
    return lines_per_page(*pages);
}

}  // namespace

TEST_CASE("no line of a paragraph stands alone at the foot or at the head of a page", "[layouts]") {
    CHECK(counted(ten_lines(lines("a", 9) + "," + lines("b", 4))) == Counts{9, 4});  // b1 would stand alone
    CHECK(counted(ten_lines(lines("a", 7) + "," + lines("b", 4))) == Counts{9, 2});  // b4 would stand alone
    CHECK(counted(ten_lines(lines("a", 8) + "," + lines("b", 3))) == Counts{8, 3});  // 2 + 1 or 1 + 2: neither
}

TEST_CASE("a style asks for more or fewer lines that stay together", "[layouts]") {
    CHECK(counted(ten_lines(lines("a", 7) + "," + lines("b", 5, R"(, "orphans": 4)"))) == Counts{7, 5});
    CHECK(counted(ten_lines(lines("a", 6) + "," + lines("b", 5, R"(, "widows": 3)"))) == Counts{8, 3});
    CHECK(counted(ten_lines(lines("a", 9) + "," + lines("b", 4, R"(, "style": "loose")"),
                            R"("styles": {"loose": {"orphans": 1, "widows": 1}}, )")) == Counts{10, 3});
}

TEST_CASE("a heading goes with what follows it, whatever that is", "[layouts]") {
    const std::string heading = R"({"html": "<h3>Heading {city}</h3>"})";
    CHECK(counted(ten_lines(lines("a", 8) + "," + heading + "," + lines("b", 4))) == Counts{8, 5});
    CHECK(counted(ten_lines(lines("a", 8) + "," + heading + R"(,{"spacer": 1},)" + lines("b", 4))) == Counts{8, 5});
    DrawingTable table;
    table.files["p.png"] = "pixels";
    const auto pages =
        table.lay_out(ten_lines(lines("a", 8) + "," + heading + R"(,{"image": "p.png", "w": 30})"), letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    CHECK(lines_per_page(*pages) == Counts{8, 1});
}

TEST_CASE("a heading goes with its table's head and first row", "[layouts]") {
    const auto json = ten_lines(lines("a", 7) + R"(,{"text": "Heading {city}", "keep_with_next": true},
        {"table": {"rows": "items", "row_height": 4.233, "columns": [{"w": 50, "title": "T", "text": "{n}"}]}})",
                                R"("sample": {"items": [{"n": "x"}]}, )");
    DrawingTable table;
    const auto pages = table.lay_out(json, letter_with({{"items", R"([{"n": "one"}, {"n": "two"}])"}}));
    REQUIRE(pages);
    CHECK(lines_per_page(*pages) == Counts{9, 1});  // seven lines, heading, head (a layer), one row: just full
    DrawingTable second;
    const auto moved = second.lay_out(ten_lines(lines("a", 8) + R"(,{"text": "Heading {city}", "keep_with_next": true},
        {"table": {"rows": "items", "row_height": 4.233, "columns": [{"w": 50, "title": "T", "text": "{n}"}]}})",
                                                R"("sample": {"items": [{"n": "x"}]}, )"),
                                      letter_with({{"items", R"([{"n": "one"}, {"n": "two"}])"}}));
    REQUIRE(moved);
    CHECK(lines_per_page(*moved) == Counts{8, 3});
}

TEST_CASE("blocks of a group stay on one page, and a group taller than a page begins on a new one and is split",
          "[layouts]") {
    const auto group = [](const std::string& inside) { return R"({"group": [)" + inside + "]}"; };
    CHECK(counted(ten_lines(lines("a", 5) + "," + group(lines("b", 3) + "," + lines("c", 3)))) == Counts{5, 6});
    CHECK(counted(ten_lines(lines("a", 5) + "," + group(lines("b", 8) + "," + lines("c", 8)))) == Counts{5, 10, 6});
    CHECK(counted(ten_lines(lines("a", 5, R"(, "keep_together": true)") + "," +
                            lines("b", 6, R"(, "keep_together": true)"))) == Counts{5, 6});
    CHECK(counted(ten_lines(lines("a", 25, R"(, "keep_together": true)"))) == Counts{10, 10, 5});
}

TEST_CASE("a chain of headings longer than a page ends, and so does a letter of nothing but kept blocks", "[layouts]") {
    std::string chain = lines("h", 1, R"(, "keep_with_next": true)");
    for (int i = 0; i < 40; ++i) chain += "," + lines("h", 1, R"(, "keep_with_next": true)");
    const auto counts = counted(ten_lines(chain));
    std::size_t all = 0;
    for (const auto count : counts) all += count;
    CHECK(all == 41);
    CHECK(counts == Counts{10, 10, 10, 10, 1});
}

TEST_CASE("a follow-on page may be narrower: the rest of a paragraph is broken for it", "[layouts]") {
    std::string words;
    for (int i = 0; i < 90; ++i) words += "word" + std::to_string(i) + " ";
    DrawingTable table;
    const auto pages = table.lay_out(R"({"profile": "DIN5008-B", "style": {"size": 10, "leading": 12, "gap": 0},
        "body_box": {"x": 25, "y": 100, "w": 160, "h": 17}, "next": {"body_box": {"x": 105, "y": 30, "w": 80, "h": 200}},
        "body": [{"text": "{city} )" + words +
                                         R"("}, {"text": "static text of one line"}]})",
                                     letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    const auto first = lines_of(pages->front(), 99_mm, 120_mm), next = lines_of(pages->back(), 29_mm, 250_mm);
    CHECK(first.size() == 4);
    CHECK(next.size() >= 8);
    for (const auto& line : next) {
        CHECK(line.left == 105_mm);
        CHECK(line.right <= 185_mm + 1_pt / 100);
    }
    CHECK(next.front().right > 150_mm);
}

TEST_CASE("a word divided for the first page's measure is whole again where the next page's gives it room",
          "[layouts]") {
    std::string words;
    for (int i = 0; i < 30; ++i) words += "Versandhandelsbuchhaltung Donaudampfschifffahrt ";
    DrawingTable table;
    const auto pages = table.lay_out(R"({"profile": "DIN5008-B", "locale": "de-DE",
        "style": {"size": 10, "leading": 12, "gap": 0, "align": "justify", "hyphenate": true},
        "body_box": {"x": 25, "y": 100, "w": 70, "h": 26}, "next": {"body_box": {"x": 25, "y": 30, "w": 163, "h": 200}},
        "body": [{"text": ")" + words + R"({city}"}]})",
                                     letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    std::string all;
    for (const auto& line : trial::lines_of((*pages)[0], 99_mm, 130_mm, &table.fonts())) all += line.text + "\n";
    CHECK_THAT(all, Contains("-\n"));  // else the test shows nothing
    for (const auto& line : trial::lines_of((*pages)[1], 29_mm, 240_mm, &table.fonts())) all += line.text + "\n";
    for (auto at = all.find("-\n"); at != std::string::npos; at = all.find("-\n")) all.erase(at, 2);
    std::replace(all.begin(), all.end(), '\n', ' ');
    CHECK(all == words + "Paris ");
}

TEST_CASE("a column set side by side is never parted from its neighbour", "[layouts]") {
    const std::string beside = R"({"columns": [{"w": 60, "body": [)" + lines("l", 6) + R"(]}, {"body": [)" +
                               lines("r", 3) + R"(]}], "between": 10})";
    DrawingTable table;
    const auto pages = table.lay_out(ten_lines(lines("a", 5) + "," + beside + "," + lines("b", 2)), letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    const auto next = lines_of(pages->back(), 29_mm, 75_mm);
    CHECK(next.size() == 6 + 2);  // lines beside one another are one line of the page
    const auto too_tall = [&] {
        DrawingTable other;
        return other.lay_out(ten_lines(R"({"columns": [{"body": [)" + lines("l", 12) + "]}]}"), letter_with({}));
    }();
    REQUIRE_FALSE(too_tall);
    CHECK_THAT(too_tall.error().text(), Contains("/body/0") && Contains("50.8 mm tall") && Contains("42.5 mm"));
}

TEST_CASE("pages are numbered when the letter is set, in the letter's own digits", "[layouts]") {
    const std::string footer = R"("footer": [{"text": "Page {page} of {pages}", "at": {"x": 25, "baseline": 285}}], )";
    DrawingTable table, arabic({"Noto Sans Arabic"}), declared;
    const auto pages = table.lay_out(ten_lines(lines("a", 25), footer), letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 3);
    for (const auto& page : *pages) CHECK(lines_of(page, 280_mm, 290_mm).size() == 1);
    CHECK(trial::text_of((*pages)[1], 280_mm, 290_mm, table.fonts()) == "Page 2 of 3");
    const auto in_arabic = arabic.lay_out(
        ten_lines(lines("a", 2),
                  R"("locale": "ar-EG", "footer": [{"text": "{page}", "at": {"x": 25, "baseline": 285}}], )"),
        letter_with({}));
    REQUIRE(in_arabic);
    CHECK(trial::text_of(in_arabic->front(), 280_mm, 290_mm, arabic.fonts()) == "١");
    const auto own =
        declared.lay_out(ten_lines(lines("a", 2), R"("fields": ["pages"], )" + footer), letter_with({{"pages", "48"}}));
    REQUIRE(own);
    CHECK(trial::text_of(own->front(), 280_mm, 290_mm, declared.fonts()) == "Page 1 of 48");
}

TEST_CASE("a fixed text stands on the pages it names", "[layouts]") {
    const std::string footer = R"("footer": [
        {"text": "F", "when_page": "first", "at": {"x": 25, "baseline": 280}},
        {"text": "O", "when_page": "follow-on", "at": {"x": 45, "baseline": 280}},
        {"text": "L", "when_page": "last", "at": {"x": 65, "baseline": 280}},
        {"text": "N", "when_page": "not-last", "at": {"x": 85, "baseline": 280}},
        {"text": "S{city}", "when_page": "several", "at": {"x": 105, "baseline": 280}}], )";
    DrawingTable one, three;
    const auto alone = one.lay_out(ten_lines(lines("a", 3), footer), letter_with({}));
    const auto more = three.lay_out(ten_lines(lines("a", 25), footer), letter_with({}));
    REQUIRE(alone);
    REQUIRE(more);
    const auto marks = [](const DrawingTable& table, const Frame& page) {
        return trial::text_of(trial::flattened(page, table.assets()), 275_mm, 282_mm, table.fonts());
    };
    CHECK(marks(one, alone->front()) == "F L");
    CHECK(marks(three, (*more)[0]) == "F N SParis");
    CHECK(marks(three, (*more)[1]) == "O N SParis");
    CHECK(marks(three, (*more)[2]) == "O L SParis");
}

TEST_CASE("a page number in the body is refused: it is not known there", "[layouts]") {
    DrawingTable table;
    CHECK_THAT(trial::told(table.compile(ten_lines(R"({"text": "see page {page}"})")).findings),
               Contains("error page-number") && Contains(R"(has its place in "fixed")"));
}

TEST_CASE("backs may be left to the sender's terms: text goes on on fronts, numbered without the backs", "[layouts]") {
    const std::string back = R"("sides": "duplex", "back": {"body": [{"text": "Terms and conditions"}]},
        "footer": [{"text": "{page}/{pages}", "at": {"x": 25, "baseline": 285}}], )";
    DrawingTable table, plain, every, simplex;
    const auto pages = table.lay_out(ten_lines(lines("a", 15), back), letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 3);
    CHECK(lines_per_page({(*pages)[0], (*pages)[2]}) == Counts{10, 5});
    CHECK(trial::text_of(trial::flattened((*pages)[1], table.assets()), 0_mm, 297_mm, table.fonts()) ==
          "Terms and conditions");
    CHECK(trial::text_of((*pages)[2], 280_mm, 290_mm, table.fonts()) == "2/2");

    const auto left =
        plain.lay_out(ten_lines(lines("a", 15), R"("sides": "duplex", "backs": "leave", )"), letter_with({}));
    REQUIRE(left);
    REQUIRE(left->size() == 3);
    CHECK((*left)[1].items.empty());

    std::string on_every = back;
    on_every.replace(on_every.find("\"body\""), 0, R"("sheets": "every", )");
    const auto both = every.lay_out(ten_lines(lines("a", 15), on_every), letter_with({}));
    REQUIRE(both);
    REQUIRE(both->size() == 4);
    CHECK(dump((*both)[1]) == dump((*both)[3]));

    auto letter = letter_with({});
    letter.options.sides = Sides::Simplex;
    const auto refused = simplex.lay_out(ten_lines(lines("a", 5), back), letter);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(), Contains("asks for one side"));
}

TEST_CASE("a letter beyond its pages or sheets is rejected, saying which block and by how much", "[layouts]") {
    DrawingTable pages, sheets;
    const auto long_one =
        pages.lay_out(ten_lines(lines("a", 8) + "," + lines("b", 8), R"("max_pages": 1, )"), letter_with({}));
    REQUIRE_FALSE(long_one);
    CHECK(long_one.error().fault == Fault::Overflow);
    CHECK_THAT(long_one.error().text(), Contains("letter K-17, body, /body/1") &&
                                            Contains("more than 1 page: it takes 2") &&
                                            Contains("25.4 mm stand on the last"));
    const auto many =
        sheets.lay_out(ten_lines(lines("a", 25), R"("sides": "duplex", "max_sheets": 1, )"), letter_with({}));
    REQUIRE_FALSE(many);
    CHECK_THAT(many.error().text(), Contains("3 pages take more than 1 sheet"));
}

TEST_CASE("a body that may shrink does so in steps, and only as far as it may", "[layouts]") {
    const std::string keys = R"("max_pages": 1, "overflow": "shrink", "shrink_to": 0.8, )";
    DrawingTable table, no_more;
    const auto pages = table.lay_out(ten_lines(lines("a", 11), keys), letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 1);
    CHECK(lines_per_page(*pages) == Counts{11});
    std::set<std::int64_t> sizes;
    for (const auto& line : lines_of(pages->front(), 99_mm, 145_mm)) sizes.insert(line.size.nm());
    CHECK(sizes == std::set<std::int64_t>{(10_pt * 900 / 1000).nm()});
    const auto refused = no_more.lay_out(ten_lines(lines("a", 14), keys), letter_with({}));
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(), Contains("the type is at 80.0 % already"));
}
