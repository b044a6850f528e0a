#include "fonts/shaper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "fonts/characters.hpp"
#include "fonts/face_file.hpp"
#include "fonts/glyph_texts.hpp"
#include "fonts/itemizer.hpp"
#include "fonts/number_pairs.hpp"
#include "fonts/numbered_words.hpp"
#include "fonts/visual_order.hpp"
#include "fonts/word_cache.hpp"
#include "fonts/word_shaping.hpp"

namespace pli::fonts {
namespace {

constexpr std::size_t words_limit = 4 * 1024 * 1024;  // bytes; about 25,000 words

/// Thai vowels over their consonants: readers sort signs by where they stand and put them behind the next letter.
bool moves_marks(const std::vector<Glyph>& glyphs) {
    return std::any_of(glyphs.begin(), glyphs.end(),
                       [](const Glyph& glyph) { return glyph.advance == 0 || glyph.dx != 0 || glyph.dy != 0; });
}

tl::unexpected<Error> not_utf8_at(std::string_view text, std::size_t at) {
    return failure(Fault::BadInput, quoted(text.substr(0, at)), fmt::format("byte {} is not UTF-8", at + 1),
                   "save the data as UTF-8");
}

}  // namespace

struct Shaper::State {
    const FontSet& fonts;
    HbBuffer buffer{hb_buffer_create()};
    std::vector<HbFont> hb_fonts;  // by FaceId
    WordCache words;
    NumberedWords numbered;
    Arena numbers;  // composed numbers, until the next trim()
    std::optional<Itemizer> itemizer;

    explicit State(const FontSet& set)
        : fonts(set),
          hb_fonts(set.face_count()),
          numbered(set, [this](ChainId chain, std::string_view text) { return shaped(chain, text); }) {}

    hb_font_t* font(FaceId id);
    const Word* number(ChainId chain, std::string_view text);
    std::vector<Glyph> shaped(ChainId chain, std::string_view text);
    Result<const Word*> learn(ChainId chain, std::string_view text);
    bool shape_in(FaceId face, const ShapingInput& input);
    const Word* remember(ChainId chain, std::string_view text, FaceId face);
    Glyph* copy_glyphs(Word& word);
    bool has(FaceId face, char32_t c);
    tl::unexpected<Error> missing(ChainId chain, std::string_view text);
    std::optional<FaceId> shape_in_chain(ChainId chain, FaceId proposed, const ShapingInput& input);
    Result<ShapedRun> run(ChainId chain, const TextItem& item, const ShapingInput& input);
};

hb_font_t* Shaper::State::font(FaceId id) {
    if (hb_fonts.size() <= id.value) hb_fonts.resize(id.value + 1u);  // faces may join until the set is frozen
    HbFont& font = hb_fonts[id.value];
    if (!font) font = shaping_font(fonts.face(id));
    return font.get();
}

const Word* Shaper::State::number(ChainId chain, std::string_view text) {
    NumberSigns signs;
    if (!signs.read(text)) return nullptr;
    const NumberPairs& pairs = fonts.numbers_of(chain);
    if (!pairs.covers(signs)) return nullptr;
    auto* glyphs = numbers.make<Glyph>(signs.size());
    auto* word = numbers.make<Word>();
    *word = {fonts.faces_of(chain).front(), pairs.compose(signs.view(), glyphs),
             static_cast<std::uint32_t>(signs.size()), glyphs, false};
    return word;
}

/// False where the face lacks a character.
bool Shaper::State::shape_in(FaceId face, const ShapingInput& input) {
    shape_into(buffer.get(), font(face), input);
    const auto glyphs = glyph_infos(buffer.get());
    return std::none_of(glyphs.begin(), glyphs.end(),
                        [](const hb_glyph_info_t& glyph) { return glyph.codepoint == 0; });
}

/// In the chain's first face; empty where that lacks a character.
std::vector<Glyph> Shaper::State::shaped(ChainId chain, std::string_view text) {
    std::vector<Glyph> glyphs;
    if (!shape_in(fonts.faces_of(chain).front(), whole_word(text, &fonts.setting_of(chain)))) return glyphs;
    for (std::size_t i = 0; i < glyph_infos(buffer.get()).size(); ++i) glyphs.push_back(glyph_at(buffer.get(), i));
    return glyphs;
}

Glyph* Shaper::State::copy_glyphs(Word& word) {
    auto* glyphs = words.arena().make<Glyph>(word.glyph_count);
    for (std::uint32_t i = 0; i < word.glyph_count; ++i) {
        glyphs[i] = glyph_at(buffer.get(), i);
        word.advance += glyphs[i].advance;
    }
    return glyphs;
}

const Word* Shaper::State::remember(ChainId chain, std::string_view text, FaceId face) {
    Word word{.face = face, .glyph_count = static_cast<std::uint32_t>(glyph_infos(buffer.get()).size())};
    word.glyphs = copy_glyphs(word);
    word.needs_text = !fonts.texts_of(face).spell({word.glyphs, word.glyph_count}, text);
    return words.add(chain, text, word);
}

Result<const Word*> Shaper::State::learn(ChainId chain, std::string_view text) {
    if (const std::size_t bad = find_not_utf8(text); bad != text.npos) return not_utf8_at(text, bad);
    const ShapingInput input = whole_word(text, &fonts.setting_of(chain));
    for (const FaceId face : fonts.faces_of(chain))
        if (shape_in(face, input)) return remember(chain, text, face);
    return missing(chain, text);
}

bool Shaper::State::has(FaceId face, char32_t c) {
    hb_codepoint_t glyph = 0;
    if (is_control(c)) return false;
    return is_invisible(c) || hb_font_get_nominal_glyph(font(face), c, &glyph);
}

tl::unexpected<Error> Shaper::State::missing(ChainId chain, std::string_view text) {
    const auto& faces = fonts.faces_of(chain);
    std::vector<std::string_view> tried;
    for (const FaceId face : faces) tried.push_back(fonts.face(face).family);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_char(text, at);
        if (std::any_of(faces.begin(), faces.end(), [&](FaceId face) { return has(face, c); })) continue;
        return failure(Fault::MissingGlyph, quoted(text), "no font has the character " + describe_char(c),
                       fmt::format("correct the text, or add a font with it to the workspace's fonts/ (tried: {})",
                                   fmt::join(tried, ", ")));
    }
    return failure(Fault::Unsupported, quoted(text), "no single font has all the characters of this word",
                   fmt::format("set it as text of several fonts, or add a font (tried: {})", fmt::join(tried, ", ")));
}

