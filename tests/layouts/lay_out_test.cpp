#include <algorithm>
#include <catch2/catch.hpp>

#include "drawing_table.hpp"
#include "layouts/qr_capacity.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

std::string document(const std::string& parts) { return R"({"profile": "DIN5008-B", )" + parts + "}"; }

Error refused(const std::string& json, const Letter& letter) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter);
    REQUIRE_FALSE(pages);
    return pages.error();
}

template <class Kind>
std::size_t items_of(const Frame& frame) {
    return static_cast<std::size_t>(std::count_if(frame.items.begin(), frame.items.end(),
                                                  [](const Item& item) { return std::holds_alternative<Kind>(item); }));
}

/// Lines of text on the page that have the given left edge.
std::vector<const TextRun*> runs_at(const Frame& frame, Length x) {
    std::vector<const TextRun*> runs;
    for (const Item& item : frame.items)
        if (const auto* run = std::get_if<TextRun>(&item); run && run->baseline.x == x) runs.push_back(run);
    return runs;
}

Length width_of(const Frame& frame, const TextRun& run) {
    std::int64_t units = 0;
    for (std::uint32_t i = 0; i < run.glyphs.count; ++i) units += frame.glyphs[run.glyphs.first + i].advance;
    return Length::nm(units * run.size.nm() / 1000);
}

}  // namespace

TEST_CASE("accepted: a German letter in DIN 5008 form B", "[layouts][accepted]") {
    DrawingTable table;
    const auto letter = letter_with({{"order_no", "B-2026-17"}, {"total", "1234.5"}});
    const auto pages =
        table.lay_out(document(R"("locale": "de-DE", "return_line": "Nordlicht GmbH · Große Bleichen 7 · 20354 Hamburg",
        "fixed": [{"text": "Rechnung {order_no}", "bold": true, "at": {"x": 25, "baseline": 103}}],
        "body": [{"html": "<p>Guten Tag {first_name},</p><p>wir danken für Ihre <b>Bestellung {order_no}</b> über {total:money}.</p><ul><li>bequem</li><li>schnell</li></ul>"},
                 {"spacer": 10}, {"rule": 0.5, "w": 60}, {"text": "Ágnes Szőllősi"}])"),
                      letter);
    REQUIRE(pages);
    const auto now = trial::drawn(*pages, table.assets());
    CHECK(now == trial::accepted("din5008-b.frame.txt", now));
}

TEST_CASE("accepted: a French letter for a right-hand window with a table", "[layouts][accepted]") {
    DrawingTable table;
    const auto letter =
        letter_with({{"items", R"([{"name": "Carnet «Café», 120 pages, couverture en papier recyclé", "price": "6.90"},
                                                    {"name": "Stylo", "price": 34.5}])"}});
    const auto pages = table.lay_out(R"({"profile": "NF-right", "locale": "fr-FR", "colours": {"soft": {"k": 0.4}},
        "sample": {"items": [{"name": "Carnet", "price": "6.90"}]},
        "body": [{"text": "Chère {first_name}, voici votre commande :"},
          {"table": {"rows": "items", "head_rule": 0.5, "row_rule": 0.25, "row_rule_colour": "soft",
            "columns": [{"w": 50, "title": "Article", "text": "{name}"}, {"w": 30, "align": "right", "title": "Prix", "text": "{price:money}"}]}}]})",
                                     letter);
    REQUIRE(pages);
    const auto now = trial::drawn(*pages, table.assets());
    CHECK(now == trial::accepted("nf-right.frame.txt", now));
}

TEST_CASE("an address of seven lines is refused and says how many the field holds", "[layouts]") {
    auto letter = letter_with({});
    letter.recipient.country = "DE";  // at home: abroad the country would be an eighth
    letter.recipient.lines = "1\n2\n3\n4\n5\n6\n7";
    const Error error = refused(document(R"("body": [])"), letter);
    CHECK(error.fault == Fault::AddressTooLong);
    CHECK_THAT(error.text(), Contains("letter K-17") && Contains("7 lines, the field holds 6"));
}

TEST_CASE("an address line a little too wide is set smaller, one far too wide is refused with millimetres",
          "[layouts]") {
    auto letter = letter_with({});
    letter.recipient.country = "DE";  // in France it would be divided at 38 characters
    letter.recipient.last_name = "Lefèvre-Montmorency de la Roche-Guyon";
    DrawingTable table;
    const auto pages = table.lay_out(document(R"("body": [])"), letter);
    REQUIRE(pages);
    const auto runs = runs_at(pages->front(), 25_mm);
    REQUIRE(runs.size() >= 3);
    CHECK(runs.front()->size < 10_pt);
    CHECK(runs.front()->size >= 8_pt);
    for (const auto* run : runs) CHECK(run->size == runs.front()->size);
    CHECK(width_of(pages->front(), *runs.front()) <= 75.1_mm);

    letter.recipient.last_name = "Lefèvre-Montmorency de la Roche-Guyon et de Saint-Simon";
    const Error error = refused(document(R"("body": [])"), letter);
    CHECK(error.fault == Fault::AddressTooLong);
    CHECK_THAT(error.text(), Contains("line 1") && Contains("mm wide") && Contains("the window shows 75.0 mm"));
}

