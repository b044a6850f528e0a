#include "layouts/line_breaks.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

using namespace pli::layouts;

namespace {

std::string with_bars(std::string_view text, std::string_view locale = "fr") {
    LineBreaker breaker;
    std::vector<LineBreak> breaks;
    breaker.find(text, locale, breaks);
    std::string shown;
    std::size_t from = 0;
    for (const LineBreak& at : breaks) {
        shown += std::string(text.substr(from, at.offset - from)) + (at.mandatory ? "!" : "|");
        from = at.offset;
    }
    return shown;
}

void check_like_icu(LineBreaker& breaker, std::string_view text, std::string_view locale) {
    std::vector<LineBreak> fast, icu;
    breaker.find(text, locale, fast);
    breaker.find_by_icu(text, locale, icu);
    if (fast == icu) return;
    FAIL_CHECK("differs from ICU in " << locale << ": " << text);
}

}  // namespace

TEST_CASE("lines break after spaces and hyphens, never before French punctuation", "[layouts]") {
    CHECK(with_bars("Jean-Pierre Dupont, 12 rue") == "Jean-|Pierre |Dupont, |12 |rue!");
    CHECK(with_bars("Merci\u00A0! Au revoir") == "Merci\u00A0! |Au |revoir!");
    CHECK(with_bars("1\u202F234,50\u00A0€ net") == "1\u202F234,50\u00A0€ |net!");
    CHECK(with_bars("a\nb") == "a\n!b!");
    CHECK(with_bars("") == "");
    CHECK(with_bars(" a ") == " |a !");
}

const std::vector<std::string> signs{"a", "é",      "Ž",      "1", " ", ".", ",", "-",
                                     "×", "\u00A0", "\u202F", "'", "’", "€", "&", "\n"};

TEST_CASE("the short way for Latin text agrees with ICU on every text of four signs", "[layouts]") {
    LineBreaker breaker;
    for (const char* locale : {"en", "fr", "de", "fi", "sv", "ja"}) {
        const std::size_t stride = locale[0] == 'e' ? 1 : 7;
        for (std::size_t n = 0; n < 16 * 16 * 16 * 16; n += stride) {
            std::string text;
            for (std::size_t rest = n; rest > 0; rest /= 16) text += signs[rest % 16];
            check_like_icu(breaker, text, locale);
        }
    }
}

TEST_CASE("the short way agrees with ICU on long random text", "[layouts]") {
    std::mt19937 random(20261122);
    LineBreaker breaker;
    for (int i = 0; i < 20'000; ++i) {
        std::string text, words;
        for (int n = 0; n < 8; ++n) text += signs[random() % signs.size()];
        for (int n = 0; n < 80; ++n) words += "abcdefgZ019  .,-"[random() % 16];
        check_like_icu(breaker, text, "fr");
        check_like_icu(breaker, words, "de");
    }
}

TEST_CASE("text that is not UTF-8 is broken somewhere, and ends at its end", "[layouts]") {
    LineBreaker breaker;
    std::vector<LineBreak> breaks;
    breaker.find("a\xff\xc3 b", "fr", breaks);
    REQUIRE_FALSE(breaks.empty());
    CHECK(breaks.back() == LineBreak{5, true});
    breaker.find("a b", "no such tag!", breaks);
    CHECK(breaks.size() == 2);
}

namespace {

/// One line of LineBreakTest.txt: "× 0023 × 0020 ÷ 0023 ÷ # …", as text and the offsets of its ÷.
struct Conformance {
    std::string text, rules;
    std::vector<std::uint32_t> breaks;
};

void append_utf8(std::string& text, unsigned long c) {
    const auto put = [&](unsigned long byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

Conformance read_conformance(const std::string& line) {
    Conformance result;
    std::istringstream words(line.substr(0, line.find('#')));
    for (std::string word; words >> word;) {
        if (word == "÷" && !result.text.empty())
            result.breaks.push_back(static_cast<std::uint32_t>(result.text.size()));
        if (word != "÷" && word != "×") append_utf8(result.text, std::stoul(word, nullptr, 16));
    }
    result.rules = line.substr(std::min(line.find('#'), line.size()));
    return result;
}

}  // namespace

TEST_CASE("lines break where Unicode's own test says, but for the deviations listed in the README",
          "[layouts][corpora]") {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) {
        WARN("skipped: PLI_CORPORA is not set");
        return;
    }
    std::ifstream file(std::filesystem::path(folder) / "text/unicode-15.0/LineBreakTest.txt");
    REQUIRE(file);
    LineBreaker breaker;
    std::size_t cases = 0, at_hyphens = 0, at_numbers = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        const Conformance wanted = read_conformance(line);
        ++cases;
        // The road every text takes: the table where it can decide, ICU where it cannot.
        std::vector<LineBreak> found, by_icu;
        breaker.find(wanted.text, "en", found);
        breaker.find_by_icu(wanted.text, "en", by_icu);
        CHECK(found == by_icu);
        std::vector<std::uint32_t> offsets;
        for (const LineBreak& at : found) offsets.push_back(at.offset);
        if (offsets == wanted.breaks) continue;
        // ICU keeps a hyphen that begins a word with it ("-fähig", Unicode 15.1's LB20a), and a number with its point.
        const bool hyphen = wanted.rules.find("#  × [0.3] HYPHEN-MINUS (HY)") == 0;
        const bool number = wanted.rules.find("(IS) ÷ [999.0] DIGIT") != std::string::npos;
        const bool number_after_mark = wanted.rules.find("DIAERESIS (CM1_CM) ÷ [999.0] DIGIT") != std::string::npos;
        if (hyphen) ++at_hyphens;
        if (number || number_after_mark) ++at_numbers;
        INFO(wanted.rules);
        CHECK((hyphen || number || number_after_mark));
    }
    CHECK(cases == 7654);
    CHECK(at_hyphens == 8);
    CHECK(at_numbers == 14);
}

TEST_CASE("the short way agrees with ICU on real text and addresses", "[layouts][corpora]") {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) {
        WARN("skipped: PLI_CORPORA is not set");
        return;
    }
    LineBreaker breaker;
    std::size_t lines = 0;
    for (const char* part : {"text/gflanguages", "addresses/geocoder-tester"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(folder) / part)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line) && lines < 400'000; ++lines)
                check_like_icu(breaker, line, "fr");
        }
    }
    CHECK(lines > 5'000);
}
