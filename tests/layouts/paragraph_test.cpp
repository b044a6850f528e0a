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

/// All widths of spaces (glyph 3 of Liberation Serif) on the lines of the page but the last.
std::vector<std::int32_t> spaces_of(const Frame& frame) {
    std::vector<std::int32_t> widths;
    for (const Item& item : frame.items)
        if (const auto* run = std::get_if<TextRun>(&item); run && run->baseline.y > 99_mm)
            for (std::uint32_t i = 0; i < run->glyphs.count; ++i)
                if (const Glyph& glyph = frame.glyphs[run->glyphs.first + i]; glyph.id == 3)
                    widths.push_back(glyph.advance);
    return widths;
}

Frame page_of(const std::string& json, const Letter& letter) {
    DrawingTable table;
    auto pages = table.lay_out(json, letter);
    INFO((pages ? "" : pages.error().text()));
    REQUIRE(pages);
    return pages->front();
}

std::string findings_of(const std::string& json) {
    DrawingTable table;
    return trial::told(table.compile(json).findings);
}

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

TEST_CASE("a no-break space stretches with the others, a narrow one keeps its width", "[layouts]") {
    // {first_name} makes it a letter's own text: it takes the road that fields take.
    const auto frame = page_of(
        block(60, "{first_name} a dit\u00A0: ma\u202Fchère, extraordinairement bonne amie de toujours et encore plus",
              R"("align": "justify")"),
        letter_with({}));
    const auto spaces = spaces_of(frame);
    REQUIRE(spaces.size() > 6);
    const auto narrow = std::count(spaces.begin(), spaces.end(), 256);
    CHECK(narrow == 1);
    // Zoë, a, dit, :, ma chère: three spaces and a tie before the narrow one, alike to one unit.
    for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(spaces[i] - spaces[0]) <= 1);
    CHECK(spaces[0] != 512);
}

TEST_CASE("a soft hyphen prints a hyphen where its line ends and nothing anywhere else", "[layouts]") {
    const auto hyphens = [](const Frame& frame) {
        return std::count_if(frame.glyphs.begin(), frame.glyphs.end(), [](const Glyph& g) { return g.id == 16; });
    };
    const auto letter =
        letter_with({{"word", "Donau\u00ADdampf\u00ADschiff"}, {"lone", "\u00AD"}, {"plain", "Donaudampfschiff"}});
    const std::string start = "Nach Wien geht es mit dem ";
    const auto wide = page_of(block(100, start + "{word}", R"("gap": 0)"), letter);
    CHECK(hyphens(wide) == 0);
    const auto whole = page_of(block(100, start + "{plain}", R"("gap": 0)"), letter);
    CHECK(wide.glyphs.size() == whole.glyphs.size());
    CHECK(hyphens(page_of(block(55, start + "{word}", R"("gap": 0)"), letter)) == 1);
    CHECK(hyphens(page_of(block(55, start + "{plain}", R"("gap": 0)"), letter)) == 0);
    const auto lone = page_of(block(100, "{first_name} {lone}{lone} da", R"("gap": 0)"), letter);
    CHECK(lone.glyphs.size() == page_of(block(100, "{first_name}  da", R"("gap": 0)"), letter).glyphs.size());
}

TEST_CASE("a word joiner and a no-break hyphen keep a line together, a zero-width space lets it break", "[layouts]") {
    const auto lines = [](const std::string& text) { return set(block(30, text, R"("gap": 0)")).size(); };
    CHECK(lines("{first_name} Apfel-Birne Mus") == 2);
    const auto first_end = [](const std::string& text) { return set(block(30, text, R"("gap": 0)"))[0].right; };
    CHECK(first_end("{first_name} Apfelmus-\u2060Birnenmus") < first_end("{first_name} Apfelmus-Birnenmus"));
    CHECK(set(block(30, "{first_name} Apfelku\u200Bchenbirnenmus", R"("gap": 0)"))[0].right >
          set(block(30, "{first_name} Apfelkuchenbirnenmus", R"("gap": 0)"))[0].right);
    CHECK(set(block(30, "{first_name} Apfel\u2011kuchenbirne", R"("gap": 0)"))[0].right <
          set(block(30, "{first_name} Apfel-kuchenbirne", R"("gap": 0)"))[0].right);
}

TEST_CASE("words of fields are divided only where the paragraph asks for it", "[layouts]") {
    const auto letter = letter_with({{"item", "Donaudampfschifffahrtsgesellschaftskapitän"}});
    const auto text = std::string("Wir danken Ihnen sehr für den {item} und alles");
    const auto hyphens = [&](const std::string& wish) {
        const auto frame = page_of(block(62, text, R"("align": "justify", "hyphenate": )" + wish, "de-DE"), letter);
        return std::count_if(frame.glyphs.begin(), frame.glyphs.end(), [](const Glyph& g) { return g.id == 16; });
    };
    CHECK(hyphens("true") == 0);
    CHECK(hyphens(R"("all")") == 1);
}

TEST_CASE("a word wider than its column falls at its divisions", "[layouts]") {
    const auto frame = page_of(block(22, "{first_name} Donaudampfschifffahrtsgesellschaftskapitän",
                                     R"("align": "left", "hyphenate": true)", "de-DE"),
                               letter_with({}));
    const auto hyphens =
        std::count_if(frame.glyphs.begin(), frame.glyphs.end(), [](const Glyph& g) { return g.id == 16; });
    CHECK(hyphens >= 2);
    DrawingTable table;
    const auto pages = table.lay_out(block(22, "{first_name} Donaudampfschifffahrtsgesellschaftskapitän",
                                           R"("align": "left", "hyphenate": true)", "de-DE"),
                                     letter_with({}));
    for (const Line& line : lines_of(pages->front(), table.assets())) CHECK(line.right <= 47_mm);
}

