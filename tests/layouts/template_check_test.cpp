#include <catch2/catch.hpp>

#include "drawing_table.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;

namespace {

std::string findings_of(const std::string& json) {
    trial::DrawingTable table;
    table.files["logo.png"] = "pixels";
    const auto compiled = table.compile(json);
    const auto text = trial::told(compiled.findings);
    const bool has_error = text.find("error ") != std::string::npos;
    CHECK(has_error == (compiled.result == nullptr));
    return text;
}

}  // namespace

TEST_CASE("a template with a syntax error is refused with line and column", "[layouts]") {
    CHECK_THAT(findings_of("{\n  \"kind\": \"document\",,\n}"), Contains("templates/trial/template.json:2:"));
}

TEST_CASE("an unknown key is named with the one that was meant", "[layouts]") {
    const auto text = findings_of("{\"profile\": \"DIN5008-B\",\n  \"boddy\": []}");
    CHECK_THAT(text, Contains("error unknown-key templates/trial/template.json:2:3"));
    CHECK_THAT(text, Contains("did you mean \"body\"?"));
}

TEST_CASE("a missing image is told where the template names it", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B", "fixed": [
  {"image": "lgoo.png", "at": {"x": 150, "y": 12, "w": 40}}]})");
    CHECK_THAT(text,
               Contains("error missing-image templates/trial/template.json:2:13: lgoo.png: there is no such file"));
}

TEST_CASE("a font that is not installed is told, never replaced in silence", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B",
  "style": {"font": "Helvetia Nova"}, "body": [{"text": "Bonjour"}]})");
    CHECK_THAT(text, Contains("error missing-font templates/trial/template.json:2:21"));
    CHECK_THAT(text, Contains("Helvetia Nova"));
}

TEST_CASE("a character no font holds is named when the template is checked", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B", "body": [{"text": "Dear 𓀀 all"}]})");
    CHECK_THAT(text, Contains("error missing-glyph") && Contains("U+13000"));
}

TEST_CASE("a placeholder that is no declared field is an error at its own column", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B", "fields": ["order_no"],
  "body": [{"text": "Order {oder_no}"}]})");
    CHECK_THAT(text, Contains("error unknown-placeholder templates/trial/template.json:2:28"));
    CHECK_THAT(text, Contains("did you mean \"order_no\"?"));
}

TEST_CASE("recipient parts and their names in other languages need no declaration", "[layouts]") {
    CHECK(findings_of(R"({"profile": "DIN5008-B", "fields": [],
  "body": [{"text": "{first_name} {prenom} {Vorname} {city}"}]})") == "");
}

TEST_CASE("a template that declares no fields gets a warning for a name Pli does not know", "[layouts]") {
    CHECK_THAT(findings_of(R"({"profile": "DIN5008-B", "body": [{"text": "{order_no}"}]})"),
               Contains("warning unknown-placeholder"));
}

TEST_CASE("what the press prints badly is told with figures, and is no error", "[layouts]") {
    trial::DrawingTable table;
    table.files["logo.png"] = "pixels";
    table.limits = {"FOGRA39", 3'300, 200, Length::pt(0.25)};
    const auto compiled = table.compile(R"({"profile": "DIN5008-B",
  "colours": {"mud": {"cmyk": [0.9, 0.9, 0.9, 0.9]}, "fine": {"cmyk": [1, 1, 1, 0.3]}},
  "body": [{"text": "Dear all", "colour": "mud"}, {"text": "Dear all", "colour": "fine"},
           {"image": "logo.png", "w": 40}, {"image": "logo.png", "w": 38},
           {"rule": 0.1}, {"rule": 0.25}]})");
    const auto text = trial::told(compiled.findings);
    CHECK(compiled.result != nullptr);
    CHECK_THAT(text, Contains("the colour \"mud\" lays 360 % of ink, FOGRA39 takes 330 %") && !Contains("fine"));
    CHECK_THAT(text, Contains("\"logo.png\" has 300 × 120 pixels: 190 dpi at 40 × 16 mm, at least 200 are wanted"));
    CHECK_THAT(text, !Contains("at 38 ×"));
    CHECK_THAT(text, Contains("a line of 0.10 pt is thinner than the 0.25 pt") && !Contains("0.25 pt is thinner"));
}

TEST_CASE("ink names that PDF keeps for itself are refused", "[layouts]") {
    CHECK_THAT(findings_of(R"({"profile": "DIN5008-B", "colours": {"x": {"spot": "All", "cmyk": [1, 1, 1, 1]}}})"),
               Contains("error reserved-spot"));
}

TEST_CASE("every problem of a template is reported at once", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B", "sides": "both", "fields": [],
  "style": {"colour": "brnad", "size": 1000},
  "body": [{"text": "{nonsense}"}, {}, {"text": "a", "if": "x", "unless": "y"}, {"qr": "x", "size": 0}]})");
    for (const char* code :
         {"wrong-kind", "type-size", "unknown-colour", "unknown-placeholder", "block-kind", "condition", "size"})
        CHECK_THAT(text, Contains(std::string("error ") + code));
}

TEST_CASE("a body that runs into the address window gets a warning with millimetres", "[layouts]") {
    const auto text = findings_of(R"({"profile": "DIN5008-B",
  "body_box": {"x": 25, "y": 80, "w": 165, "h": 100}, "body": [{"text": "Hallo"}]})");
    CHECK_THAT(text,
               Contains("warning overlap") && Contains("the address window (x 20.0 to 105.0, y 45.0 to 90.0 mm)"));
}

