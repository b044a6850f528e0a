#include <algorithm>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

/// A strand where it stands in the text that breaks are looked for in. A placeholder stands there as one letter.
struct Standing {
    std::uint32_t from, to;
    const Strand* strand;
};

constexpr std::string_view stand_in = "x";

std::string laid_out(const Passage& passage, std::vector<Standing>& places) {
    std::string text;
    for (const Strand& strand : passage.strands) {
        const auto from = static_cast<std::uint32_t>(text.size());
        if (strand.placeholder >= 0)
            text += stand_in;
        else
            text.append(passage.text, strand.text.first, strand.text.count);
        places.push_back({from, static_cast<std::uint32_t>(text.size()), &strand});
    }
    return text;
}

/// Cuts one passage into atoms, word by word.
class Cutter {
public:
    Cutter(Passage& passage, Desk& desk) : passage_(passage), desk_(desk), text_(laid_out(passage, places_)) {}

    Done cut(LineBreaker& breaker, std::string_view locale) {
        breaker.find(text_, locale, breaks_);
        word_.manner = passage_.manner;
        desk_.weaver.divide_with(passage_.hyphenator);
        std::uint32_t word = 0, segment = 0;  // a word ends at a space, a segment wherever a line may
        for (const LineBreak& at : breaks_) {
            const std::uint32_t end = trimmed(segment, at.offset);
            const bool ends_word = end < at.offset || at.offset == text_.size();
            if (ends_word) {
                const bool last = at.offset == text_.size() && end == at.offset;
                TRY(add_word(word, end,
                             last                                          ? After::Glued
                             : at.mandatory && has_newline(end, at.offset) ? After::Newline
                                                                           : After::Space));
                note_tabs(end, at.offset);
                word = at.offset;
            }
            segment = at.offset;
        }
        point_divisions();
        for (const Atom& atom : passage_.atoms) passage_.ready.push_back(desk_.weaver.ready(passage_, atom));
        return {};
    }

private:
    std::uint32_t trimmed(std::uint32_t from, std::uint32_t to) const {
        while (to > from && (text_[to - 1] == ' ' || text_[to - 1] == '\n' || text_[to - 1] == '\t')) --to;
        return to;
    }
    bool has_newline(std::uint32_t from, std::uint32_t to) const {
        return std::string_view(text_).substr(from, to - from).find('\n') != std::string_view::npos;
    }
    /// Tabs in the white space behind a word; at the beginning of a line an empty atom carries them.
    void note_tabs(std::uint32_t from, std::uint32_t to) {
        const auto space = std::string_view(text_).substr(from, to - from);
        const auto tabs = std::count(space.begin(), space.end(), '\t');
        if (tabs == 0) return;
        if (passage_.atoms.empty() || passage_.atoms.back().after == After::Newline) {
            Atom atom;
            atom.style = style_at(from);
            atom.after = After::Space;
            passage_.atoms.push_back(atom);
        }
        passage_.atoms.back().tabs = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(tabs, 255));
        passage_.atoms.back().flows_on = false;
    }
    bool holds_field(std::uint32_t from, std::uint32_t to) const {
        return std::any_of(places_.begin(), places_.end(),
                           [&](const Standing& p) { return p.strand->placeholder >= 0 && p.from < to && p.to > from; });
    }
    bool may_break(std::uint32_t at) const {
        if (std::string_view(text_).substr(0, at).ends_with("\u00AD")) return false;  // a division, no end of a box
        return std::any_of(breaks_.begin(), breaks_.end(), [&](const LineBreak& b) { return b.offset == at; });
    }
    /// The dictionary is asked for whole words alone: no parts in another style, none of a compound with hyphens.
    bool may_ask(std::uint32_t start, std::uint32_t end, const Slice& word) const {
        const std::uint32_t from = word.first, to = word.first + word.count;
        const bool whole = (start == from || may_break(start)) && (end == to || may_break(end));
        const bool compound = (start > from && text_[start - 1] == '-') || text_[end - 1] == '-';
        return passage_.manner.hyphenated && whole && !compound;
    }

    /// A word with a field is woven whole for each letter, so that breaks and kerning see the value beside its
    /// neighbours; one without is cut where lines may break. Either is cut where the style changes.
    Done add_word(std::uint32_t from, std::uint32_t to, After after) {
        const bool woven = holds_field(from, to);
        if (from == to) return add_empty(after);
        std::uint32_t start = from;
        while (start < to) {
            const auto style = style_at(start);
            std::uint32_t end = start + 1;
            while (end < to && style_at(end) == style && (woven || !may_break(end))) ++end;
            const After behind = end == to ? after : may_break(end) ? After::Opportunity : After::Glued;
            if (woven && holds_field(start, end))
                add_woven(start, end, style, behind);
            else
                TRY(add_literal(std::string_view(text_).substr(start, end - start), style, behind,
                                may_ask(start, end, {from, to - from})));
            start = end;
        }
        return {};
    }

    Done add_empty(After after) {
        Atom atom;
        atom.style = passage_.strands.empty() ? std::uint16_t{0} : passage_.strands.front().style;
        atom.after = after;
        if (after == After::Newline) passage_.atoms.push_back(atom);  // an empty line
        return {};
    }

    std::uint16_t style_at(std::uint32_t offset) const {
        for (const Standing& p : places_)
            if (offset >= p.from && offset < p.to) return p.strand->style;
        return 0;
    }

    void add_woven(std::uint32_t from, std::uint32_t to, std::uint16_t style, After after) {
        Atom atom;
        atom.style = style;
        atom.after = after;
        atom.strands.first = static_cast<std::uint32_t>(passage_.woven.size());
        for (const Standing& p : places_) {
            const auto first = std::max(p.from, from), end = std::min(p.to, to);
            if (first >= end) continue;
            Strand strand = *p.strand;
            if (strand.placeholder < 0) strand.text = {strand.text.first + first - p.from, end - first};
            passage_.woven.push_back(strand);
        }
        atom.strands.count = static_cast<std::uint32_t>(passage_.woven.size()) - atom.strands.first;
        passage_.atoms.push_back(atom);
    }

    Done add_literal(std::string_view text, std::uint16_t style, After after, bool ask) {
        word_.boxes.clear();
        word_.texts.clear();
        word_.divisions.clear();
        TRY(desk_.weaver.add_segment(text, style, after, ask, word_));
        if (word_.boxes.empty() && !passage_.atoms.empty())
            passage_.atoms.back().after = std::max(passage_.atoms.back().after, after);
        for (const Box& box : word_.boxes) add_atom(box);
        return {};
    }

    void add_atom(const Box& box) {
        Atom atom;
        atom.style = box.style;
        atom.after = box.after;
        atom.face = box.face;
        atom.width = box.width;
        atom.glyphs = {static_cast<std::uint32_t>(passage_.glyphs.size()), box.count};
        passage_.glyphs.insert(passage_.glyphs.end(), box.glyphs, box.glyphs + box.count);
        if (box.text.count > 0) {
            atom.text = {static_cast<std::uint32_t>(passage_.text.size()), box.text.count};
            passage_.text.append(word_.texts, box.text.first, box.text.count);
        }
        keep_divisions(box, atom);
        join_to_last(atom);
        passage_.atoms.push_back(atom);
        if (box.after == After::Space && atom.text.count == 0)
            passage_.glyphs.push_back(desk_.state->styles[box.style].space_glyph);
    }

    void keep_divisions(const Box& box, Atom& atom) {
        if (passage_.divisions.size() + box.division_count > 0xFFFF) return;  // as many as a box can number
        atom.divisions = {static_cast<std::uint32_t>(passage_.divisions.size()), box.division_count};
        auto& glyphs = passage_.division_glyphs;
        for (std::uint32_t i = 0; i < box.division_count; ++i) {
            Division division = word_.divisions[box.first_division + i];
            glyphs.insert(glyphs.end(), division.head, division.head + division.head_count);
            glyphs.insert(glyphs.end(), division.tail, division.tail + division.tail_count);
            for (Slice* text : {&division.head_text, &division.tail_text}) {
                const auto first = static_cast<std::uint32_t>(passage_.division_texts.size());
                passage_.division_texts.append(word_.texts, text->first, text->count);
                text->first = first;
            }
            passage_.divisions.push_back(division);
        }
    }

    /// Now that their glyphs have their final place.
    void point_divisions() {
        const Glyph* at = passage_.division_glyphs.data();
        for (Division& division : passage_.divisions) {
            division.head = at;
            division.tail = at + division.head_count;
            at = division.tail + division.tail_count;
        }
    }

    /// Two literal words of one run: the space between them lies where the setter wants it.
    void join_to_last(const Atom& atom) {
        if (passage_.atoms.empty() || atom.text.count > 0) return;
        Atom& last = passage_.atoms.back();
        const bool literal = last.strands.count == 0 && last.text.count == 0 && last.glyphs.count > 0;
        const bool one_run =
            last.style == atom.style && last.face == atom.face && atom.face == desk_.state->styles[atom.style].face;
        last.flows_on = literal && one_run && last.after == After::Space && last.tabs == 0;
    }

    Passage& passage_;
    Desk& desk_;
    std::vector<Standing> places_;
    std::string text_;
    std::vector<LineBreak> breaks_;
    Prose word_;
};

}  // namespace

