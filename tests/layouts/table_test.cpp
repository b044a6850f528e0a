#include <algorithm>
#include <catch2/catch.hpp>

#include "drawing_table.hpp"
#include "fonts/glyph_texts.hpp"
#include "layouts/running_sum.hpp"
#include "page_reading.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

std::string rows(int count, const std::string& price) {
    std::string text = "[";
    for (int i = 1; i <= count; ++i)
        text +=
            (i > 1 ? "," : "") + std::string(R"({"n": "Thing )") + std::to_string(i) + R"(", "p": ")" + price + "\"}";
    return text + "]";
}

/// A body of 50 mm; rows of 5 mm.
std::string invoice(const std::string& table, const std::string& locale = "de-DE") {
    return R"({"profile": "DIN5008-B", "locale": ")" + locale + R"(", "style": {"size": 9, "leading": 11, "gap": 0},
        "body_box": {"x": 25, "y": 100, "w": 160, "h": 50}, "next": {"body_box": {"x": 25, "y": 30, "w": 160, "h": 50}},
        "sample": {"items": [{"n": "x", "p": "1.00"}], "total": "1", "vat": "1"},
        "body": [{"table": {"rows": "items", "row_height": 5, )" +
           table + "}}]}";
}

const std::string columns =
    R"("columns": [{"w": 60, "title": "Article", "text": "{n}"}, {"w": 40, "title": "Price", "text": "{p:money}", "align": "right", "sum": true}])";
const std::string carry = R"("carry": {"forward": "Übertrag", "brought": "Übertrag von Seite davor"}, )";
const std::string foot =
    R"("foot": [{"label": "Summe", "sum": true, "bold": true, "rule": 0.5}, {"label": "MwSt.", "text": "{vat:money}"}], )";

struct Set {
    std::vector<std::string> pages;  // the body's text, a line of the page a line
    std::string error;
};

Set set(const std::string& json, const Letter& letter) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter);
    Set result;
    if (!pages) {
        result.error = pages.error().text();
        return result;
    }
    for (std::size_t i = 0; i < pages->size(); ++i) {
        std::string text;
        const Length top = i == 0 ? 99_mm : 29_mm;
        const Frame page = trial::flattened((*pages)[i], table.assets());
        for (const auto& line : trial::lines_of(page, top, top + 52_mm, &table.fonts())) text += line.text + "\n";
        for (auto at = text.find("\u00A0"); at != std::string::npos; at = text.find("\u00A0")) text.replace(at, 2, " ");
        result.pages.push_back(text);
    }
    return result;
}

}  // namespace

