#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "layouts/boxes.hpp"
#include "layouts/compiled_template.hpp"
#include "layouts/letter_values.hpp"
#include "layouts/line_breaks.hpp"
#include "layouts/word_divider.hpp"

namespace pli::layouts {

/// Each of its lines is simple for the shaper; a line feed by itself needs no complex road.
bool reads_simply(std::string_view text);

/// Makes boxes of text. The simple road takes a passage's ready words and shapes the words of field values alone; the
/// complex road (bidi, reordering scripts, scripts without spaces) shapes the whole paragraph.
/// Errors   MissingGlyph; BadInput: a missing field
/// Threads  one object per thread; fonts and styles are shared
class Weaver {
public:
    Weaver(const fonts::FontSet& fonts, fonts::Shaper& shaper)
        : fonts_(fonts), shaper_(shaper), divider_(shaper, fonts) {}

    /// The template's styles and the language (BCP 47) of what follows.
    void use(const std::vector<TypeStyle>& styles, std::string_view locale) {
        styles_ = &styles;
        locale_ = locale;
        divider_.use(styles, nullptr);
    }
    /// A compiled passage with a letter's values.
    Done weave(const Passage& passage, LetterValues& values, Emptiness emptiness, Prose& out);
    /// Text that came as a whole: the line of an address.
    Done weave_text(std::string_view text, std::uint16_t style, Prose& out);
    /// One word of simple text, as one box.
    Done add_word(std::string_view text, std::uint16_t style, After after, Prose& out);
    /// Words of simple text, broken where lines may break; the last box gets `after`.
    Done add_words(std::string_view text, std::uint16_t style, After after, Prose& out);
    /// What stands between two places where lines may break: soft hyphens become divisions, zero-width marks go, and a
    /// no-break space of a justified passage stretches with the others. `ask`: the dictionary divides it, now.
    Done add_segment(std::string_view text, std::uint16_t style, After after, bool ask, Prose& out);
    /// A literal atom as every letter has it, but for a text that goes with it.
    Box ready(const Passage& passage, const Atom& atom) const;
    /// The language whose dictionary is asked from here on.
    void divide_with(const Hyphenator* hyphenator) { divider_.use(*styles_, hyphenator); }
    /// The values put into the text, without type: codes.
    static Done fill_in(const Passage& passage, LetterValues& values, std::string& out);

private:
    /// The style of joined_ up to a byte.
    struct Range {
        std::uint32_t end;
        std::uint16_t style;
    };
    /// A run of the paragraph at hand with its style, in the order of reading.
    struct Stretch {
        std::uint16_t style;
        fonts::ShapedRun run;
    };
    Result<bool> weave_atom(const Passage& passage, const Atom& atom, LetterValues& values, Emptiness emptiness,
                            Prose& out);
    void start_dividing(const Passage& passage, Prose& out);
    Done add_bare_word(std::uint16_t style, After after, bool ask, Prose& out);
    static void add_ready(const Passage& passage, std::size_t atom, Prose& out);
    Done weave_complex(Prose& out);
    Done shape_ranges(Prose& out);
    void add_complex_segment(const LineBreak& at, std::uint32_t start, Prose& out);
    void add_complex_box(const Stretch& stretch, Slice bytes, Prose& out);

    const fonts::FontSet& fonts_;
    fonts::Shaper& shaper_;
    const std::vector<TypeStyle>* styles_ = nullptr;
    LineBreaker breaker_;
    WordDivider divider_;
    std::string bare_;  // the word at hand without its soft hyphens and zero-width marks
    std::vector<WordBreak> asked_;
    std::string locale_;
    std::string in_one_line_;  // joined_ as the shaper sees it
    std::string joined_;       // the word, or on the complex road the paragraph, at hand
    std::vector<Range> ranges_;
    std::vector<Stretch> shaped_;
    std::vector<LineBreak> breaks_;
};

}  // namespace pli::layouts
