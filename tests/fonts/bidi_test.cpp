#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <numeric>
#include <sstream>

#include "fonts/characters.hpp"
#include "fonts/itemizer.hpp"
#include "fonts/visual_order.hpp"
#include "tests/fonts/workspace_fonts.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::fonts;

namespace {

constexpr int removed = -1;  // "x" in the files: rule X9 takes the character out

/// One character for each bidi class.
const std::map<std::string, char32_t> characters{
    {"L", U'a'},     {"R", 0x05D0},   {"AL", 0x0627},  {"EN", U'1'},    {"ES", U'+'},    {"ET", U'#'},
    {"AN", 0x0661},  {"CS", U','},    {"B", 0x2029},   {"S", U'\t'},    {"WS", U' '},    {"ON", U'!'},
    {"NSM", 0x0300}, {"BN", 0x00AD},  {"LRE", 0x202A}, {"RLE", 0x202B}, {"LRO", 0x202D}, {"RLO", 0x202E},
    {"PDF", 0x202C}, {"LRI", 0x2066}, {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069}};

struct Case {
    std::u32string text;
    Shaper::Base base = Shaper::Base::Auto;
    std::vector<int> levels, order;
};

/// A line through the itemiser that Shaper::shape uses and the reordering that line setting uses.
class Road {
public:
    std::vector<int> levels(const Case& line) {
        std::string text;
        std::vector<std::size_t> starts;
        for (const char32_t c : line.text) {
            starts.push_back(text.size());
            append_utf8(text, c);
        }
        std::vector<int> by_byte(text.size());
        for (const TextItem& item : itemizer_.itemize(style_.chain, text, line.base))
            std::fill_n(by_byte.begin() + item.first, item.length, item.level);
        std::vector<int> levels;
        for (const std::size_t start : starts) levels.push_back(by_byte[start]);
        return levels;
    }
    static std::vector<int> order(const std::vector<int>& levels) {
        struct Part {
            int place;
            std::uint8_t level;
        };
        std::vector<Part> parts;
        for (std::size_t i = 0; i < levels.size(); ++i)
            if (levels[i] != removed) parts.push_back({static_cast<int>(i), static_cast<std::uint8_t>(levels[i])});
        to_visual_order(parts, [](const Part& part) { return part.level; });
        std::vector<int> order;
        for (const Part& part : parts) order.push_back(part.place);
        return order;
    }

private:
    OneStyle style_;
    Itemizer itemizer_{style_.fonts};
};

struct Tally {
    std::size_t cases = 0, same = 0, flat = 0, other = 0;
};

/// Pango leaves text without a right-to-left letter on level 0, whatever LRE or LRO say: every letter reads in the same
/// direction and stands in the same place.
bool flat(const Case& line, const std::vector<int>& levels) {
    const auto same_direction = [](int a, int b) { return (a == removed) == (b == removed) && a % 2 == b % 2; };
    return std::equal(levels.begin(), levels.end(), line.levels.begin(), line.levels.end(), same_direction) &&
           Road::order(levels) == line.order;
}

std::string shown(const Case& line) {
    std::string text;
    for (const char32_t c : line.text) {
        std::string name = "U+";
        std::ostringstream hex;
        hex << std::hex << static_cast<std::uint32_t>(c);
        text += name + hex.str() + " ";
    }
    return text;
}

void judge(Road& road, const Case& line, Tally& tally) {
    ++tally.cases;
    std::vector<int> levels = road.levels(line);
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (line.levels[i] == removed) levels[i] = removed;
    if (levels == line.levels) {
        REQUIRE(Road::order(levels) == line.order);
        ++tally.same;
    } else if (flat(line, levels)) {
        ++tally.flat;
    } else {
        if (++tally.other <= 10) {
            std::cout << "deviation: " << shown(line) << " base " << static_cast<int>(line.base) << " wanted";
            for (const int level : line.levels) std::cout << ' ' << level;
            std::cout << " got";
            for (const int level : levels) std::cout << ' ' << level;
            std::cout << '\n';
        }
    }
}

std::vector<int> numbers(const std::string& text) {
    std::vector<int> all;
    std::istringstream in(text);
    for (std::string word; in >> word;) all.push_back(word == "x" ? removed : std::stoi(word));
    return all;
}

/// A file of the corpora, unpacked; empty without PLI_CORPORA.
std::istringstream conformance_file(const std::string& name) {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (corpora == nullptr) return {};
    return std::istringstream(test::output_of(fmt::format("gzip -dc '{}/text/unicode-15.0/{}.gz'", corpora, name)));
}

void report(const char* file, const Tally& tally) {
    std::cout << file << ": " << tally.cases << " cases, " << tally.same << " as Unicode has them, " << tally.flat
              << " on other levels of the same direction and order, " << tally.other << " otherwise\n";
}

}  // namespace

TEST_CASE("BidiTest: every sequence of four classes gets the levels and the order of UAX 9", "[fonts]") {
    std::istringstream in = conformance_file("BidiTest.txt");
    if (in.view().empty()) {
        WARN("PLI_CORPORA is not set: Unicode's conformance tests are left out");
        return;
    }
    Road road;
    Tally tally;
    Case line;
    for (std::string text; std::getline(in, text);) {
        if (text.starts_with("@Levels:")) line.levels = numbers(text.substr(8));
        if (text.starts_with("@Reorder:")) line.order = numbers(text.substr(9));
        const auto end = text.find(';');
        if (text.empty() || text[0] == '@' || text[0] == '#' || end == text.npos) continue;
        line.text.clear();
        std::istringstream classes(text.substr(0, end));
        for (std::string name; classes >> name;) line.text += characters.at(name);
        const int bases = std::stoi(text.substr(end + 1), nullptr, 16);
        for (const auto& [bit, base] : {std::pair(1, Shaper::Base::Auto), std::pair(2, Shaper::Base::LeftToRight),
                                        std::pair(4, Shaper::Base::RightToLeft)}) {
            line.base = base;
            if ((bases & bit) != 0) judge(road, line, tally);
        }
    }
    report("BidiTest", tally);
    CHECK(tally.cases > 700'000);
    CHECK(tally.other == 0);
}

TEST_CASE("BidiCharacterTest: brackets, isolates and numbers get the levels and the order of UAX 9", "[fonts]") {
    std::istringstream in = conformance_file("BidiCharacterTest.txt");
    if (in.view().empty()) {
        WARN("PLI_CORPORA is not set: Unicode's conformance tests are left out");
        return;
    }
    Road road;
    Tally tally;
    for (std::string text; std::getline(in, text);) {
        if (text.empty() || text[0] == '#') continue;
        std::array<std::string, 5> fields;
        std::istringstream row(text);
        for (std::string& field : fields) std::getline(row, field, ';');
        Case line;
        std::istringstream codes(fields[0]);
        for (std::string code; codes >> code;) line.text += static_cast<char32_t>(std::stoul(code, nullptr, 16));
        line.base = std::array{Shaper::Base::LeftToRight, Shaper::Base::RightToLeft,
                               Shaper::Base::Auto}[static_cast<std::size_t>(std::stoi(fields[1]))];
        line.levels = numbers(fields[3]);
        line.order = numbers(fields[4]);
        judge(road, line, tally);
    }
    report("BidiCharacterTest", tally);
    CHECK(tally.cases > 90'000);
    CHECK(tally.other == 0);
}
