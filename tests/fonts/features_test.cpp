#include "fonts/features.hpp"

#include <hb.h>

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "fonts/face_file.hpp"
#include "fonts/glyph_texts.hpp"
#include "fonts/setting.hpp"
#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

using Glyphs = std::vector<std::array<int, 2>>;  // id, advance

/// HarfBuzz called as its manual has it.
Glyphs plain_harfbuzz(const Face& face, std::string_view text, const std::vector<std::string>& features,
                      const char* language = "") {
    const HbFont font(hb_font_create(face.hb));
    const Handle<hb_buffer_t, hb_buffer_destroy> buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_set_script(buffer.get(), HB_SCRIPT_LATIN);
    hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer.get(), hb_language_from_string(language, -1));
    std::vector<hb_feature_t> wanted(features.size());
    for (std::size_t i = 0; i < features.size(); ++i) hb_feature_from_string(features[i].c_str(), -1, &wanted[i]);
    hb_shape(font.get(), buffer.get(), wanted.data(), static_cast<unsigned>(wanted.size()));
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), nullptr);
    Glyphs glyphs;
    for (unsigned i = 0; i < count; ++i) glyphs.push_back({static_cast<int>(infos[i].codepoint), places[i].x_advance});
    return glyphs;
}

Glyphs glyphs_of(const Word& word) {
    Glyphs all;
    for (std::uint32_t i = 0; i < word.glyph_count; ++i) all.push_back({word.glyphs[i].id, word.glyphs[i].advance});
    return all;
}

TextSetting setting_of(const std::vector<std::string>& features, int tracking = 0, std::string language = "") {
    TextSetting setting{{}, tracking, std::move(language)};
    for (const std::string& feature : features) setting.features.push_back(read_feature(feature).value());
    return setting;
}

/// One face set in several ways.
struct Settings {
    FontSet fonts{{"", {}}};
    FaceQuery query;
    explicit Settings(FaceQuery face) : query(std::move(face)) {}
    ChainId add(const TextSetting& setting) { return fonts.chain(query, setting).value(); }
    const Face& face() { return fonts.face({0}); }
};

}  // namespace

TEST_CASE("a feature is written by its tag, with a minus to switch it off and a number for a form", "[fonts]") {
    CHECK(read_feature("ss01") == Feature{HB_TAG('s', 's', '0', '1'), 1});
    CHECK(read_feature("+kern")->value == 1);
    CHECK(read_feature("-liga") == Feature{HB_TAG('l', 'i', 'g', 'a'), 0});
    CHECK(read_feature("salt=2")->value == 2);
    for (const char* wrong : {"", "-", "lig", "ligas", "salt=", "salt=x", "salt=2x", "sa t", "a\u00E9b", "kern[3:5]"})
        CHECK_FALSE(read_feature(wrong));
    CHECK(read_feature("c2sc")->name() == "c2sc");
}

TEST_CASE("words and numbers of a chain are what HarfBuzz makes of them with the chain's features", "[fonts]") {
    const std::vector<std::vector<std::string>> ways{{},        {"onum"}, {"lnum", "tnum"}, {"smcp", "c2sc"},
                                                     {"-liga"}, {"dlig"}, {"-kern"},        {"onum", "pnum"}};
    const auto family = GENERATE(as<std::string>(), "EB Garamond", "Noto Sans", "Noto Serif", "Liberation Sans");
    Settings settings({family, 400, false});
    std::vector<ChainId> chains;
    for (const auto& way : ways) chains.push_back(settings.add(setting_of(way)));
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    std::mt19937 random(11);
    for (int i = 0; i < 300; ++i) {
        std::string number;
        for (std::size_t n = 1 + random() % 9; n > 0; --n) number += "0123456789.,-/"[random() % 14];
        for (const std::string& text : {number, std::string("Office"), std::string("AVATAR"), std::string("Quelle")})
            for (std::size_t way = 0; way < ways.size(); ++way) {
                CAPTURE(family, text, ways[way]);
                const Word& word = *shaper.word(chains[way], text).value();
                REQUIRE(glyphs_of(word) == plain_harfbuzz(settings.face(), text, ways[way]));
            }
        shaper.trim();
    }
}