/// The itemiser's face, else the first that has all of the stretch: Pango lets spaces and marks follow the text before
/// them, into a face that may not have them.
std::optional<FaceId> Shaper::State::shape_in_chain(ChainId chain, FaceId proposed, const ShapingInput& input) {
    if (shape_in(proposed, input)) return proposed;
    for (const FaceId face : fonts.faces_of(chain))
        if (shape_in(face, input)) return face;
    return std::nullopt;
}

Result<ShapedRun> Shaper::State::run(ChainId chain, const TextItem& item, const ShapingInput& input) {
    const std::optional<FaceId> face = shape_in_chain(chain, item.face, input);
    if (!face) return missing(chain, input.text.substr(input.first, input.length));
    ShapedRun run;
    run.face = *face;
    run.level = item.level;
    run.first = item.first;
    run.length = item.length;
    const auto infos = glyph_infos(buffer.get());
    for (std::size_t i = 0; i < infos.size(); ++i) {
        run.glyphs.push_back(glyph_at(buffer.get(), i));
        run.clusters.push_back(infos[i].cluster);
    }
    const std::string_view text = input.text.substr(input.first, input.length);
    run.needs_text = input.rtl || moves_marks(run.glyphs) || !fonts.texts_of(run.face).spell(run.glyphs, text);
    return run;
}

Shaper::Shaper(const FontSet& fonts) : state_(std::make_unique<State>(fonts)) {}
Shaper::~Shaper() = default;
Shaper::Shaper(Shaper&&) noexcept = default;

bool Shaper::is_simple(std::string_view text) {
    for (std::size_t at = printable_ascii(text); at < text.size();)
        if (!is_simple_char(next_char(text, at))) return false;
    return true;
}

Result<const Word*> Shaper::word(ChainId chain, std::string_view text) {
    if (const Word* number = state_->number(chain, text)) return number;
    if (const Word* known = state_->words.find(chain, text)) return known;
    if (const Word* numbered = state_->numbered.compose(chain, text, state_->numbers)) return numbered;
    return state_->learn(chain, text);
}

Result<std::vector<ShapedRun>> Shaper::shape(ChainId chain, std::string_view text, std::string_view language,
                                             Base base) {
    if (const std::size_t bad = find_not_utf8(text); bad != text.npos) return not_utf8_at(text, bad);
    if (!state_->itemizer) state_->itemizer.emplace(state_->fonts);
    const Setting& setting = state_->fonts.setting_of(chain);
    ShapingInput input{.text = text, .language = setting.language, .setting = &setting};
    if (!language.empty()) input.language = hb_language_from_string(language.data(), static_cast<int>(language.size()));
    std::vector<ShapedRun> runs;
    for (const TextItem& item : state_->itemizer->itemize(chain, text, base)) {
        input.first = item.first;
        input.length = item.length;
        input.script = item.script;
        input.rtl = item.level % 2 != 0;
        runs.push_back(TRY(state_->run(chain, item, input)));
    }
    return runs;
}

std::vector<ShapedRun> Shaper::visual_order(std::vector<ShapedRun> line) const {
    to_visual_order(line, [](const ShapedRun& run) { return run.level; });
    return line;
}

void Shaper::trim() {
    state_->numbers.clear();
    if (state_->words.bytes() > words_limit) state_->words.clear();
}

Length ShapedRun::width(Length size, const FontSet& fonts) const {
    std::int64_t units = 0;
    for (const Glyph& glyph : glyphs) units += glyph.advance;
    return size * units / fonts.face(face).units_per_em;
}

}  // namespace pli::fonts
