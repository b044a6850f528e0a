#include <catch2/catch.hpp>
#include <cmath>

#include "drawing_table.hpp"
#include "layouts/list_labels.hpp"
#include "page_reading.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

std::string document(const std::string& body, const std::string& more = "") {
    return R"({"profile": "DIN5008-B", "locale": "de-DE", "style": {"size": 10, "leading": 12, "gap": 0},
        "body_box": {"x": 25, "y": 100, "w": 160, "h": 150}, )" +
           more + R"("body": [)" + body + "]}";
}

/// Runs of text with their left and right ends, from top to bottom and left to right.
struct Piece {
    std::string text;
    Length left, right, baseline;
};

std::vector<Piece> pieces(const std::string& json, const Letter& letter) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter);
    if (!pages) FAIL(pages.error().text());
    std::vector<Piece> result;
    for (const Frame& page : *pages) {
        const Frame flat = trial::flattened(page, table.assets());
        for (const Item& item : flat.items) {
            const auto* run = std::get_if<TextRun>(&item);
            if (!run || run->baseline.y < 99_mm || run->baseline.y > 260_mm) continue;
            Frame alone;
            alone.glyphs = flat.glyphs;
            alone.text = flat.text;
            alone.items.emplace_back(*run);
            const auto line = trial::lines_of(alone, 0_mm, 297_mm, &table.fonts()).front();
            result.push_back({line.text, line.left, line.right, line.baseline});
        }
    }
    return result;
}

const Piece& named(const std::vector<Piece>& all, const std::string& text) {
    for (const Piece& piece : all)
        if (piece.text.find(text) != std::string::npos) return piece;
    FAIL("no run with " << text);
    return all.front();
}

std::string rejection(const std::string& json, const Letter& letter) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter);
    REQUIRE_FALSE(pages);
    return pages.error().text();
}

}  // namespace

TEST_CASE("text goes on at its tab stop: left, right, centred or on the decimal sign", "[layouts]") {
    const std::string tabs =
        R"("tabs": [{"at": 40}, {"at": 90, "align": "right"}, {"at": 110, "align": "centre"}, {"at": 140, "align": "decimal"}])";
    const auto all = pieces(document(R"({"text": "First\tleft\tright\tmid\t{amount:money}", )" + tabs + "}"),
                            letter_with({{"amount", "1234.5"}}));
    CHECK(named(all, "First").left == 25_mm);
    CHECK(named(all, "left").left == 65_mm);
    CHECK(named(all, "right").right.to_mm() == Approx(115).margin(0.01));
    const Piece& middle = named(all, "mid");
    CHECK((middle.left + middle.right).to_mm() / 2 == Approx(135).margin(0.01));
    const Piece& amount = named(all, "1.234,50");
    const Piece shorter =
        named(pieces(document(R"({"text": "\t\t\t\t{amount:money}", )" + tabs + "}"), letter_with({{"amount", "7"}})),
              "7,00");
    CHECK(amount.right.to_mm() == Approx(shorter.right.to_mm()).margin(0.03));  // as many decimals: the same end
    CHECK(shorter.left > amount.left);
    CHECK(shorter.left < 165_mm);
    CHECK(shorter.right > 165_mm);
}

TEST_CASE("a tab in a field's value is a tab", "[layouts]") {
    const std::string json = document(R"({"text": "{both}", "tabs": [{"at": 60}]})");
    const auto all = pieces(json, letter_with({{"both", "before\tbehind"}}));
    REQUIRE(all.size() == 2);
    CHECK(all[1].text == "behind");
    CHECK(all[1].left == 85_mm);
    const auto greek = pieces(json, letter_with({{"both", "πριν\tμετά"}}));
    REQUIRE(greek.size() == 2);
    CHECK(greek[1].left == 85_mm);
    const auto plain = pieces(document(R"({"text": "{both}"})"), letter_with({{"both", "before\tbehind"}}));
    REQUIRE(plain.size() == 1);  // without tab stops it is a space
    CHECK(plain[0].text == "before behind");
}

TEST_CASE("leaders fill the way to the text, and their dots stand below one another", "[layouts]") {
    const auto all = pieces(
        document(R"({"text": "A\t1\nLonger {city}\t12", "tabs": [{"at": 100, "align": "right", "leader": "."}]})"),
        letter_with({}));
    std::vector<Piece> leaders;
    for (const Piece& piece : all)
        if (piece.text.find("..") != std::string::npos) leaders.push_back(piece);
    REQUIRE(leaders.size() == 2);
    CHECK(leaders[0].left > named(all, "A").right);
    CHECK(leaders[0].right < named(all, "1").left);
    const double dot = (leaders[0].right - leaders[0].left).to_mm() / static_cast<double>(leaders[0].text.size());
    const double apart = (leaders[1].left - leaders[0].left).to_mm() / dot;
    CHECK(apart == Approx(std::round(apart)).margin(0.01));
}

