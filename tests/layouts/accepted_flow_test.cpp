#include <catch2/catch.hpp>

#include "drawing_table.hpp"

using namespace pli;
using namespace pli::layouts;

TEST_CASE("accepted: an invoice over pages with tabs, lists, sums, page numbers and terms on the back",
          "[layouts][accepted]") {
    std::string rows = "[";
    for (int i = 1; i <= 12; ++i)
        rows += std::string(i > 1 ? "," : "") + R"({"n": "Artikel )" + std::to_string(i) + R"(", "w": ")" +
                (i % 2 == 0 ? "1.5" : "12.125") + R"(", "p": "1)" + std::to_string(i) + R"(.05"})";
    rows += "]";
    trial::DrawingTable table;
    const auto pages = table.lay_out(R"({"profile": "DIN5008-B", "locale": "de-DE", "sides": "duplex",
        "sample": {"vat": "1", "items": [{"n": "x", "w": "1", "p": "1"}]}, "colours": {"soft": {"k": 0.06}},
        "style": {"size": 10, "leading": 13, "gap": 6},
        "body_box": {"x": 25, "y": 100, "w": 160, "h": 100},
        "next": {"body_box": {"x": 60, "y": 40, "w": 125, "h": 100},
                 "fixed": [{"text": "Rechnung, Seite {page}", "at": {"x": 25, "baseline": 25}}]},
        "footer": [{"text": "{page}/{pages}", "when_page": "several", "at": {"right_x": 185, "baseline": 286}},
                   {"text": "bitte wenden", "when_page": "not-last", "at": {"x": 25, "baseline": 286}}],
        "back": {"body": [{"columns": [{"body": [{"text": "Bedingungen"}]}, {"body": [{"text": "Widerruf"}]}]}]},
        "body": [
          {"text": "Porto\t{vat:money}", "tabs": [{"at": 60, "align": "decimal", "leader": "."}]},
          {"list": ["Erstens", {"text": "Zweitens", "list": ["darunter"]}], "ordered": true, "start": 9},
          {"html": "<h2>Lieferung</h2>"},
          {"table": {"rows": "items", "row_height": 6, "zebra": "soft", "head_rule": 0.5,
            "carry": {"forward": "Übertrag", "brought": "Übertrag"},
            "columns": [{"w": 65, "title": "Artikel", "text": "{n}"},
                        {"w": 25, "title": "Gewicht", "text": "{w:number} kg", "align": "decimal"},
                        {"w": 35, "title": "Betrag", "text": "{p:money}", "align": "decimal", "sum": true}],
            "foot": [{"label": "Summe", "sum": true, "rule": 0.5}, {"label": "MwSt.", "text": "{vat:money}", "bold": true}]}},
          {"group": [{"text": "Mit freundlichen Grüßen"}, {"spacer": 12}, {"text": "{first_name}"}]}]})",
                                     trial::letter_with({{"items", rows}, {"vat", "19"}}));
    if (!pages) FAIL(pages.error().text());
    const auto now = trial::drawn(*pages, table.assets());
    CHECK(now == trial::accepted("invoice.frame.txt", now));
}