TEST_CASE("a block in the place of the inserter's marks, the franking code or behind the marks gets a warning",
          "[layouts]") {
    trial::DrawingTable table;
    table.kept_free.push_back({"the inserter's marks",
                               [](Size sheet) {
                                   return Rect{{sheet.width - 20_mm, 120_mm}, {16_mm, 60_mm}};
                               },
                               true});
    const auto told = [&](const char* json) { return trial::told(table.compile(json).findings); };
    CHECK(told(R"({"profile": "DIN5008-B", "sides": "duplex", "body": [{"text": "Hallo"}]})").empty());
    CHECK_THAT(
        told(
            R"({"profile": "DIN5008-B", "body_box": {"x": 25, "y": 100, "w": 170, "h": 100}, "body": [{"text": "Hallo"}]})"),
        Contains("the body lies over the inserter's marks (x 190.0 to 206.0, y 120.0 to 180.0 mm)"));
    CHECK_THAT(told(R"({"profile": "DIN5008-B", "sides": "duplex", "body": [{"text": "Hallo"}],
  "next": {"body_box": {"x": 15, "y": 25, "w": 170, "h": 200}}})"),
               Contains("the text of backs stands behind the inserter's marks (x 4.0 to 20.0"));
    CHECK_THAT(
        told(
            R"({"profile": "DIN5008-B-DV", "fixed": [{"qr": "x", "size": 10, "at": {"x": 40, "y": 55}}], "body": []})"),
        Contains("a fixed block lies over the franking code"));
}

TEST_CASE("marks that would stand over the window, the sheet code or a fold mark are told", "[layouts]") {
    trial::DrawingTable table;
    table.kept_free.push_back({"the inserter's marks", [](Size) { return Rect{{3_mm, 80_mm}, {18_mm, 80_mm}}; }});
    const auto told = [&](const char* json) { return trial::told(table.compile(json).findings); };
    const auto text = told(R"({"profile": "DIN5008-B", "body": [{"text": "Hallo"}]})");
    CHECK_THAT(text, Contains("would stand over the address window") && Contains("would stand over the sheet code") &&
                         Contains("would stand over a fold mark"));
    const auto without =
        told(R"({"profile": "DIN5008-B", "marks": false, "sheet_code": false, "body": [{"text": "Hallo"}]})");
    CHECK_THAT(without, !Contains("fold mark") && !Contains("sheet code"));
}

TEST_CASE("feeders of the inserter are numbered from 1 to 8", "[layouts]") {
    trial::DrawingTable table;
    CHECK(table.compile(R"({"profile": "DIN5008-B", "inserts": [1, 3], "body": []})").result->production().inserts ==
          0b101);
    CHECK_THAT(findings_of(R"({"profile": "DIN5008-B", "inserts": [0, "2"], "body": []})"),
               Contains("error inserts") && Contains("the number of a feeder, 1 to 8"));
}

TEST_CASE("the version of a template changes with any of its files", "[layouts]") {
    const std::string json =
        R"({"profile": "DIN5008-B", "fixed": [{"image": "logo.png", "at": {"x": 150, "y": 12, "w": 40}}]})";
    trial::DrawingTable table, same, other;
    table.files["logo.png"] = same.files["logo.png"] = "pixels";
    other.files["logo.png"] = "other pixels";
    const auto version = table.compile(json).result->version();
    CHECK(version == same.compile(json).result->version());
    CHECK(version != other.compile(json).result->version());
}

TEST_CASE("black type and grey rules leave the colour press alone, a logo does not", "[layouts]") {
    trial::DrawingTable table;
    table.files["logo.png"] = "pixels";
    CHECK_FALSE(table.compile(R"({"profile": "DIN5008-B", "body": [{"text": "x", "colour": "#777777"}]})")
                    .result->production()
                    .colour);
    CHECK(table.compile(R"({"profile": "DIN5008-B", "body": [{"text": "x", "colour": "#aa0000"}]})")
              .result->production()
              .colour);
    CHECK(table.compile(R"({"profile": "DIN5008-B", "body": [{"image": "logo.png"}]})").result->production().colour);
}

TEST_CASE("an address in type that the market's sorting machines do not read is warned of, a profile's own is not",
          "[layouts]") {
    for (const char* profile : {"DIN5008-A", "DIN5008-B", "AT", "NF-right", "SN-left", "SN-right", "UK-DL", "US-10"}) {
        INFO(profile);
        const auto text =
            findings_of(std::string(R"({"profile": ")") + profile + R"(", "address": "auto", "body": []})");
        CHECK_THAT(text, !Contains("machine-reading"));
    }
    const auto small = findings_of(R"({"profile": "DIN5008-B", "address": {"size": 8}, "body": []})");
    CHECK_THAT(small,
               Contains("warning machine-reading") && Contains("8.0 pt, sorting machines of DE read 10 to 12 pt"));
    CHECK_THAT(small, Contains("capitals are 2.0 mm high"));
    const auto tight = findings_of(R"({"profile": "DIN5008-B", "address": {"leading_mm": 3.6}, "body": []})");
    CHECK_THAT(tight, Contains("its lines are 0.3 mm apart, sorting machines of DE read 0.5 to 2.5 mm"));
    const auto bold = findings_of(R"({"profile": "NF-right", "style": {"bold": true}, "address": "auto", "body": []})");
    CHECK_THAT(bold, Contains("machine-reading") && Contains("upright and regular"));
}