Done shape_passage(Passage& passage, Desk& desk, LineBreaker& breaker) {
    passage.complex = !reads_simply(passage.text);
    if (passage.complex) {
        // Set once for its errors: a character no font holds is told at compile time, not at the first letter.
        Prose prose;
        std::uint16_t style = passage.strands.empty() ? std::uint16_t{0} : passage.strands.front().style;
        return desk.weaver.weave_text(passage.text, style, prose);
    }
    const auto& locale = passage.locale.empty() ? desk.state->locale : passage.locale;
    return Cutter(passage, desk).cut(breaker, locale);
}

void TextCompiler::shape(Desk& desk, fonts::Shaper& shaper) {
    LineBreaker breaker;
    const auto& passages = shop_.state.passages;
    const bool hang = std::any_of(passages.begin(), passages.end(), [](const Passage& p) { return p.manner.hanging; });
    for (TypeStyle& style : shop_.state.styles) {
        style.face = shop_.workshop.fonts.faces_of(style.chain).front();
        const auto space = shaper.word(style.chain, " ");
        if (!space || (*space)->glyph_count != 1) continue;
        style.space_glyph = (*space)->glyphs[0];
        style.face = (*space)->face;
        style.space = Length::nm(style.space_glyph.advance * style.size.nm() /
                                 shop_.workshop.fonts.face(style.face).units_per_em);
        if (hang) style.hanging = hanging_glyphs(style, shop_.workshop.fonts, shaper);
    }
    for (Passage& passage : shop_.state.passages) {
        const auto done = shape_passage(passage, desk, breaker);
        if (!done) shop_.findings.failed("missing-glyph", passage.pointer, done.error());
    }
}

}  // namespace pli::layouts
