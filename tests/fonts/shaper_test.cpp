#include "fonts/shaper.hpp"

#include <fmt/format.h>
#include <glib.h>
#include <hb.h>

#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "base/release.hpp"
#include "fonts/characters.hpp"
#include "fonts/subset.hpp"
#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

using Font = Handle<hb_font_t, hb_font_destroy>;
using Buffer = Handle<hb_buffer_t, hb_buffer_destroy>;

using Glyphs = std::vector<std::array<int, 4>>;  // id, advance, dx, dy

/// The oracle: HarfBuzz called as its manual has it.
Glyphs plain_harfbuzz(const Face& face, std::string_view text, hb_script_t script = HB_SCRIPT_LATIN) {
    const Font font(hb_font_create(face.hb));
    const Buffer buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_set_script(buffer.get(), script);
    hb_buffer_set_direction(buffer.get(), hb_script_get_horizontal_direction(script));
    hb_shape(font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), nullptr);
    Glyphs glyphs;
    for (unsigned i = 0; i < count; ++i)
        glyphs.push_back(
            {static_cast<int>(infos[i].codepoint), places[i].x_advance, places[i].x_offset, places[i].y_offset});
    return glyphs;
}

void append(Glyphs& all, const Glyph* glyphs, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        all.push_back({glyphs[i].id, glyphs[i].advance, glyphs[i].dx, glyphs[i].dy});
}

void append(Glyphs& all, const std::vector<ShapedRun>& runs) {
    for (const ShapedRun& run : runs) append(all, run.glyphs.data(), run.glyphs.size());
}

Glyphs glyphs_of(const Word& word) {
    Glyphs all;
    append(all, word.glyphs, word.glyph_count);
    return all;
}

Glyphs glyphs_of(const ShapedRun& run) {
    Glyphs all;
    append(all, run.glyphs.data(), run.glyphs.size());
    return all;
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> words(1);
    for (const char c : line)
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    return words;
}

Glyphs word_by_word(Shaper& shaper, ChainId chain, const std::string& line) {
    Glyphs all;
    bool first = true;
    for (const std::string& text : split(line)) {
        for (const std::string& part : {first ? std::string() : std::string(" "), text}) {
            const Glyphs word = glyphs_of(*shaper.word(chain, part).value());
            all.insert(all.end(), word.begin(), word.end());
        }
        first = false;
    }
    return all;
}

const std::vector<std::string> sentences{
    "Chère Madame Lefèvre-Dùpont, merci pour votre commande n° 10045 du 3 mars 2026 : l’œuvre « Été » vous attend.",
    "Sehr geehrte Frau Müller-Lüdenscheidt, Ihre Bestellung über 1.234,50 EUR (Größe XXL) ist unterwegs!",
    "The efficient office staff offered baffling coffee; \"fjord\" and AVATAR, To. We. P. \u2013 five flights of "
    "stairs.",
    "Ευχαριστούμε για την παραγγελία σας, κύριε Παπαδόπουλε· θα σας την στείλουμε αύριο.",
    "Уважаемый Дмитрий Сергеевич, благодарим Вас за заказ № 77 на сумму 12 300 руб.",
    "Dziękujemy za zamówienie, Łukasz Żółć. Příliš žluťoučký kůň, Đorđe Țuțuianu, Nguyễn Thị Bích."};

hb_script_t script_of(std::size_t sentence) {
    return sentence == 3 ? HB_SCRIPT_GREEK : sentence == 4 ? HB_SCRIPT_CYRILLIC : HB_SCRIPT_LATIN;
}

/// Where the two have not the same glyph in the same place.
std::vector<std::size_t> differences(const Glyphs& a, const Glyphs& b) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
        if (i >= a.size() || i >= b.size() || a[i] != b[i]) places.push_back(i);
    return places;
}

