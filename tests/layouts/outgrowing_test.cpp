#include <catch2/catch.hpp>

#include "drawing_table.hpp"
#include "page_reading.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

/// A page with the fixed blocks and an empty body at its foot.
std::string page(const std::string& fixed, const std::string& more = "") {
    return R"({"profile": "DIN5008-B", "style": {"size": 10, "leading": 12, "gap": 0}, "fields": ["v"],
        "body_box": {"x": 25, "y": 200, "w": 160, "h": 60}, )" +
           more + R"("fixed": [)" + fixed + R"(], "body": []})";
}

Result<std::vector<Frame>> laid_out(const std::string& json, std::string_view value) {
    DrawingTable table;
    return table.lay_out(json, letter_with({{"v", value}}));
}

std::string rejection(const std::string& json, std::string_view value) {
    const auto pages = laid_out(json, value);
    return pages ? "set" : pages.error().text();
}

std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += i > 0 ? " words" : "words";
    return text;
}

Length right_end(const Frame& frame, const DrawingTable& table) {
    Length right;
    for (const auto& line : trial::lines_of(frame, 0_mm, 297_mm, &table.fonts())) right = std::max(right, line.right);
    return right;
}

}  // namespace

TEST_CASE("a line without a width that would leave the sheet rejects the letter, saying by how much", "[layouts]") {
    const std::string at = R"({"text": "{v}", "at": {"x": 120, "baseline": 150}})";
    CHECK(rejection(page(at), words(6)) == "set");
    CHECK_THAT(rejection(page(at), words(12)), Contains("letter K-17, fixed text /fixed/0") && Contains("a line is") &&
                                                   Contains("mm beyond its place"));
    CHECK_THAT(rejection(page(R"({"text": "{v}", "at": {"right_x": 100, "baseline": 150}})"), words(12)),
               Contains("beyond its place"));
    CHECK_THAT(rejection(page(R"({"text": "{v}", "at": {"centre_x": 105, "baseline": 150}})"), words(24)),
               Contains("beyond its place"));
}

TEST_CASE("a line that would run into the picture beside it rejects the letter or shrinks", "[layouts]") {
    const std::string rule = R"(, {"rule": 1, "at": {"x": 100, "y": 140, "h": 20}})";
    const std::string text = R"({"text": "{v}", SHRINK"at": {"x": 40, "baseline": 150}})";
    const auto with = [&](const std::string& keys) {
        std::string own = text;
        return page(own.replace(own.find("SHRINK"), 6, keys) + rule);
    };
    CHECK(rejection(with(""), words(4)) == "set");
    CHECK_THAT(rejection(with(""), words(6)), Contains("beyond its place"));
    DrawingTable table;
    const std::string words_6 = words(6);
    const auto shrunk =
        table.lay_out(with(R"("overflow": "shrink", "shrink_to": 0.85, )"), letter_with({{"v", words_6}}));
    REQUIRE(shrunk);
    bool smaller = false;
    for (const auto& line : trial::lines_of(shrunk->front(), 149_mm, 151_mm, &table.fonts())) {
        smaller = line.size < 10_pt && line.size >= 8.5_pt;
        CHECK(line.right <= 100_mm);
        CHECK(line.left == 40_mm);
    }
    CHECK(smaller);
    CHECK_THAT(rejection(with(R"("shrink_to": 0.9, )"), words(9)), Contains("at 90.0 % of its size"));
}

TEST_CASE("a text with a width but no height goes down as far as it meets nothing", "[layouts]") {
    const std::string above =
        R"({"text": "{v}", "at": {"x": 25, "y": 150, "w": 60}}, {"text": "below", "at": {"x": 25, "y": 170, "w": 60}})";
    CHECK(rejection(page(above), words(18)) == "set");
    CHECK_THAT(rejection(page(above), words(60)), Contains("it reaches down to") && Contains("mm beyond its place"));
    const std::string over_body = R"({"text": "{v}", "at": {"x": 25, "y": 180, "w": 60}})";
    CHECK_THAT(rejection(page(over_body), words(60)), Contains("mm beyond its place"));
}

