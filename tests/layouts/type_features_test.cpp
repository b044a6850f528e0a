#include <catch2/catch.hpp>

#include "drawing_table.hpp"

using namespace pli;
using namespace pli::layouts;
using namespace pli::layouts::trial;
using Catch::Contains;

namespace {

std::string with_style(const std::string& style, const std::string& text = "Office 2026-0417 AVATAR") {
    return R"({"profile": "DIN5008-B", "locale": "fr-FR", "style": {"font": "EB Garamond", "size": 20},
  "body": [{"text": ")" +
           text + "\", " + style + "}]}";
}

std::string findings_of(const std::string& json) { return told(DrawingTable().compile(json).findings); }

/// The glyphs of the body's paragraph, static or not.
std::vector<Glyph> glyphs_of(const std::string& json) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter_with({{"x", "1"}}));
    REQUIRE(pages);
    std::vector<Glyph> glyphs;
    const auto take = [&](const Frame& frame) {
        for (const Item& item : frame.items)
            if (const auto* run = std::get_if<TextRun>(&item); run && run->size == Length::pt(20))
                glyphs.insert(glyphs.end(), frame.glyphs.begin() + run->glyphs.first,
                              frame.glyphs.begin() + run->glyphs.first + run->glyphs.count);
    };
    for (const Item& item : pages->front().items) {
        const auto* placed = std::get_if<Placed>(&item);
        const auto* layer = placed ? std::get_if<Layer>(&table.assets()[placed->asset]) : nullptr;
        if (layer) take(layer->frame);
    }
    take(pages->front());
    return glyphs;
}

std::vector<int> ids(const std::vector<Glyph>& glyphs) {
    std::vector<int> all;
    for (const Glyph& glyph : glyphs) all.push_back(glyph.id);
    return all;
}

}  // namespace

TEST_CASE("each way to set figures, capitals and ligatures changes what is printed", "[layouts]") {
    const auto plain = ids(glyphs_of(with_style(R"("kerning": true)")));
    REQUIRE(plain.size() > 15);
    for (const char* style :
         {R"("figures": "lining")", R"("figure_width": "tabular", "figures": "lining")", R"("caps": "small")",
          R"("caps": "all-small")", R"("ligatures": "none")", R"("features": ["-liga"])"}) {
        CAPTURE(style);
        CHECK(findings_of(with_style(style)).empty());
        CHECK(ids(glyphs_of(with_style(style))) != plain);
    }
}

TEST_CASE("a block's normal takes back what its style asked for", "[layouts]") {
    const auto body = [](const char* block) {
        return std::string(R"({"profile": "DIN5008-B", "styles": {"sc": {"caps": "all-small", "figures": "lining"}},
  "style": {"font": "EB Garamond", "size": 20}, "body": [{"text": "Anna 123")") +
               block + "}]}";
    };
    CHECK(ids(glyphs_of(body(R"(, "style": "sc", "caps": "normal", "figures": "normal")"))) ==
          ids(glyphs_of(body(""))));
    CHECK(ids(glyphs_of(body(R"(, "style": "sc")"))) != ids(glyphs_of(body(""))));
}

TEST_CASE("tracking widens static text and fields alike", "[layouts]") {
    const auto width = [](const std::vector<Glyph>& glyphs) {
        std::int64_t sum = 0;
        for (const Glyph& glyph : glyphs) sum += glyph.advance;
        return sum;
    };
    const auto plain = glyphs_of(with_style(R"("ligatures": "none")", "AB CD 12"));
    const auto wide = glyphs_of(with_style(R"("tracking": 100)", "AB CD 12"));
    REQUIRE(plain.size() == wide.size());
    CHECK(width(wide) - width(plain) == 100 * static_cast<std::int64_t>(wide.size()));
}

TEST_CASE("a tracked line that ends at the right edge ends there with its last letter", "[layouts]") {
    const auto right = [](const std::string& style) {
        DrawingTable table;
        const auto pages = table.lay_out(
            R"({"profile": "DIN5008-B", "fields": ["x"], "body": [{"text": "EE{x}", "align": "right", "size": 20, )" +
                style + "}]}",
            letter_with({{"x", "E"}}));
        REQUIRE(pages);
        Length end;
        for (const Item& item : pages->front().items)
            if (const auto* run = std::get_if<TextRun>(&item); run && run->size == Length::pt(20)) {
                Length x = run->baseline.x;
                for (std::uint32_t i = 0; i + 1 < run->glyphs.count; ++i)
                    x += run->size * pages->front().glyphs[run->glyphs.first + i].advance / 1000;
                end = x;
            }
        return end;
    };
    CHECK(right(R"("tracking": 200)").to_mm() == Approx(right(R"("tracking": 0)").to_mm()).margin(0.01));
}

TEST_CASE("a wish the font cannot fulfil is a warning, and the letter is set without", "[layouts]") {
    const std::string json = R"({"profile": "DIN5008-B", "body": [
  {"text": "Anna 123", "font": "Liberation Sans", "caps": "small", "figures": "old-style", "features": ["ss07"]}]})";
    const std::string text = findings_of(json);
    CHECK_THAT(text, Contains("warning font-feature templates/trial/template.json:2:3"));
    CHECK_THAT(text, Contains("has no small capitals (smcp)") && Contains("has no old-style figures (onum)") &&
                         Contains("has no feature \"ss07\""));
    CHECK(DrawingTable().compile(json).result != nullptr);
}

TEST_CASE("what is no feature, no axis or no tracking is told at its place", "[layouts]") {
    CHECK_THAT(findings_of(with_style(R"("features": ["smallcaps"])")),
               Contains("error font-feature") && Contains("-liga"));
    CHECK_THAT(findings_of(with_style(R"("tracking": 5000)")), Contains("error tracking") && Contains("thousandths"));
    CHECK_THAT(findings_of(with_style(R"("axes": {"weight": 300})")), Contains("error font-axis"));
    CHECK_THAT(findings_of(with_style(R"("axes": {"wght": 300})")),
               Contains("error missing-font") && Contains("is not a variable font"));
    CHECK_THAT(findings_of(with_style(R"("caps": "tiny")")), Contains("all-small"));
    CHECK_THAT(findings_of(with_style(R"("weight": 350)")), Contains("warning font-style") && Contains("350"));
}

TEST_CASE("a variable font takes any weight, and bold inside it is bold", "[layouts]") {
    const std::string json = R"({"profile": "DIN5008-B", "style": {"font": "Inter", "weight": 350},
  "body": [{"html": "<p>Anna <b>Berta</b></p>"}, {"text": "Clara", "bold": true}, {"text": "Dora", "weight": 600}]})";
    DrawingTable table;
    const auto compiled = table.compile(json);
    CHECK(told(compiled.findings).empty());
    std::vector<int> weights;
    for (std::uint16_t i = 0; i < table.fonts().face_count(); ++i)
        if (table.fonts().face({i}).family == "Inter") weights.push_back(table.fonts().face({i}).weight);
    std::sort(weights.begin(), weights.end());
    CHECK(weights == std::vector<int>{350, 600, 700});
}
