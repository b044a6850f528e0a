#include <algorithm>
#include <catch2/catch.hpp>

#include "drawing_table.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

/// One block set alone in a body of that width.
std::string block(double width, const std::string& text, const std::string& type, const std::string& locale = "fr-FR") {
    return R"({"profile": "DIN5008-B", "marks": false, "locale": ")" + locale +
           R"(", "style": {"font": "Liberation Serif", "size": 10}, "body_box": {"x": 25, "y": 100, "w": )" +
           std::to_string(width) + R"(, "h": 150}, "body": [{"text": ")" + text + R"(", )" + type + "}]}";
}

struct Line {
    Length left, right;
    std::string text;
};

Length width_of(const Frame& frame, const TextRun& run) {
    std::int64_t units = 0;
    for (std::uint32_t i = 0; i < run.glyphs.count; ++i) units += frame.glyphs[run.glyphs.first + i].advance;
    return Length::nm(units * run.size.nm() / 2048);
}

/// The lines of the body, wherever they were drawn: on the page, or as a layer placed on it.
std::vector<Line> lines_of(const Frame& page, const Assets& assets, Point corner = {}) {
    std::vector<Line> lines;
    Length baseline;
    for (const Item& item : page.items) {
        if (const auto* placed = std::get_if<Placed>(&item)) {
            const auto* layer = std::get_if<Layer>(&assets.items[placed->asset.value]);
            if (layer) lines = lines_of(layer->frame, assets, placed->box.origin);
        }
        const auto* run = std::get_if<TextRun>(&item);
        if (!run || run->baseline.y + corner.y < 99_mm) continue;
        if (lines.empty() || run->baseline.y != baseline) lines.push_back({run->baseline.x + corner.x, {}, {}});
        baseline = run->baseline.y;
        lines.back().right = run->baseline.x + corner.x + width_of(page, *run);
    }
    return lines;
}

std::vector<Line> set(const std::string& json, const Letter& letter = letter_with({})) {
    DrawingTable table;
    const auto pages = table.lay_out(json, letter);
    REQUIRE(pages);
    return lines_of(pages->front(), table.assets());
}

Length off(Length a, Length b) { return a > b ? a - b : b - a; }

const std::string french =
    "La distillation de la lavande se conduit traditionnellement à l’oreille plutôt qu’au thermomètre\u202F; on ne "
    "coupe jamais immédiatement après la pluie, même lorsque les nuages annoncent un refroidissement considérable. "
    "Mon grand-père répétait\u202F: «\u00A0Ce que la terre donne en juillet, elle l’a vraisemblablement décidé en "
    "février.\u00A0» Nous avons mis longtemps à comprendre cette phrase, et davantage encore à y croire.";
const std::string german =
    "Die Destillation des Lavendels richtet sich seit Generationen eher nach dem Gehör als nach dem Thermometer. "
    "Unmittelbar nach einem Gewitterregen wird grundsätzlich nicht geschnitten, auch wenn die Wetterberichte der "
    "Landwirtschaftskammer neue Niederschläge ankündigen. „Was die Erde im Juli verschenkt“, schrieb mein Großvater, "
    "„hat sie im Februar beschlossen.“";

}  // namespace

TEST_CASE("accepted: a French paragraph, justified and hyphenated", "[layouts][accepted]") {
    DrawingTable table;
    const auto pages = table.lay_out(block(80, french, R"("align": "justify", "hyphenate": true)"), letter_with({}));
    REQUIRE(pages);
    const auto now = trial::drawn(*pages, table.assets());
    CHECK(now == trial::accepted("justified-fr.frame.txt", now));
}

TEST_CASE("accepted: a German paragraph with a field, justified and hyphenated", "[layouts][accepted]") {
    DrawingTable table;
    const auto pages = table.lay_out(
        block(70, "Guten Tag {first_name}! " + german, R"("align": "justify", "hyphenate": true)", "de-DE"),
        letter_with({}));
    REQUIRE(pages);
    const auto now = trial::drawn(*pages, table.assets());
    CHECK(now == trial::accepted("justified-de.frame.txt", now));
}

TEST_CASE("justified lines end within a fiftieth of a millimetre of the margin, the last where it may", "[layouts]") {
    for (const auto& [text, locale] : {std::pair{french, "fr-FR"}, std::pair{german, "de-DE"}}) {
        const auto lines = set(block(75, text, R"("align": "justify", "hyphenate": true)", locale));
        REQUIRE(lines.size() > 5);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(off(lines[i].right, 100_mm) < 0.02_mm);
        CHECK(lines.back().right < 99_mm);
    }
}

TEST_CASE("a field's letter is justified as well as static text", "[layouts]") {
    const auto lines = set(block(75, "Chère {first_name}, " + french, R"("align": "justify")"));
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(off(lines[i].right, 100_mm) < 0.02_mm);
}

TEST_CASE("optimum lines of ragged text have an evener edge than greedy ones", "[layouts]") {
    const auto raggedness = [](const std::vector<Line>& lines) {
        double sum = 0;
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            const double rest = (85_mm - lines[i].right).to_mm();
            sum += rest * rest * rest;
        }
        return sum;
    };
    const auto greedy = set(block(60, german, R"("align": "left")", "de-DE"));
    const auto optimum = set(block(60, german, R"("align": "left", "breaking": "optimum")", "de-DE"));
    CHECK(raggedness(optimum) < raggedness(greedy));
    for (const Line& line : optimum) CHECK(line.right <= 85_mm);
}