TEST_CASE("an address line whose fields are all empty is left out", "[layouts]") {
    DrawingTable table;
    const auto pages = table.lay_out(
        document(
            R"("address": {"lines": ["{company}", "{first_name} {last_name}", "{postal_code} {city}"]}, "body": [])"),
        letter_with({}));
    REQUIRE(pages);
    CHECK(runs_at(pages->front(), 25_mm).size() == 2);
}

TEST_CASE("a missing field rejects the letter and names field and letter", "[layouts]") {
    const Error error =
        refused(document(R"("fields": ["order_no"], "body": [{"text": "Order {order_no}"}])"), letter_with({}));
    CHECK(error.fault == Fault::BadInput);
    CHECK_THAT(error.text(), Contains("letter K-17, field order_no") && Contains("missing or empty"));
}

TEST_CASE("a fallback speaks where a field is empty", "[layouts]") {
    DrawingTable with, without;
    const auto json = document(R"("fields": ["name_day"], "body": [{"text": "Dear {name_day|customer}"}])");
    const auto fallback = with.lay_out(json, letter_with({{"name_day", ""}}));
    const auto value = without.lay_out(json, letter_with({{"name_day", "customer"}}));
    REQUIRE(fallback);
    REQUIRE(value);
    CHECK(dump(fallback->front()) == dump(value->front()));
}

TEST_CASE("a block stands only where its field does", "[layouts]") {
    const auto json = document(
        R"("fields": ["credit"], "body": [{"text": "You have {credit}.", "if": "credit"}, {"text": "Nothing {city}.", "unless": "credit"}])");
    DrawingTable rich, poor;
    const auto with = rich.lay_out(json, letter_with({{"credit", "5 €"}}));
    const auto without = poor.lay_out(json, letter_with({{"credit", ""}}));
    REQUIRE(with);
    REQUIRE(without);
    CHECK(items_of<TextRun>(with->front()) == items_of<TextRun>(without->front()));
    CHECK(dump(with->front()) != dump(without->front()));
}

TEST_CASE("a long body goes on on follow-on pages, no line alone, and stops at the page limit", "[layouts]") {
    std::string body =
        R"({"text": "A paragraph of {city} that has several lines because it goes on and on, about nothing in particular, until it has filled more than two lines of the page and a little of the third."})";
    std::string blocks = body;
    for (int i = 0; i < 40; ++i) blocks += "," + body;
    DrawingTable table;
    const auto pages = table.lay_out(document("\"body\": [" + blocks + "]"), letter_with({}));
    REQUIRE(pages);
    CHECK(pages->size() == 3);
    const Error error = refused(document("\"max_pages\": 2, \"body\": [" + blocks + "]"), letter_with({}));
    CHECK(error.fault == Fault::Overflow);
    CHECK_THAT(error.text(), Contains("more than 2 pages"));
}