std::string random_number(std::mt19937& random) {
    const std::vector<std::string> signs{"0", "1", "1", "2", "3", "4", "5", "6", "7", "8", "9",      ".",
                                         ",", "-", "/", ":", "'", "%", "+", "#", "€", "’", "\u00A0", "\u202F"};
    std::string number;
    for (std::size_t i = 0, length = 1 + random() % 16; i < length; ++i) number += signs[random() % signs.size()];
    return number;
}

/// The text a reader of the PDF gets, through ToUnicode alone.
std::string told(const Face& face, const Word& word) {
    GlyphSet used;
    for (std::uint32_t i = 0; i < word.glyph_count; ++i) used.add(word.glyphs[i].id);
    auto texts = glyph_texts(face, used);
    std::string all;
    for (std::uint32_t i = 0; i < word.glyph_count; ++i)
        for (const char32_t c : texts[word.glyphs[i].id]) append_utf8(all, c);
    return all;
}

/// Normalisation form KD, by GLib.
std::string normalised(const std::string& text) {
    const Handle<char, g_free> result(g_utf8_normalize(text.c_str(), -1, G_NORMALIZE_NFKD));
    return result.get();
}

}  // namespace

TEST_CASE("a word is shaped once and looked up afterwards", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const Word* word = shaper.word(style.chain, "Mustermann").value();
    CHECK(word->glyph_count == 10);
    CHECK(word == shaper.word(style.chain, "Mustermann").value());
    CHECK_FALSE(word->needs_text);
    for (int i = 0; i < 20'000; ++i) REQUIRE(shaper.word(style.chain, fmt::format("w{}x", i)));
    CHECK(word == shaper.word(style.chain, "Mustermann").value());
}

TEST_CASE("words and spaces one by one are the line that HarfBuzz shapes as a whole", "[fonts]") {
    const auto sentence = GENERATE(range(std::size_t{0}, std::size_t{6}));
    OneStyle style;
    Shaper shaper(style.fonts);
    const std::string& line = sentences[sentence];
    CAPTURE(line);
    const Glyphs whole = plain_harfbuzz(style.fonts.face({0}), line, script_of(sentence));
    CHECK(differences(word_by_word(shaper, style.chain, line), whole) == std::vector<std::size_t>{});
}

TEST_CASE("in faces that kern the space, word by word differs in the width of a space and in nothing else", "[fonts]") {
    const auto sentence = GENERATE(range(std::size_t{0}, std::size_t{5}));
    const auto family = GENERATE(as<std::string>(), "Liberation Sans", "Liberation Serif");
    OneStyle style({family, 400, false});
    Shaper shaper(style.fonts);
    const std::string& line = sentences[sentence];
    const Glyphs words = word_by_word(shaper, style.chain, line);
    const int space = shaper.word(style.chain, " ").value()->glyphs[0].id;
    CAPTURE(family, line);
    for (const std::size_t i : differences(words, plain_harfbuzz(style.fonts.face({0}), line, script_of(sentence))))
        CHECK(words.at(i)[0] == space);
}

TEST_CASE("numbers put together from pairs are what HarfBuzz makes of them", "[fonts]") {
    const auto family = GENERATE(as<std::string>(), "Noto Sans", "Liberation Sans", "DejaVu Sans", "Nimbus Sans",
                                 "Noto Serif", "Noto Sans CJK JP", "Noto Sans Devanagari");
    OneStyle style({family, 400, false});
    Shaper shaper(style.fonts);
    std::mt19937 random(7);
    for (int i = 0; i < 2'000; ++i) {
        const std::string number = random_number(random);
        const Word* word = shaper.word(style.chain, number).value();
        CAPTURE(family, number);
        REQUIRE(glyphs_of(*word) == plain_harfbuzz(style.fonts.face(word->face), number));
    }
}

TEST_CASE("letters with a number behind them are what HarfBuzz makes of the whole word", "[fonts]") {
    const auto family = GENERATE(as<std::string>(), "Noto Sans", "Liberation Sans", "DejaVu Sans", "Nimbus Sans",
                                 "Noto Serif", "Noto Sans CJK JP");
    OneStyle style({family, 400, false});
    Shaper shaper(style.fonts);
    std::mt19937 random(11);
    for (const std::string letters : {"NB-", "AV", "T.", "W", "Rechnung-Nr.", "ffi", "L’", "É/", "№", "x-y:"})
        for (int i = 0; i < 200; ++i) {
            const std::string text = letters + random_number(random);
            const auto word = shaper.word(style.chain, text);
            CAPTURE(family, text);
            REQUIRE(glyphs_of(**word) == plain_harfbuzz(style.fonts.face((*word)->face), text));
        }
}

TEST_CASE("order numbers leave nothing behind once the letter is done", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const Word* first = shaper.word(style.chain, "NB-2025-100482").value();
    CHECK(first->glyph_count == 14);
    shaper.trim();
    CHECK(shaper.word(style.chain, "NB-2025-100483").value() == first);  // the same memory again
}

TEST_CASE("numbers are forgotten at the end of a letter, words are kept", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const Word* word = shaper.word(style.chain, "Rechnung").value();
    const Word* number = shaper.word(style.chain, "1.234,50").value();
    CHECK(number->glyph_count == 8);
    shaper.trim();
    CHECK(shaper.word(style.chain, "9.876,10").value() == number);  // the same memory again
    CHECK(shaper.word(style.chain, "Rechnung").value() == word);
}

TEST_CASE("a word is set in the first face that has all of it", "[fonts]") {
    FontSet fonts({"", {"Noto Sans"}});
    const ChainId chain = fonts.chain({"C059", 400, false}).value();
    fonts.freeze();
    Shaper shaper(fonts);
    CHECK(fonts.face(shaper.word(chain, "Anna").value()->face).family == "C059");
    CHECK(fonts.face(shaper.word(chain, "Ἀθῆναι").value()->face).family == "Noto Sans");
    CHECK(fonts.face(shaper.word(chain, "Nguyễn").value()->face).family == "Noto Sans");  // not half of it
}

TEST_CASE("a character that no font has is named, and so are the families tried", "[fonts]") {
    FontSet fonts({"", {"Noto Sans Hebrew"}});
    const ChainId chain = fonts.chain({"Noto Sans", 400, false}).value();
    fonts.freeze();
    Shaper shaper(fonts);
    for (const Error& error : {shaper.word(chain, "Hi😀").error(), shaper.shape(chain, "Hi 😀", "en").error()}) {
        CHECK(error.fault == Fault::MissingGlyph);
        CHECK_THAT(error.text(), Catch::Contains("U+1F600 😀") && Catch::Contains("Noto Sans, Noto Sans Hebrew"));
    }
    const Error mixed = shaper.word(chain, "Aא").error();  // each in one of the faces, together in none
    CHECK(mixed.fault == Fault::Unsupported);
    CHECK_THAT(shaper.shape(chain, "l'\u0090\u00C9glise", "fr").error().text(),
               Catch::Contains("U+0090 (control character)"));
    CHECK_THAT(shaper.shape(chain, "a\tb", "en").error().text(), Catch::Contains("U+0009 (control character)"));
}

TEST_CASE("text that is not UTF-8 is refused with the place", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const std::string latin1 = "M\xFCller";
    CHECK(shaper.word(style.chain, latin1).error().fault == Fault::BadInput);
    CHECK_THAT(shaper.shape(style.chain, latin1, "de").error().message, Catch::Contains("byte 2"));
    CHECK(shaper.word(style.chain, "\xED\xA0\x80").error().fault == Fault::BadInput);  // half a surrogate pair
}

TEST_CASE("no text, very long words and odd lengths are words too", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    CHECK(shaper.word(style.chain, {}).value()->glyph_count == 0);
    CHECK(shaper.shape(style.chain, {}, "en").value().empty());
    for (std::size_t length = 1; length < 40; ++length)
        CHECK(shaper.word(style.chain, std::string(length, 'm')).value()->glyph_count == length);
    CHECK(shaper.word(style.chain, std::string(100'000, 'm')).value()->glyph_count == 100'000);
    CHECK(shaper.word(style.chain, std::string(100, '7')).value()->glyph_count == 100);
    shaper.trim();
    CHECK(shaper.word(style.chain, "m").value()->glyph_count == 1);
}

TEST_CASE("simple text is Latin, Greek and Cyrillic; joiners, direction marks and other scripts are not", "[fonts]") {
    for (const std::string& line : sentences) CHECK(Shaper::is_simple(line));
    for (const char* text : {"", "a", "12345678", "1234567 é", "50 €", "n°", "e\u0301", "\u202F", "x²", "½"})
        CHECK(Shaper::is_simple(text));
    for (const char* text : {"مرحبا", "שלום", "नमस्ते", "東京", "สวัสดี", "Երևան", "😀", "a\tb", "12345678\n", "\x7F",
                             "\u200E", "a\u200Db", "\u0085", "\xFF", "abcdefgh\xC3"})
        CHECK_FALSE(Shaper::is_simple(text));
}

TEST_CASE("a combining mark makes the letter that has it", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const Word& composed = *shaper.word(style.chain, "Zoë").value();
    const Word& combined = *shaper.word(style.chain, "Zoe\u0308").value();
    CHECK(glyphs_of(composed) == glyphs_of(combined));
    CHECK_FALSE(combined.needs_text);
    CHECK(shaper.word(style.chain, "x\u0323").value()->glyph_count == 2);  // no such letter: a mark is placed
}

TEST_CASE("a word needs its text exactly where ToUnicode does not tell it", "[fonts]") {
    const auto family = GENERATE(as<std::string>(), "Noto Sans", "Liberation Sans", "DejaVu Sans", "Nimbus Roman",
                                 "Noto Serif", "Noto Sans CJK JP");
    OneStyle style({family, 400, false});
    Shaper shaper(style.fonts);
    std::string all = "office fjord Thüringen 10045 Đorđe Ðorðe ЯА ΑΒΓ ABГ \u2126 ffi fﬂ ĳ";
    for (const std::string& line : sentences) all += " " + line;
    for (const std::string& text : split(all)) {
        const Word& word = *shaper.word(style.chain, text).value();
        CAPTURE(family, text);
        CHECK(word.needs_text == (normalised(told(style.fonts.face(word.face), word)) != normalised(text)));
    }
}

TEST_CASE("Arabic, Latin and digits in one line keep their order on paper", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const std::string text = "مرحبا Anna 123";
    const auto logical = shaper.shape(style.chain, text, "ar").value();
    REQUIRE(logical.size() >= 2);
    CHECK(logical[0].level % 2 == 1);
    CHECK(style.fonts.face(logical[0].face).family == "Noto Sans Arabic");
    CHECK(logical[0].needs_text);
    const auto visual = shaper.visual_order(logical);
    CHECK(visual.back().first == 0);  // the Arabic word, first in the text, stands at the right
    std::uint32_t covered = 0;
    for (const ShapedRun& run : logical) {
        CHECK(run.first == covered);
        covered += run.length;
    }
    CHECK(covered == text.size());
}

TEST_CASE("runs are put in visual order by UAX 9 rule L2", "[fonts]") {
    OneStyle style;
    const Shaper shaper(style.fonts);
    std::vector<ShapedRun> line(6);
    const std::uint8_t levels[] = {0, 1, 2, 1, 0, 1};
    for (std::uint32_t i = 0; i < 6; ++i) {
        line[i].first = i;
        line[i].level = levels[i];
    }
    std::vector<std::uint32_t> order;
    for (const ShapedRun& run : shaper.visual_order(line)) order.push_back(run.first);
    CHECK(order == std::vector<std::uint32_t>{0, 3, 2, 1, 4, 5});
    CHECK(shaper.visual_order({}).empty());
}

TEST_CASE("the base direction is the first strong letter's, or what is asked for", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    CHECK(shaper.shape(style.chain, "(שלום)", "he").value()[0].level == 1);
    CHECK(shaper.shape(style.chain, "abc", "he").value()[0].level == 0);
    CHECK(shaper.shape(style.chain, "abc", "he", Shaper::Base::RightToLeft).value()[0].level == 2);
    CHECK(shaper.shape(style.chain, "12", "he", Shaper::Base::LeftToRight).value()[0].level == 0);
}

TEST_CASE("one script at a time, complex text is what HarfBuzz makes of it", "[fonts]") {
    const std::tuple<const char*, const char*, hb_script_t> samples[] = {
        {"Noto Sans Arabic", "السلامعليكم", HB_SCRIPT_ARABIC},
        {"Noto Sans Hebrew", "שָׁלוֹם", HB_SCRIPT_HEBREW},
        {"Noto Sans Devanagari", "किंकर्तव्य", HB_SCRIPT_DEVANAGARI},
        {"Noto Sans Thai", "กรุงเทพฯ", HB_SCRIPT_THAI},
        {"Noto Sans Armenian", "Երևան", HB_SCRIPT_ARMENIAN},
        {"Noto Sans Georgian", "თბილისი", HB_SCRIPT_GEORGIAN},
        {"Noto Sans CJK SC", "北京市", HB_SCRIPT_HAN}};
    OneStyle style;
    Shaper shaper(style.fonts);
    for (const auto& [family, text, script] : samples) {
        CAPTURE(family, text);
        const auto runs = shaper.shape(style.chain, text, "").value();
        REQUIRE(runs.size() == 1);
        CHECK(style.fonts.face(runs[0].face).family == family);
        CHECK(glyphs_of(runs[0]) == plain_harfbuzz(style.fonts.face(runs[0].face), text, script));
        CHECK(runs[0].clusters.size() == runs[0].glyphs.size());
    }
    CHECK(shaper.shape(style.chain, "किंकर्तव्य", "").value()[0].needs_text);  // a vowel sign moves before its consonant
    CHECK_FALSE(shaper.shape(style.chain, "北京市", "").value()[0].needs_text);
}

TEST_CASE("a run's width is the sum of its advances at its size", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const auto runs = shaper.shape(style.chain, "AA", "en").value();
    const int advance = style.fonts.face({0}).widths[runs[0].glyphs[0].id];
    CHECK(runs[0].width(Length::pt(10), style.fonts) == Length::pt(10) * (2 * advance) / 1000);
}

TEST_CASE("invisible characters leave no glyph behind", "[fonts]") {
    OneStyle style;
    Shaper shaper(style.fonts);
    const auto runs = shaper.shape(style.chain, "Schiff\u00ADfahrt\u200B", "de").value();
    std::size_t glyphs = 0;
    for (const ShapedRun& run : runs) glyphs += run.glyphs.size();
    CHECK(glyphs <= 11);
    CHECK_FALSE(runs[0].needs_text);
}

TEST_CASE("four threads with shapers of their own get the same glyphs", "[fonts]") {
    OneStyle style;
    const auto work = [&](Glyphs& all) {
        Shaper shaper(style.fonts);
        for (int round = 0; round < 20; ++round) {
            for (const std::string& line : sentences) {
                const Glyphs words = word_by_word(shaper, style.chain, line);
                all.insert(all.end(), words.begin(), words.end());
            }
            for (const char* text : {"مرحبا Anna 123", "東京都 1-2-3", "שלום", "1.234,50"})
                append(all, shaper.shape(style.chain, text, "en").value());
            shaper.trim();
        }
    };
    std::vector<Glyphs> results(4);
    std::vector<std::thread> threads;
    for (Glyphs& result : results) threads.emplace_back(work, std::ref(result));
    for (std::thread& thread : threads) thread.join();
    CHECK(results[0].size() > 1'000);
    for (const Glyphs& result : results) CHECK(result == results[0]);
}