TEST_CASE("a running sum adds units, never fractions", "[layouts]") {
    RunningSum sum;
    std::string text;
    for (int i = 0; i < 10; ++i) REQUIRE(sum.add({10, 2, "EUR"}));
    sum.write(false, text);
    CHECK(text == "1.00 EUR");  // ten times 0.10, where binary fractions give 0.9999999999999999
    REQUIRE(sum.add({-12345, 3, "EUR"}));
    sum.write(false, text);
    CHECK(text == "-11.345 EUR");
    CHECK_THAT(sum.add({1, 2, "CHF"}).error().text(), Contains("EUR and CHF"));
    RunningSum large;
    REQUIRE(large.add({900'000'000'000'000'000, 0, ""}));
    CHECK_FALSE(large.add({900'000'000'000'000'000, 1, ""}));
    CHECK_FALSE(large.add({9'000'000'000'000'000'000, 0, ""}));
}

TEST_CASE("the sum is carried forward at a page's foot and brought forward at the next one's head", "[layouts]") {
    const std::string items = rows(12, "1234.10");
    const Set result =
        set(invoice(carry + foot + columns), letter_with({{"items", items}, {"vat", "5"}, {"total", ""}}));
    INFO(result.error);
    REQUIRE(result.pages.size() == 2);
    // 50 mm: the head, eight rows, the sum.
    CHECK_THAT(result.pages[0], Contains("Thing 8 1.234,10 €\nÜbertrag 9.872,80 €"));
    CHECK_THAT(result.pages[0], !Contains("Thing 9"));
    CHECK_THAT(result.pages[1], Catch::StartsWith("Article Price\nÜbertrag von Seite davor 9.872,80 €\nThing 9 "));
    CHECK_THAT(result.pages[1], Contains("Thing 12 1.234,10 €\nSumme 14.809,20 €\nMwSt. 5,00 €\n"));
}

TEST_CASE("a table that ends on its page carries nothing, and its last row stays with the totals", "[layouts]") {
    const auto fits =
        set(invoice(carry + foot + columns), letter_with({{"items", rows(7, "1")}, {"vat", "5"}, {"total", ""}}));
    REQUIRE(fits.pages.size() == 1);
    CHECK_THAT(fits.pages[0], !Contains("Übertrag") && Contains("Summe 7,00 €"));
    const auto over =
        set(invoice(carry + foot + columns), letter_with({{"items", rows(8, "1")}, {"vat", "5"}, {"total", ""}}));
    REQUIRE(over.pages.size() == 2);
    CHECK_THAT(over.pages[0], Contains("Übertrag 7,00 €"));
    CHECK_THAT(over.pages[1], Contains("7,00 €\nThing 8 1,00 €\nSumme 8,00 €"));
}

TEST_CASE("amounts are added as they are printed, in minor units too, and two currencies are refused", "[layouts]") {
    const std::string minor =
        R"("foot": [{"label": "S", "sum": true}], "columns": [{"w": 60, "text": "{n}"}, {"w": 40, "text": "{p:money_minor}", "align": "right", "sum": true}])";
    const auto one = set(invoice(minor), letter_with({{"items", rows(3, "199 JPY")}, {"vat", ""}, {"total", ""}}));
    REQUIRE(one.pages.size() == 1);
    CHECK_THAT(one.pages[0], Contains("S 597 ¥"));
    // 0.005 is printed as 0,01; a reader who adds what stands there must get the sum that stands there.
    const auto rounded =
        set(invoice(foot + columns), letter_with({{"items", rows(3, "0.005")}, {"vat", "1"}, {"total", ""}}));
    REQUIRE(rounded.pages.size() == 1);
    CHECK_THAT(rounded.pages[0], Contains("Thing 3 0,01 €\nSumme 0,03 €"));
    const auto mixed =
        set(invoice(foot + columns),
            letter_with(
                {{"items", R"([{"n": "a", "p": "1 EUR"}, {"n": "b", "p": "1 CHF"}])"}, {"vat", "1"}, {"total", ""}}));
    CHECK_THAT(mixed.error, Contains("EUR and CHF") && Contains("/body/0"));
}

TEST_CASE("sums work for the numbered columns of a CSV", "[layouts]") {
    const std::string json = R"({"profile": "DIN5008-B", "locale": "fr-FR", "fields": ["i1_p", "i2_p", "i3_p"],
        "body": [{"table": {"rows": {"columns": "i{row}_{field}", "count": 3}, "foot": [{"label": "Total", "sum": true}],
          "columns": [{"w": 30, "text": "Article"}, {"w": 40, "text": "{p:money}", "align": "right", "sum": true}]}}]})";
    const auto result = set(json, letter_with({{"i1_p", "10.5"}, {"i2_p", "2,25"}, {"i3_p", ""}}));
    INFO(result.error);
    REQUIRE(result.pages.size() == 1);
    CHECK_THAT(result.pages[0], Contains("Total 12,75 €"));
}

TEST_CASE("a decimal column stands on the decimal signs of the letter's language", "[layouts]") {
    const std::string decimal =
        R"("columns": [{"w": 60, "text": "{n}"}, {"w": 40, "title": "Weight", "text": "{p:number} kg", "align": "decimal"}])";
    DrawingTable table;
    const auto pages = table.lay_out(
        invoice(decimal),
        letter_with({{"items", R"([{"n": "a", "p": "1.5"}, {"n": "b", "p": "12345.25"}, {"n": "c", "p": "7"}])"},
                     {"vat", ""},
                     {"total", ""}}));
    REQUIRE(pages);
    // Where the sign stands: the left end of the number plus the width of its whole part.
    std::vector<Length> signs;
    const Frame& page = pages->front();
    for (const Item& item : page.items) {
        const auto* run = std::get_if<TextRun>(&item);
        if (!run || run->baseline.x < 80_mm || run->baseline.y < 99_mm) continue;
        std::int64_t units = 0;
        for (std::uint32_t i = 0; i < run->glyphs.count; ++i) {
            const Glyph& glyph = page.glyphs[run->glyphs.first + i];
            const auto text = table.fonts().texts_of(run->face).of(glyph.id);
            if (text == U"," || text == U" ") break;
            units += glyph.advance;
        }
        signs.push_back(run->baseline.x +
                        Length::nm(units * run->size.nm() / table.fonts().face(run->face).units_per_em));
    }
    REQUIRE(signs.size() == 3);
    for (const Length sign : signs) CHECK((sign - signs.front()).to_mm() == Approx(0).margin(0.02));
    const auto lines = trial::lines_of(page, 99_mm, 150_mm, &table.fonts());
    Length right;
    for (const auto& line : lines) right = std::max(right, line.right);
    CHECK(right.to_mm() == Approx(25 + 100 - 1).margin(0.05));  // the widest tail ends at the column's edge
}

TEST_CASE("an amount is never cut in two: a column too narrow for it rejects the letter", "[layouts]") {
    const std::string narrow =
        R"("columns": [{"w": 60, "text": "{n}"}, {"w": 15, "text": "{p:money}", "align": "right"}])";
    const auto result =
        set(invoice(narrow), letter_with({{"items", rows(1, "1234567.10")}, {"vat", ""}, {"total", ""}}));
    CHECK_THAT(result.error, Contains("may not be cut") && Contains("a column of 13.0 mm") &&
                                 Contains("/body/0/table/columns/1/text"));
}

TEST_CASE("a row taller than a page is refused with both heights", "[layouts]") {
    std::string name;
    for (int i = 0; i < 300; ++i) name += "long name ";
    const auto result =
        set(invoice(columns),
            letter_with({{"items", R"([{"n": ")" + name + R"(", "p": "1"}])"}, {"vat", ""}, {"total", ""}}));
    CHECK_THAT(result.error, Contains("/body/0") && Contains("mm tall") && Contains("a page's body has 50.0 mm"));
}

TEST_CASE("titles of two lines stand below one another", "[layouts]") {
    const auto result = set(
        invoice(
            R"("columns": [{"w": 14, "title": "Unit price", "text": "{n}"}, {"w": 40, "title": "P", "text": "{p}"}])"),
        letter_with({{"items", rows(1, "1")}, {"vat", ""}, {"total", ""}}));
    REQUIRE(result.pages.size() == 1);
    CHECK_THAT(result.pages[0], Catch::StartsWith("Unit P\nprice\nThing 1 1"));
}

TEST_CASE("a sum without an amount to add, or a carry without a sum, is an error of the template", "[layouts]") {
    const auto told = [](const std::string& table) {
        DrawingTable drawing;
        return trial::told(drawing.compile(invoice(table)).findings);
    };
    CHECK_THAT(told(R"("columns": [{"w": 60, "text": "x"}, {"w": 9, "text": "{n}", "sum": true}])"),
               Contains("error sum-format"));
    CHECK_THAT(told(carry + R"("columns": [{"w": 60, "text": "{n}"}])"), Contains("error no-sum"));
    CHECK_THAT(told(R"("foot": [{"label": "x"}], "columns": [{"w": 60, "text": "{n}"}])"), Contains("error foot-row"));
}
