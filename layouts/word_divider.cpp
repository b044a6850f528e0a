#include "layouts/word_divider.hpp"

#include <limits>

#include "layouts/compiled_template.hpp"

namespace pli::layouts {
namespace {

constexpr std::size_t most_divisions = std::numeric_limits<std::uint16_t>::max(), most_of_a_word = divided_head - 1;

Slice kept(Prose& prose, std::string_view text, std::string_view hyphen) {
    const auto first = static_cast<std::uint32_t>(prose.texts.size());
    prose.texts.append(text).append(hyphen);
    return {first, static_cast<std::uint32_t>(text.size() + hyphen.size())};
}

}  // namespace

/// Both parts are shaped as words of their own: kerning with the hyphen is right, and no ligature is cut in two.
bool WordDivider::shape(const Box& box, std::string_view word, const WordBreak& place, Prose& prose, Division& out) {
    const TypeStyle& style = (*styles_)[box.style];
    const auto units = fonts_.face(box.face).units_per_em;
    const auto width = [&](const fonts::Word& part) { return Length::nm(part.advance * style.size.nm() / units); };
    part_.assign(word.substr(0, place.offset - place.removed)).append(place.before).append("-");
    const auto head = shaper_.word(style.chain, part_);
    part_.assign(place.after).append(word.substr(place.offset + place.skipped));
    const auto tail = shaper_.word(style.chain, part_);
    if (!head || !tail || (*head)->face != box.face || (*tail)->face != box.face) return false;
    const bool as_written = place.removed == 0 && place.skipped == 0 && place.before.empty() && place.after.empty();
    out = {(*head)->glyphs,
           (*tail)->glyphs,
           (*head)->glyph_count,
           (*tail)->glyph_count,
           width(**head),
           width(**tail),
           {},
           {},
           place.asked};
    // With its hyphen, which readers of the PDF take off again when they join the word.
    if ((*head)->needs_text || !as_written) out.head_text = kept(prose, word.substr(0, place.offset), "-");
    if ((*tail)->needs_text || !as_written) out.tail_text = kept(prose, word.substr(place.offset), "");
    return true;
}

void WordDivider::divide(std::uint32_t at, std::string_view word, const std::vector<WordBreak>& places, Prose& prose) {
    Box& box = prose.boxes[at];
    if (places.size() > most_of_a_word || prose.divisions.size() + places.size() > most_divisions) return;
    box.first_division = static_cast<std::uint16_t>(prose.divisions.size());
    for (const WordBreak& place : places)
        if (Division division; shape(box, word, place, prose, division)) prose.divisions.push_back(division);
    box.division_count = static_cast<std::uint8_t>(prose.divisions.size() - box.first_division);
}

void WordDivider::divide_last(std::string_view word, std::vector<WordBreak>& asked, bool ask_dictionary, Prose& prose) {
    // An author who says where a word may be divided has said where it may not.
    if (asked.empty() && ask_dictionary && hyphenator_) hyphenator_->find(word, asked);
    if (!asked.empty()) divide(static_cast<std::uint32_t>(prose.boxes.size() - 1), word, asked, prose);
}

void WordDivider::divide_fields(Prose& prose) {
    for (const Prose::Undivided& todo : prose.undivided) {
        word_.assign(prose.texts, todo.word.first, todo.word.count);  // texts may move
        places_.clear();
        hyphenator_->find(word_, places_);
        if (!places_.empty()) divide(todo.box, word_, places_, prose);
    }
    prose.undivided.clear();
}

}  // namespace pli::layouts