TEST_CASE("two settings of one face never share a remembered word or a number", "[fonts]") {
    Settings settings({"EB Garamond", 400, false});
    const ChainId plain = settings.add({}), small = settings.add(setting_of({"smcp", "lnum"}));
    CHECK(plain.value != small.value);
    CHECK(settings.add(setting_of({"smcp", "lnum"})) == small);
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    for (const char* text : {"Anna", "1234"}) {
        const Glyphs before = glyphs_of(*shaper.word(plain, text).value());
        CHECK(glyphs_of(*shaper.word(small, text).value()) != before);
        CHECK(glyphs_of(*shaper.word(plain, text).value()) == before);
    }
}

TEST_CASE("small capitals and old-style figures tell their text without help", "[fonts]") {
    Settings settings({"EB Garamond", 400, false});
    const ChainId small = settings.add(setting_of({"smcp"})), figures = settings.add(setting_of({"onum", "tnum"})),
                  ligatures = settings.add(setting_of({"dlig"}));
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    CHECK_FALSE(shaper.word(small, "garamond").value()->needs_text);
    CHECK_FALSE(shaper.word(figures, "1234567890").value()->needs_text);
    CHECK_FALSE(shaper.word(figures, "x12").value()->needs_text);
    CHECK_FALSE(shaper.word(ligatures, "Direction").value()->needs_text);
}

TEST_CASE("tracking adds the same space behind each letter and keeps ligatures apart", "[fonts]") {
    Settings settings({"Noto Sans", 400, false});
    const ChainId plain = settings.add({}), wide = settings.add(setting_of({}, 100)),
                  narrow = settings.add(setting_of({}, -25));
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    for (const std::string text : {"AVATAR", "1.234,50", "11:30", "Zoe\u0308", "x\u0323y"}) {
        CAPTURE(text);
        const Word a = *shaper.word(plain, text).value(), b = *shaper.word(wide, text).value(),
                   c = *shaper.word(narrow, text).value();
        int letters = 0;
        for (std::size_t i = 0; i < text.size(); ++i) letters += (text[i] & 0xC0) != 0x80;
        if (text.find('\xCC') != text.npos) --letters;  // a mark stands on its letter
        CHECK(b.advance - a.advance == 100 * letters);
        CHECK(a.advance - c.advance == 25 * letters);
    }
    Settings garamond({"EB Garamond", 400, false});
    const ChainId joined = garamond.add({}), apart = garamond.add(setting_of({}, 50));
    garamond.fonts.freeze();
    Shaper second(garamond.fonts);
    CHECK(second.word(joined, "office").value()->glyph_count < 6);
    CHECK(second.word(apart, "office").value()->glyph_count == 6);
}

TEST_CASE("tracking does not tear an Arabic word apart", "[fonts]") {
    Settings settings({"Noto Sans Arabic", 400, false});
    const ChainId plain = settings.add({}), wide = settings.add(setting_of({}, 200));
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    const Length ten = Length::pt(10);
    const std::string word = "\u0645\u0631\u062D\u0628\u0627";
    CHECK(shaper.shape(plain, word, "ar").value()[0].width(ten, settings.fonts) ==
          shaper.shape(wide, word, "ar").value()[0].width(ten, settings.fonts));
}

TEST_CASE("a font's own forms for a language are used in words too: Romanian and Serbian", "[fonts]") {
    Settings settings({"Noto Sans", 400, false});
    const std::string text =
        "\u015Foapt\u0103 \u0163ar\u0103";  // s and t with cedilla, which Romanian sets with a comma
    const ChainId plain = settings.add({}), romanian = settings.add(setting_of({}, 0, "ro-RO")),
                  turkish = settings.add(setting_of({}, 0, "tr"));
    settings.fonts.freeze();
    Shaper shaper(settings.fonts);
    const std::string word = "\u015Foapt\u0103";
    CHECK(glyphs_of(*shaper.word(romanian, word).value()) == plain_harfbuzz(settings.face(), word, {}, "ro"));
    CHECK(glyphs_of(*shaper.word(romanian, word).value()) != glyphs_of(*shaper.word(plain, word).value()));
    CHECK(glyphs_of(*shaper.word(turkish, word).value()) == plain_harfbuzz(settings.face(), word, {}, "tr"));
    CHECK(has_forms_for(settings.face(), "ro"));
    CHECK_FALSE(has_forms_for(settings.face(), "fr"));
}