TEST_CASE("a box with a height rejects, shrinks or lets its text flow on, as its author says", "[layouts]") {
    const auto box = [](const std::string& keys) {
        return page(R"({"text": "{v}", )" + keys + R"("at": {"x": 25, "y": 150, "w": 60, "h": 13}})");
    };
    CHECK_THAT(rejection(box(""), words(20)), Contains("its box has 13.0 mm"));
    CHECK(rejection(box(R"("overflow": "flow", )"), words(20)) == "set");
    CHECK(rejection(box(R"("overflow": "shrink", "shrink_to": 0.7, )"), words(20)) == "set");
    CHECK_THAT(rejection(box(R"("overflow": "shrink", "shrink_to": 0.9, )"), words(30)),
               Contains("at 90.0 % of its size"));
}

TEST_CASE("a sender's line wider than its place shrinks, then is refused", "[layouts]") {
    const auto with = [](const std::string& line) {
        return R"({"profile": "DIN5008-B", "fields": ["v"], "return_line": ")" + line + R"(", "body": []})";
    };
    DrawingTable table;
    const auto pages = table.lay_out(with("Nordlicht Bürobedarf GmbH · Große Bleichen 7 · 20354 Hamburg · Alt {v}"),
                                     letter_with({{"v", "x"}}));
    REQUIRE(pages);
    CHECK(right_end(pages->front(), table) <= 105_mm);
    CHECK_THAT(rejection(with("{v}"), words(40)), Contains("/return_line") && Contains("at 80.0 % of its size"));
    DrawingTable fixed;
    CHECK_THAT(trial::told(fixed.compile(with(words(40))).findings), Contains("error does-not-fit"));
}

TEST_CASE("a code's caption stays on the sheet: it is broken, not cut", "[layouts]") {
    DrawingTable table;
    const auto pages = table.lay_out(page(R"({"qr": "x", "size": 20, "caption": "{v}", "at": {"x": 180, "y": 120}})"),
                                     letter_with({{"v", "scan this code with your telephone"}}));
    REQUIRE(pages);
    CHECK(right_end(pages->front(), table) <= 205.1_mm);
    CHECK(trial::lines_of(pages->front(), 139_mm, 160_mm).size() >= 2);
}

TEST_CASE("absurd values are cut between letters, broken or refused, and nothing leaves the paper", "[layouts]") {
    const std::string long_name(500, 'W');
    std::string marks = "e";
    for (int i = 0; i < 300; ++i) marks += "\u0301";
    std::string accents;
    for (int i = 0; i < 300; ++i) accents += "e\u0301";
    const auto one_after_another = GENERATE_COPY(long_name, marks, accents);
    DrawingTable table;
    const auto pages = table.lay_out(R"({"profile": "DIN5008-B", "fields": ["v"],
        "body": [{"text": "Dear {v}"}, {"text": "a\t{v}", "tabs": [{"at": 80}]}, {"list": ["{v}"]},
                 {"columns": [{"w": 40, "body": [{"text": "{v}"}]}, {"body": [{"text": "x"}]}]}]})",
                                     letter_with({{"v", one_after_another}}));
    if (!pages) {
        CHECK(pages.error().fault == Fault::Overflow);
        CHECK_THAT(pages.error().text(), Contains("/body/"));
        return;
    }
    for (const Frame& frame : *pages) CHECK(right_end(frame, table) <= 190.1_mm);
}

TEST_CASE("a word that no line may divide rejects the letter, naming the text and both widths", "[layouts]") {
    DrawingTable table({"Noto Sans Hebrew"});
    std::string hebrew;
    for (int i = 0; i < 200; ++i) hebrew += "ש";
    const auto pages = table.lay_out(R"({"profile": "DIN5008-B", "fields": ["v"], "body": [{"text": "{v}"}]})",
                                     letter_with({{"v", hebrew}}));
    REQUIRE_FALSE(pages);
    CHECK(pages.error().fault == Fault::Overflow);
    CHECK_THAT(pages.error().text(), Contains("/body/0/text") && Contains("in a line of 165.0 mm"));
}
