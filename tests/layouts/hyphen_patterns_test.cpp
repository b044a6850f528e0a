#include "layouts/hyphen_patterns.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

using namespace pli::layouts;

namespace {

/// Where the library says a word may be divided, by its marks: odd numbers.
std::string marks_of(const HyphenPatterns& patterns, const std::string& word) {
    std::string marks(word.size() + 5, '\0');
    char** replaced = nullptr;
    int *from = nullptr, *cut = nullptr;
    hnj_hyphen_hyphenate3(patterns.get(), word.data(), static_cast<int>(word.size()), marks.data(), nullptr, &replaced,
                          &from, &cut, 2, 2, 2, 2);
    for (std::size_t i = 0; replaced && i < word.size(); ++i) {
        if (replaced[i]) marks += std::string(replaced[i]) + std::to_string(from[i]) + std::to_string(cut[i]);
        std::free(replaced[i]);
    }
    std::free(replaced);
    std::free(from);
    std::free(cut);
    return marks;
}

std::string file(const std::string& name) {
    std::ifstream in("/usr/share/hyphen/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Words made of the dictionary's own patterns, two and two, so that all of them come into play.
std::vector<std::string> words_of(const std::string& dictionary) {
    std::vector<std::string> words{""};
    for (std::size_t at = dictionary.find('\n'), line = 0; at < dictionary.size(); ++line) {
        const auto end = std::min(dictionary.find('\n', at + 1), dictionary.size());
        std::string letters;
        for (const char c : dictionary.substr(at, end - at))
            if (static_cast<unsigned char>(c) > ' ' && (c < '0' || c > '9') && c != '.') letters += c;
        if (words.back().size() + letters.size() > 60 || line % 2 == 0) words.emplace_back();
        if (letters.size() < 40) words.back() += letters;
        at = end;
    }
    return words;
}

}  // namespace

TEST_CASE("patterns divide as the library that reads them itself does", "[layouts]") {
    for (const char* name : {"hyph_de_DE.dic", "hyph_fr.dic", "hyph_en_US.dic", "hyph_nl_NL.dic", "hyph_pl_PL.dic"}) {
        INFO(name);
        const auto dictionary = file(name);
        REQUIRE(dictionary.size() > 1000);
        const auto ours = load_hyphen_patterns(dictionary), theirs = load_hyphen_patterns_slowly(dictionary);
        REQUIRE(ours);
        std::size_t different = 0, divided = 0;
        for (const auto& word : words_of(dictionary)) {
            const auto marks = marks_of(theirs, word);
            different += marks_of(ours, word) != marks;
            divided += marks.find_first_of("13579") != std::string::npos;
        }
        CHECK(different == 0);
        CHECK(divided > 500);
    }
}

TEST_CASE("replacements are left to the library: Schif-fahrt", "[layouts]") {
    const std::string dictionary = "ISO8859-1\nschif1fahrt/ff=f,5,2\n";
    CHECK(marks_of(load_hyphen_patterns(dictionary), "schiffahrt") ==
          marks_of(load_hyphen_patterns_slowly(dictionary), "schiffahrt"));
    CHECK(marks_of(load_hyphen_patterns(dictionary), "schiffahrt").find("ff=f") != std::string::npos);
}

TEST_CASE("what is no dictionary of patterns gives none or one that divides nothing", "[layouts]") {
    CHECK(load_hyphen_patterns("") == nullptr);
    const auto empty = load_hyphen_patterns("UTF-8\n");
    REQUIRE(empty);
    CHECK(marks_of(empty, "silbentrennung").find_first_of("13579") == std::string::npos);
}
