#include "fonts/number_pairs.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "fonts/face_file.hpp"
#include "fonts/word_shaping.hpp"

namespace pli::fonts {
namespace {

using Signs = std::vector<std::uint8_t>;

constexpr std::array<std::string_view, NumberSigns::count> spellings{
    "0", "1", "2", "3", "4", "5", "6", "7",      "8",      "9",      ".",     ",",
    "-", "/", ":", "'", "%", "+", "#", "\u20AC", "\u2019", "\u00A0", "\u202F"};

constexpr std::uint8_t no_sign = 0xFF;

/// ASCII characters by code; the signs behind ASCII are compared one by one, being rare.
constexpr auto ascii_signs = [] {
    std::array<std::uint8_t, 128> table{};
    table.fill(no_sign);
    for (std::uint8_t i = 0; i < spellings.size(); ++i)
        if (spellings[i].size() == 1) table[static_cast<std::uint8_t>(spellings[i][0])] = i;
    return table;
}();

constexpr std::uint8_t first_long_sign = 19;
static_assert(spellings[first_long_sign - 1].size() == 1 && spellings[first_long_sign].size() > 1);

std::uint8_t long_sign_at(std::string_view text) {
    for (std::uint8_t i = first_long_sign; i < spellings.size(); ++i)
        if (text.starts_with(spellings[i])) return i;
    return no_sign;
}

std::string spelled(std::span<const std::uint8_t> signs) {
    std::string text;
    for (const std::uint8_t sign : signs) text += spellings[sign];
    return text;
}

/// Every sequence of three signs once, each overlapping the next by two: a de Bruijn sequence, made of the Lyndon words
/// whose length divides three (Fredricksen, Kessler, Maiorana), closed by its own beginning.
Signs all_triples(std::uint8_t count) {
    Signs signs;
    for (std::uint8_t a = 0; a < count; ++a) {
        signs.push_back(a);
        for (std::uint8_t b = a; b < count; ++b)
            for (auto c = static_cast<std::uint8_t>(a + 1); c < count; ++c) signs.insert(signs.end(), {a, b, c});
    }
    signs.insert(signs.end(), {0, 0});
    return signs;
}

bool same(const Glyph& a, const Glyph& b) {
    return a.id == b.id && a.dx == b.dx && a.dy == b.dy && a.advance == b.advance;
}

}  // namespace

/// HarfBuzz at work on signs, and what the table says of the same ones.
class NumberPairs::Trial {
public:
    Trial(const Face& face, const Setting& setting, const NumberPairs& table)
        : font_(shaping_font(face)), setting_(setting), table_(table) {}

    /// Shapes; empty unless each sign became one glyph.
    std::vector<Glyph> shaped(std::span<const std::uint8_t> signs) {
        const std::string text = spelled(signs);
        shape_into(buffer_.get(), font_.get(), whole_word(text, &setting_));
        std::vector<Glyph> glyphs;
        if (glyph_infos(buffer_.get()).size() != signs.size()) return glyphs;
        for (std::size_t i = 0; i < signs.size(); ++i) glyphs.push_back(glyph_at(buffer_.get(), i));
        return glyphs;
    }

    bool agrees(std::span<const std::uint8_t> signs) { return agrees(signs, shaped(signs)); }

    bool agrees(std::span<const std::uint8_t> signs, const std::vector<Glyph>& real) const {
        std::vector<Glyph> composed(signs.size());
        table_.compose(signs, composed.data());
        return std::equal(real.begin(), real.end(), composed.begin(), composed.end(), same);
    }

    /// Two signs alone: what stands at the beginning and at the end of a word.
    bool agrees_on_pairs(std::uint8_t count) {
        for (std::uint8_t a = 0; a < count; ++a)
            for (std::uint8_t b = 0; b < count; ++b)
                if (!agrees(std::array{a, b})) return false;
        return true;
    }

private:
    HbFont font_;
    HbBuffer buffer_{hb_buffer_create()};
    const Setting& setting_;
    const NumberPairs& table_;
};

bool NumberSigns::read(std::string_view text) {
    std::size_t size = 0;
    std::uint8_t highest = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<std::uint8_t>(text[at]);
        const std::uint8_t sign = byte < 0x80 ? ascii_signs[byte] : long_sign_at(text.substr(at));
        if (sign == no_sign || size == longest) return false;
        at += byte < 0x80 ? 1 : spellings[sign].size();
        highest = std::max(highest, sign);
        signs_[size++] = sign;
    }
    size_ = size;
    core_only_ = highest < core_count;
    return size > 0;
}

NumberPairs::NumberPairs(const Face& face, const GlyphTexts& texts, const Setting& setting) {
    Trial trial(face, setting, *this);
    const std::uint8_t readable = learn_signs(trial, texts);
    all_ = readable == alphabet && learn_pairs(trial, alphabet);
    core_ = all_ || (readable >= NumberSigns::core_count && learn_pairs(trial, NumberSigns::core_count));
}

/// Returns how many signs, from the first on, have one glyph each that tells their text.
std::uint8_t NumberPairs::learn_signs(Trial& trial, const GlyphTexts& texts) {
    for (std::uint8_t sign = 0; sign < alphabet; ++sign) {
        const std::vector<Glyph> alone = trial.shaped(std::array{sign});
        if (alone.empty() || alone[0].id == 0 || !texts.spell(alone, spellings[sign])) return sign;
        glyphs_[sign] = alone[0].id;
        advances_[sign][at_end] = alone[0].advance;
    }
    return alphabet;
}

/// Learns from all sequences of three, then holds the table against them: a sign whose width or form depends on more
/// than the next sign shows up as a difference.
bool NumberPairs::learn_pairs(Trial& trial, std::uint8_t count) {
    const Signs signs = all_triples(count);
    const std::vector<Glyph> real = trial.shaped(signs);
    if (real.empty()) return false;
    for (std::size_t i = 0; i + 1 < signs.size(); ++i) advances_[signs[i]][signs[i + 1]] = real[i].advance;
    return trial.agrees(signs, real) && trial.agrees_on_pairs(count);
}

std::int32_t NumberPairs::compose(std::span<const std::uint8_t> signs, Glyph* glyphs) const {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        const std::size_t next = i + 1 < signs.size() ? signs[i + 1] : at_end;
        glyphs[i] = {glyphs_[signs[i]], 0, 0, advances_[signs[i]][next]};
        sum += glyphs[i].advance;
    }
    return sum;
}

}  // namespace pli::fonts