TEST_CASE("a table that goes over a page repeats its head", "[layouts]") {
    std::string rows = "[";
    for (int i = 0; i < 60; ++i) rows += std::string(i ? "," : "") + R"({"name": "Thing"})";
    rows += "]";
    DrawingTable table;
    const auto pages = table.lay_out(
        document(R"("sample": {"items": [{"name": "x"}]}, "footer": [{"rule": 1, "at": {"x": 25, "y": 290, "w": 10}}],
        "body": [{"table": {"rows": "items", "columns": [{"w": 50, "title": "Name", "text": "{name}"}]}}])"),
        letter_with({{"items", rows}}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    for (const Frame& page : *pages) CHECK(items_of<Placed>(page) == 2);  // the page's layer and the table's head
}

TEST_CASE("a QR code too dense for a camera is refused with the size it would need", "[layouts]") {
    const std::string url = "https://example.org/" + std::string(300, 'a');
    const Error error =
        refused(document(R"("fields": ["url"], "body": [{"qr": "{url}", "size": 20}])"), letter_with({{"url", url}}));
    CHECK(error.fault == Fault::Overflow);
    CHECK_THAT(error.text(), Contains("QR code") && Contains("320 bytes") && Contains("make the code at least"));
}

TEST_CASE("the table of QR capacities has the corners ISO 18004 gives", "[layouts]") {
    CHECK(qr_version(17, Correction::L) == 1);
    CHECK(qr_version(18, Correction::L) == 2);
    CHECK(qr_version(62, Correction::M) == 4);
    CHECK(qr_version(1663, Correction::Q) == 40);
    CHECK(qr_version(1274, Correction::H) == 0);
    CHECK(qr_modules(40) == 177);
}

TEST_CASE("justified lines end at the measure, the last one does not", "[layouts]") {
    DrawingTable table;
    const auto pages = table.lay_out(
        document(
            R"("body": [{"align": "justify", "text": "In {city} a paragraph that is justified shares what is left of each of its lines among the spaces of that line, so that all of its lines but the last end at the very same place on the right, whatever the words are."}])"),
        letter_with({}));
    REQUIRE(pages);
    std::vector<const TextRun*> body;
    for (const auto* run : runs_at(pages->front(), 25_mm))
        if (run->baseline.y > 98_mm) body.push_back(run);
    REQUIRE(body.size() >= 2);
    for (std::size_t i = 0; i + 1 < body.size(); ++i)
        CHECK(width_of(pages->front(), *body[i]).to_mm() == Approx(165).margin(0.1));
    CHECK(width_of(pages->front(), *body.back()) < 160_mm);
}

TEST_CASE("an Arabic name in a French sentence takes its own direction and keeps its text", "[layouts]") {
    DrawingTable table({"Noto Sans Arabic"});
    const auto pages =
        table.lay_out(document(R"("fields": ["friend"], "body": [{"text": "Votre ami {friend} vous salue."}])"),
                      letter_with({{"friend", "محمد علي"}}));
    REQUIRE(pages);
    const Frame& page = pages->front();
    std::vector<std::string> texts;
    std::vector<Length> places;
    for (const Item& item : page.items)
        if (const auto* run = std::get_if<TextRun>(&item); run && run->text.count > 0) {
            texts.emplace_back(page.text_of(run->text));
            places.push_back(run->baseline.x);
        }
    REQUIRE(texts == std::vector<std::string>{"علي", "محمد"});  // from left to right as they stand on paper
    CHECK(places[0] < places[1]);
}

TEST_CASE("a web address longer than the line is cut instead of leaving the paper", "[layouts]") {
    DrawingTable table;
    const std::string url = "https" + std::string(200, 'w');
    const auto pages =
        table.lay_out(document(R"("fields": ["url"], "body": [{"text": "{url}"}])"), letter_with({{"url", url}}));
    REQUIRE(pages);
    for (const Item& item : pages->front().items)
        if (const auto* run = std::get_if<TextRun>(&item))
            CHECK(run->baseline.x + width_of(pages->front(), *run) <= 190.1_mm);
}

TEST_CASE("numbered columns make rows, and rows nobody ordered make none", "[layouts]") {
    const auto json = document(R"("fields": ["i1_sku", "i1_qty", "i2_sku", "i2_qty"],
        "body": [{"table": {"rows": {"columns": "i{row}_{field}", "count": 2}, "row_rule": 0.25,
          "columns": [{"w": 30, "text": "{sku}"}, {"w": 20, "align": "right", "text": "{qty}"}]}}])");
    DrawingTable both, one;
    const auto two_rows =
        both.lay_out(json, letter_with({{"i1_sku", "A"}, {"i1_qty", "1"}, {"i2_sku", "B"}, {"i2_qty", ""}}));
    const auto one_row =
        one.lay_out(json, letter_with({{"i1_sku", "A"}, {"i1_qty", "1"}, {"i2_sku", ""}, {"i2_qty", ""}}));
    REQUIRE(two_rows);
    REQUIRE(one_row);
    CHECK(items_of<Rule>(two_rows->front()) == 2);
    CHECK(items_of<Rule>(one_row->front()) == 1);
}

TEST_CASE("paragraphs in a fixed box stand below one another, and outgrowing the box is refused", "[layouts]") {
    const std::string parts =
        R"("fixed": [{"html": "<p>{city} is a town with a name that takes two lines</p><p>and more</p>", "gap": 0, "leading": 12,
        "at": {"x": 130, "y": 20, "w": 40, "h": HEIGHT}}], "body": [])";
    const auto box_of = [&](const std::string& height) {
        return document(std::string(parts).replace(parts.find("HEIGHT"), 6, height));
    };
    DrawingTable table;
    const auto pages = table.lay_out(box_of("30"), letter_with({}));
    REQUIRE(pages);
    const auto runs = runs_at(pages->front(), 130_mm);
    REQUIRE(runs.size() >= 3);
    for (std::size_t i = 1; i < runs.size(); ++i)
        CHECK((runs[i]->baseline.y - runs[i - 1]->baseline.y).to_pt() == Approx(12));
    CHECK_THAT(refused(box_of("8"), letter_with({})).text(), Contains("its box has 8.0 mm"));
}

TEST_CASE("an uploaded PDF keeps its pages and gets its stamps", "[layouts]") {
    DrawingTable table;
    table.files["flyer.pdf"] = "%PDF";
    const auto pages = table.lay_out(
        R"({"kind": "pdf", "file": "flyer.pdf", "profile": "DIN5008-B", "sides": "duplex", "fields": ["code"],
        "stamps": [{"address": "auto"}, {"qr": "{code}", "size": 20, "at": {"x": 160, "y": 50}},
                   {"text": "{first_name}", "at": {"x": 30, "baseline": 100}, "page": 2}]})",
        letter_with({{"code", "K17"}}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    CHECK(items_of<Code>((*pages)[0]) == 1);
    CHECK(items_of<Placed>((*pages)[0]) == 1);
    CHECK(items_of<TextRun>((*pages)[1]) == 1);
}