TEST_CASE("languages a font does not know share one chain, so words are shaped once", "[fonts]") {
    Settings settings({"Noto Sans", 400, false});
    CHECK(settings.add(setting_of({}, 0, "fr-FR")) == settings.add(setting_of({}, 0, "de-DE")));
    CHECK(settings.add(setting_of({}, 0, "ro-RO")).value != settings.add({}).value);
}

TEST_CASE("Chinese, Japanese and Korean text takes its own face among the fallbacks", "[fonts]") {
    const std::pair<const char*, const char*> wanted[] = {
        {"ja-JP", "Noto Sans CJK JP"}, {"ko", "Noto Sans CJK KR"},      {"zh-Hans-CN", "Noto Sans CJK SC"},
        {"zh", "Noto Sans CJK SC"},    {"zh-Hant", "Noto Sans CJK TC"}, {"zh-TW", "Noto Sans CJK TC"},
        {"zh-HK", "Noto Sans CJK HK"}, {"fr-FR", "Noto Sans CJK SC"}};
    FontSet fonts({"", default_fallbacks()});
    std::vector<ChainId> chains;
    for (const auto& [language, family] : wanted)
        chains.push_back(fonts.chain({"Noto Sans", 400, false}, setting_of({}, 0, language)).value());
    fonts.freeze();
    Shaper shaper(fonts);
    for (std::size_t i = 0; i < chains.size(); ++i) {
        CAPTURE(wanted[i].first);
        const auto runs = shaper.shape(chains[i], "\u76F4\u9AA8", wanted[i].first).value();  // drawn apart in each
        CHECK(fonts.face(runs.at(0).face).family == wanted[i].second);
    }
}

TEST_CASE("signs between words of a fallback stay in its face: one run, one font", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    for (const char* text : {"\u6771\u4EAC, \u5927\u962A! (\u4EAC\u90FD)",
                             "\u0645\u0631\u062D\u0628\u0627, \u0634\u0643\u0631\u0627. \u0646\u0639\u0645!"}) {
        CAPTURE(text);
        const auto runs = shaper.shape(style.chain, text, "").value();
        for (const ShapedRun& run : runs) CHECK(run.face == runs[0].face);
    }
}

TEST_CASE("what a font cannot do is told; figures that are so anyway are not missed", "[fonts]") {
    const auto missing = [](const char* family, const std::vector<std::string>& features) {
        FontSet fonts({"", {}});
        return fonts.missing_features(fonts.chain({family, 400, false}, setting_of(features)).value());
    };
    using Names = std::vector<std::string>;
    CHECK(missing("Liberation Sans", {"onum", "smcp"}) == Names{"onum", "smcp"});
    CHECK(missing("Liberation Sans", {"lnum", "tnum", "-liga"}) == Names{});
    CHECK(missing("Liberation Sans", {"pnum"}) == Names{"pnum"});
    CHECK(missing("EB Garamond", {"onum", "lnum", "tnum", "smcp", "c2sc", "dlig"}) == Names{});
}

TEST_CASE("threads that ask for the tables of many settings at once get the same words", "[fonts]") {
    FontSet fonts({"", default_fallbacks()});
    std::vector<ChainId> chains;
    for (const char* family : {"EB Garamond", "Inter", "Noto Sans"})
        for (const auto& setting : {setting_of({}), setting_of({"onum", "pnum"}, 40, "ro"), setting_of({"smcp"})})
            chains.push_back(fonts.chain({family, 650, false}, setting).value());
    fonts.freeze();
    const auto work = [&](std::vector<std::int32_t>& advances) {
        Shaper shaper(fonts);
        for (int round = 0; round < 5; ++round) {
            for (const ChainId chain : chains) {
                for (const char* text : {"1.234,50", "Office", "Anna", "2026-03-04"})
                    advances.push_back(shaper.word(chain, text).value()->advance);
                const auto runs = shaper.shape(chain, "\u0645\u0631\u062D\u0628\u0627, \u6771\u4EAC", "").value();
                for (const ShapedRun& run : runs)
                    for (const Glyph& glyph : run.glyphs) advances.push_back(glyph.advance);
            }
            shaper.trim();
        }
    };
    std::vector<std::vector<std::int32_t>> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results) threads.emplace_back(work, std::ref(result));
    for (std::thread& thread : threads) thread.join();
    CHECK(results[0].size() > 200);
    for (const auto& result : results) CHECK(result == results[0]);
}
