#include "fonts/numbered_words.hpp"

#include <algorithm>

#include "fonts/glyph_texts.hpp"
#include "fonts/number_pairs.hpp"

namespace pli::fonts {
namespace {

constexpr std::string_view signs = "0123456789.,-/:";  // that every usable pair table covers
constexpr std::size_t shortest_number = 3;

/// Where the number at a word's end begins.
std::size_t number_in(std::string_view text) {
    const auto last_letter = text.find_last_not_of(signs);
    return last_letter == text.npos ? 0 : last_letter + 1;
}

bool same(const Glyph& a, const Glyph& b) {
    return a.id == b.id && a.dx == b.dx && a.dy == b.dy && a.advance == b.advance;
}

}  // namespace

const Word* NumberedWords::compose(ChainId chain, std::string_view text, Arena& arena) {
    const std::size_t at = number_in(text);
    if (at == 0 || text.size() - at < shortest_number) return nullptr;
    const Beginning* const start = beginning(chain, text.substr(0, at + 1));
    NumberSigns number;
    if (!start || !start->holds || !number.read(text.substr(at))) return nullptr;
    auto* word = arena.make<Word>();
    const std::size_t letters = start->letters.size();
    auto* glyphs = arena.make<Glyph>(letters + number.size());
    std::copy(start->letters.begin(), start->letters.end(), glyphs);
    word->face = fonts_.faces_of(chain).front();
    word->glyphs = glyphs;
    word->glyph_count = static_cast<std::uint32_t>(letters + number.size());
    word->advance = fonts_.numbers_of(chain).compose(number.view(), glyphs + letters);
    for (const Glyph& glyph : start->letters) word->advance += glyph.advance;
    return word;
}

const NumberedWords::Beginning* NumberedWords::beginning(ChainId chain, std::string_view text) {
    const auto is_it = [&](const Beginning& b) { return b.chain == chain && b.text == text; };
    const auto known = std::find_if(known_.begin(), known_.end(), is_it);
    if (known != known_.end()) return &*known;
    if (known_.size() == most) return nullptr;
    known_.push_back(learn(chain, text));
    return &known_.back();
}

NumberedWords::Beginning NumberedWords::learn(ChainId chain, std::string_view text) const {
    Beginning start{chain, std::string(text), shape_(chain, text), false};
    NumberSigns sign;
    if (start.letters.empty() || !sign.read(text.substr(text.size() - 1)) || !fonts_.numbers_of(chain).covers(sign))
        return start;
    start.letters.pop_back();
    const GlyphTexts& texts = fonts_.texts_of(fonts_.faces_of(chain).front());
    start.holds = texts.spell(start.letters, text.substr(0, text.size() - 1)) && agrees(start, "");
    for (const char next : signs)
        start.holds = start.holds && agrees(start, {&next, 1}) && agrees(start, std::string{next, '0'});
    return start;
}

bool NumberedWords::agrees(const Beginning& start, std::string_view following) const {
    const auto real = shape_(start.chain, start.text + std::string(following));
    const auto ours = composed(start, start.text.substr(start.text.size() - 1) + std::string(following));
    return std::equal(real.begin(), real.end(), ours.begin(), ours.end(), same);
}

std::vector<Glyph> NumberedWords::composed(const Beginning& start, std::string_view number) const {
    NumberSigns read;
    read.read(number);
    std::vector<Glyph> glyphs = start.letters;
    glyphs.resize(glyphs.size() + read.size());
    fonts_.numbers_of(start.chain).compose(read.view(), glyphs.data() + start.letters.size());
    return glyphs;
}

}  // namespace pli::fonts