TEST_CASE("what does not fit behind its last tab goes on below itself, and what fits nowhere is refused", "[layouts]") {
    std::string words;
    for (int i = 0; i < 40; ++i) words += "word ";
    const std::string tabs = R"("tabs": [{"at": 60}])";
    const auto all =
        pieces(document(R"({"text": "Term\t{words}\nNext\tshort", )" + tabs + "}"), letter_with({{"words", words}}));
    REQUIRE(all.size() > 5);
    CHECK(all[0].text == "Term");
    for (std::size_t i = 1; i + 2 < all.size(); ++i) {
        CHECK(all[i].left == 85_mm);
        CHECK(all[i].right <= 185_mm);
    }
    CHECK(all.back().baseline - named(all, "Next").baseline == 0_mm);
    CHECK_THAT(rejection(document(R"({"text": "x\t{words}", "tabs": [{"at": 150, "align": "right"}]})"),
                         letter_with({{"words", words}})),
               Contains("/body/0/text") && Contains("a line with tabs is") && Contains("there are 160.0 mm"));
}

TEST_CASE("a text too long for its stop is pushed on, never over its neighbour", "[layouts]") {
    const auto all = pieces(document(R"({"text": "A rather long text that goes beyond {city}\tbehind",
                                         "tabs": [{"at": 70, "align": "right"}]})"),
                            letter_with({}));
    const Piece& behind = named(all, "behind");
    CHECK(behind.left > named(all, "beyond").right);
}

TEST_CASE("labels of lists are written in figures, letters and Roman numerals", "[layouts]") {
    CHECK(numeral('1', 12) == "12");
    CHECK(numeral('a', 1) == "a");
    CHECK(numeral('a', 27) == "aa");
    CHECK(numeral('A', 52) == "AZ");
    CHECK(numeral('i', 1994) == "mcmxciv");
    CHECK(numeral('I', 4000) == "4000");
    ListSpec list;
    list.ordered = true;
    CHECK(label_of(list, 0, 3) == "3.");
    CHECK(label_of(list, 1, 3) == "c)");
    list.marker = MarkerSpec{"§ 1", ""};
    CHECK(label_of(list, 0, 7) == "§ 7");
    list.ordered = false;
    list.marker = MarkerSpec{"→", ""};
    CHECK(label_of(list, 2, 7) == "→");
}

TEST_CASE("items hang, numbers end below one another, and lists stand in lists", "[layouts]") {
    const auto all = pieces(
        document(
            R"({"list": ["nine {city}", {"text": "ten", "list": ["inner", {"html": "<b>bold</b> item"}], "marker": "–"},
                                                 "eleven"], "ordered": true, "start": 9, "indent": 8})"),
        letter_with({}));
    CHECK(named(all, "nine").left == 33_mm);
    CHECK(named(all, "9.").right.to_mm() == Approx(named(all, "10.").right.to_mm()).margin(0.01));
    CHECK(named(all, "9.").right == 33_mm - 1.5_mm);
    CHECK(named(all, "inner").left == 38_mm);
    CHECK(named(all, "–").left == 33_mm);
    CHECK(named(all, "11.").baseline == named(all, "eleven").baseline);
    const auto html =
        pieces(document(R"({"html": "<ol start=\"9\"><li>nine<ul><li>inner</li></ul></li><li>ten</li></ol>"})"),
               letter_with({}));
    CHECK(named(html, "9.").right == named(html, "10.").right);
    CHECK(named(html, "inner").left == named(html, "nine").left + 5_mm);
}

TEST_CASE("a list stands in as far as its widest label needs", "[layouts]") {
    const auto all =
        pieces(document(R"({"list": ["{city}", "two"], "ordered": true, "marker": "Article 1 –", "start": 10})"),
               letter_with({}));
    CHECK(named(all, "Article").left >= 25_mm);
    CHECK(named(all, "two").left == named(all, "Paris").left);
    CHECK((named(all, "two").left - named(all, "Article").right).to_mm() == Approx(1.5).margin(0.3));
    const auto html = pieces(
        document(R"({"html": "<ol start=\"998\"><li>{city}</li><li>two</li><li>three</li></ol>"})"), letter_with({}));
    CHECK(named(html, "1000.").left.to_mm() == Approx(25).margin(0.01));
    CHECK(named(html, "998.").right == named(html, "1000.").right);
}

TEST_CASE("a list goes over pages within an item, and its label stays with the item's first line", "[layouts]") {
    std::string words;
    for (int i = 0; i < 400; ++i) words += "word ";
    DrawingTable table;
    const auto pages = table.lay_out(document(R"({"list": ["{words}", "{words}", "{words}"], "ordered": true})"),
                                     letter_with({{"words", words}}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    std::size_t labels = 0;
    for (const Frame& page : *pages)
        for (const auto& line : trial::lines_of(page, 29_mm, 260_mm, &table.fonts()))
            labels += line.text.find(". word") != std::string::npos;
    CHECK(labels == 3);
}

TEST_CASE("tab stops that run backwards and lists that say nothing are errors of the template", "[layouts]") {
    const auto told = [](const std::string& body) {
        DrawingTable table;
        return trial::told(table.compile(document(body)).findings);
    };
    CHECK_THAT(told(R"({"text": "x", "tabs": [{"at": 60}, {"at": 50}]})"), Contains("error tabs"));
    CHECK_THAT(told(R"({"text": "x", "tabs": [{"align": "left"}]})"), Contains("error missing-key"));
    CHECK_THAT(told(R"({"list": []})"), Contains("error missing-key"));
    CHECK_THAT(told(R"({"list": [{"text": "a", "html": "b"}]})"), Contains("either \"text\" or \"html\""));
}
