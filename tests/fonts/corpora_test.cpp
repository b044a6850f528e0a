#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "fonts/characters.hpp"
#include "fonts/face_file.hpp"
#include "fonts/word_shaping.hpp"
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
        const auto word = shaper.word(chain, std::string_view(line).substr(from, to - from));
        word_by_word = word.has_value();
        for (std::uint32_t i = 0; word_by_word && i < (*word)->glyph_count; ++i) REQUIRE((*word)->glyphs[i].id != 0);
        from = to + 1;
    }
    if (word_by_word) return {};
    const auto runs = shaper.shape(chain, line, "");
    if (!runs) return tl::unexpected(runs.error());
    std::uint32_t covered = 0;
    for (const ShapedRun& run : *runs) {
        covered += run.length;
        for (const Glyph& glyph : run.glyphs) REQUIRE(glyph.id != 0);  // no empty box is ever printed
    }
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

namespace {

/// The paragraphs of one translation of the Declaration of Human Rights, and its language.
struct Declaration {
    std::string language;
    std::vector<std::string> paragraphs;
};

Declaration read_declaration(const fs::path& file) {
    std::ifstream in(file);
    const std::string xml(std::istreambuf_iterator<char>(in), {});
    Declaration text;
    const auto lang = xml.find("xml:lang=");
    if (lang != xml.npos) text.language = xml.substr(lang + 10, xml.find_first_of("'\"", lang + 10) - lang - 10);
    for (std::size_t at = 0; (at = xml.find("<para>", at)) != xml.npos;) {
        const std::size_t end = xml.find("</para>", at);
        std::string paragraph = xml.substr(at + 6, end - at - 6);
        if (paragraph.find_first_of("<&\n\t") == paragraph.npos) text.paragraphs.push_back(paragraph);
        at = end;
    }
    return text;
}

using GlyphRow = std::vector<std::array<int, 4>>;

/// HarfBuzz alone, guessing script and direction from the paragraph.
GlyphRow whole_paragraph(const Face& face, const std::string& text, const std::string& language) {
    const HbFont font(hb_font_create(face.hb));
    const HbBuffer buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_guess_segment_properties(buffer.get());
    hb_buffer_set_language(buffer.get(), hb_language_from_string(language.c_str(), -1));
    hb_buffer_set_flags(buffer.get(), HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(font.get(), buffer.get(), nullptr, 0);
    GlyphRow row;
    for (std::size_t i = 0; i < glyph_infos(buffer.get()).size(); ++i) {
        const Glyph glyph = glyph_at(buffer.get(), i);
        row.push_back({glyph.id, glyph.advance, glyph.dx, glyph.dy});
    }
    return row;
}

}  // namespace

TEST_CASE("paragraphs of one script in thirty languages are the glyphs HarfBuzz makes of the whole", "[fonts]") {
    const char* corpora = std::getenv("PLI_CORPORA");
    if (!corpora) {
        WARN("PLI_CORPORA is not set: real text is left out");
        return;
    }
    std::vector<std::string> fallbacks = default_fallbacks();
    for (const char* script : {"Tamil", "Telugu", "Sinhala", "Myanmar", "Gurmukhi"})
        fallbacks.push_back(std::string("Noto Sans ") + script);
    std::size_t compared = 0, mixed = 0;
    std::map<std::string, std::size_t> by_language;
    for (const auto& entry : fs::directory_iterator(fs::path(corpora) / "text" / "udhr")) {
        const Declaration text = read_declaration(entry.path());
        FontSet fonts({"", fallbacks});
        const ChainId chain = fonts.chain({"Noto Sans", 400, false}, {{}, 0, text.language}).value();
        fonts.freeze();
        Shaper shaper(fonts);
        for (const std::string& paragraph : text.paragraphs) {
            const auto runs = shaper.shape(chain, paragraph, text.language);
            CAPTURE(entry.path().string(), paragraph);
            if (!runs) REQUIRE(runs.error().fault == Fault::MissingGlyph);
            if (!runs || runs->size() != 1) {
                ++mixed;
                continue;
            }
            GlyphRow row;
            for (const Glyph& glyph : (*runs)[0].glyphs) row.push_back({glyph.id, glyph.advance, glyph.dx, glyph.dy});
            REQUIRE(row == whole_paragraph(fonts.face((*runs)[0].face), paragraph, text.language));
            ++compared;
            ++by_language[text.language];
        }
    }
    std::cout << "declaration of human rights: " << compared << " paragraphs in " << by_language.size()
              << " languages as HarfBuzz has them, " << mixed << " of several fonts or directions\n";
    CHECK(compared > 1'000);
    CHECK(by_language.size() > 25);
}