TEST_CASE("a language without dictionary is said, and its words stay whole", "[layouts]") {
    CHECK_THAT(findings_of(block(60, "Kia ora", R"("hyphenate": true)", "mi-NZ")),
               Contains("warning no-hyphenation") && Contains("no hyphenation dictionary for \"mi-NZ\""));
}

TEST_CASE("the dictionary is part of a template's version", "[layouts]") {
    DrawingTable table;
    const auto with = table.compile(block(60, french, R"("align": "justify", "hyphenate": true)"));
    const auto other = table.compile(block(60, french, R"("align": "justify", "hyphenate": true, "locale": "de")"));
    REQUIRE(with.result);
    REQUIRE(other.result);
    CHECK(with.result->version() != other.result->version());
}

TEST_CASE("a static paragraph with a line that cannot be filled is reported with the line", "[layouts]") {
    const auto told = findings_of(
        block(45, "Vous extraordinairement Donaudampfschifffahrtsgesellschaft immédiatement", R"("align": "justify")"));
    CHECK_THAT(told, Contains("warning loose-line") && Contains("line 1 of"));
    CHECK(findings_of(block(80, french, R"("align": "justify", "hyphenate": true)")).empty());
}

TEST_CASE("French without its spaces, or with spaces that break, is reported and never changed", "[layouts]") {
    const auto told = findings_of(block(120, "Merci ! Voici: une liste; enfin? « oui » et «non».", "\"gap\": 0"));
    for (const char* place : {"\"Merci !", "\"Voici:\"", "\"liste;\"", "\"enfin?\"", "\"«non».\""})
        CHECK_THAT(told, Contains(place));
    CHECK(std::count(told.begin(), told.end(), '\n') == 8);
    CHECK(findings_of(
              block(120, "À 12:30 (https://a.example/?x=1;y)\u202F: «\u00A0oui\u00A0»\u202F! \u2014 d’accord\u00A0?…",
                    "\"gap\": 0"))
              .empty());
}

TEST_CASE("quotes of a typewriter, of another language or the wrong way round are reported", "[layouts]") {
    const auto count = [](const std::string& text, const std::string& locale) {
        const auto told = findings_of(block(120, text, "\"gap\": 0", locale));
        return std::count(told.begin(), told.end(), '\n');
    };
    CHECK(count("„So“ und »so« und ‚so‘ und wie’s geht", "de-DE") == 0);
    CHECK(count("“So” steht es", "de-DE") == 2);
    CHECK(count("«So» steht es", "de-DE") == 1);
    CHECK(count("«So» steht es", "de-CH") == 0);
    CHECK(count("\\\"So\\\" wie's geht", "de-DE") == 3);
    CHECK(count("She said “so” and ‘so’, it’s 5\\\" long", "en-GB") == 0);
    CHECK(count("She said „so” and «so»", "en-GB") == 3);
    CHECK(count("Il a dit “non”", "fr-FR") == 1);
    CHECK(count("Il a dit «\u00A0l’idée “folle” du siècle\u00A0»", "fr-FR") == 0);
}

TEST_CASE("two spaces and hyphens for dashes are reported with the place", "[layouts]") {
    const auto told = findings_of(block(120, "Ein Satz.  Noch einer - mit Strich", "\"gap\": 0", "de-DE"));
    CHECK_THAT(
        told, Contains("warning double-space templates/trial/template.json:1:") && Contains("warning hyphen-for-dash"));
    CHECK(findings_of(block(120, "10 - 3 = 7, Nord-Süd, {first_name} – da", "\"gap\": 0", "de-DE")).empty());
}

TEST_CASE("a paragraph that goes on in another measure takes back the hyphens of the first", "[layouts]") {
    // The next page's body is wider: what was divided at the foot of the first page is whole again there.
    std::string json =
        block(40, "{first_name} " + german + german, R"("align": "justify", "hyphenate": true)", "de-DE");
    json.insert(json.find(R"("body":)"), R"("next": {"body_box": {"x": 25, "y": 100, "w": 150, "h": 150}}, )");
    json.replace(json.find(R"("h": 150})"), 9, R"("h": 20})");
    DrawingTable table;
    const auto pages = table.lay_out(json, letter_with({}));
    REQUIRE(pages);
    REQUIRE(pages->size() == 2);
    const auto hyphens = [](const Frame& frame) {
        return std::count_if(frame.glyphs.begin(), frame.glyphs.end(), [](const Glyph& g) { return g.id == 16; });
    };
    const auto lines = lines_of(pages->back(), table.assets());
    CHECK(hyphens(pages->back()) <= static_cast<std::ptrdiff_t>(lines.size()) - 1);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(off(lines[i].right, 175_mm) < 0.02_mm);
}

TEST_CASE("signs that hang reach into the margin by part of their width", "[layouts]") {
    const auto flush = set(block(75, german, R"("align": "justify", "hyphenate": true)", "de-DE"));
    const auto hung = set(block(75, german, R"("align": "justify", "hyphenate": true, "hang": true)", "de-DE"));
    const auto beyond = std::count_if(hung.begin(), hung.end(), [](const Line& l) { return l.right > 100.3_mm; });
    CHECK(beyond >= 1);
    for (const Line& line : hung) CHECK(line.right < 101_mm);
    for (const Line& line : flush) CHECK(line.right < 100.02_mm);
}
