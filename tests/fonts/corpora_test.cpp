#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "fonts/characters.hpp"
#include "tests/fonts/workspace_fonts.hpp"

using namespace pli;
using namespace pli::fonts;
namespace fs = std::filesystem;

namespace {

struct Tally {
    std::size_t lines = 0, simple = 0, shaped = 0, missing = 0, other = 0;
    std::map<std::string, std::size_t> by_message;
    void refuse(const Error& error) {
        (error.fault == Fault::MissingGlyph ? missing : other)++;
        ++by_message[error.where + ": " + error.message];
    }
};

/// A line the way a letter sets it: word by word where it is simple and one face has each word, else as a whole.
Done set_line(Shaper& shaper, ChainId chain, const std::string& line) {
    bool word_by_word = Shaper::is_simple(line);
    for (std::size_t from = 0; word_by_word && from < line.size();) {
        const std::size_t to = std::min(line.find(' ', from), line.size());
        word_by_word = shaper.word(chain, std::string_view(line).substr(from, to - from)).has_value();
        from = to + 1;
    }
    if (word_by_word) return {};
    const auto runs = shaper.shape(chain, line, "");
    if (!runs) return tl::unexpected(runs.error());
    std::uint32_t covered = 0;
    for (const ShapedRun& run : *runs) covered += run.length;
    REQUIRE(covered == line.size());
    REQUIRE(shaper.visual_order(*runs).size() == runs->size());
    return {};
}

void set_file(Shaper& shaper, ChainId chain, const fs::path& file, Tally& tally) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (find_not_utf8(line) != line.npos) continue;
        std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
        ++tally.lines;
        tally.simple += Shaper::is_simple(line);
        const Done done = set_line(shaper, chain, line);
        if (done)
            ++tally.shaped;
        else
            tally.refuse(done.error());
        shaper.trim();
    }
}

bool is_text(const fs::path& file) {
    const std::string ending = file.extension().string();
    return ending != ".zip" && ending != ".gz" && ending != ".png" && ending != ".pdf";
}

}  // namespace

TEST_CASE("real names, addresses and texts of the world are set or refused by character, and nothing crashes",
          "[fonts]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (!corpora) {
        WARN("PLI_CORPORA is not set: real text is left out");
        return;
    }
    OneStyle style;
    for (const std::string part : {"addresses", "text"}) {
        Shaper shaper(style.fonts);
        Tally tally;
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(corpora) / part))
            if (entry.is_regular_file() && is_text(entry.path())) set_file(shaper, style.chain, entry.path(), tally);
        std::cout << part << ": " << tally.lines << " lines, " << tally.simple << " simple, " << tally.shaped
                  << " set, " << tally.missing << " with a missing character, " << tally.other
                  << " refused otherwise\n";
        if (std::getenv("PLI_CORPORA_DETAILS"))
            for (const auto& [message, count] : tally.by_message) std::cout << count << '\t' << message << '\n';
        CHECK(tally.lines > 1'000);
        CHECK(tally.other == 0);
        if (part == "addresses") CHECK(tally.missing * 100 < tally.lines);
    }
}
