#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "layouts/boxes.hpp"
#include "layouts/hyphenation.hpp"

namespace pli::layouts {

struct TypeStyle;

/// Divides words: finds where, and shapes what then stands on either side, hyphen included. A word that stays whole is
/// never touched, so it looks as if nobody had thought of dividing it.
/// Threads  one object per thread; dictionary and styles are shared
class WordDivider {
public:
    explicit WordDivider(fonts::Shaper& shaper, const fonts::FontSet& fonts) : shaper_(shaper), fonts_(fonts) {}

    void use(const std::vector<TypeStyle>& styles, const Hyphenator* hyphenator) {
        styles_ = &styles;
        hyphenator_ = hyphenator;
    }
    bool knows_a_language() const { return hyphenator_ != nullptr; }
    /// Divisions of the prose's last box, whose text this is: at the places asked for; none of them, and the dictionary
    /// may be asked: where it says.
    void divide_last(std::string_view word, std::vector<WordBreak>& asked, bool ask_dictionary, Prose& prose);
    /// Words of values whose turn has come.
    void divide_fields(Prose& prose);

private:
    void divide(std::uint32_t box, std::string_view word, const std::vector<WordBreak>& places, Prose& prose);
    bool shape(const Box& box, std::string_view word, const WordBreak& place, Prose& prose, Division& out);

    fonts::Shaper& shaper_;
    const fonts::FontSet& fonts_;
    const std::vector<TypeStyle>* styles_ = nullptr;
    const Hyphenator* hyphenator_ = nullptr;
    std::string part_, word_;
    std::vector<WordBreak> places_;
};

}  // namespace pli::layouts
