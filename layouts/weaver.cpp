#include "layouts/weaver.hpp"

#include <algorithm>
#include <array>

#include "fonts/characters.hpp"

namespace pli::layouts {
namespace {

/// Bytes between which no line may break: letters and digits, the points and commas of numbers, the letters of
/// Latin-1, Greek and Cyrillic (whose first bytes are 0xC3 to 0xD4). Everything else is asked of the line breaker.
constexpr std::array<bool, 256> make_solid() {
    std::array<bool, 256> solid{};
    for (unsigned c = '0'; c <= '9'; ++c) solid[c] = true;
    for (unsigned c = 'a'; c <= 'z'; ++c) solid[c] = solid[c - 32] = true;
    for (unsigned c = 0x80; c <= 0xBF; ++c) solid[c] = true;
    for (unsigned c = 0xC3; c <= 0xD4; ++c) solid[c] = true;
    for (const unsigned c : {'.', ',', ':', '@', '_', '\''}) solid[c] = true;
    return solid;
}
constexpr auto solid_bytes = make_solid();

bool solid(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return solid_bytes[static_cast<unsigned char>(c)]; });
}

/// Bytes of the plain Latin character at `at`, 0 if it is something else: ASCII, U+00A0 to U+02FF but the soft
/// hyphen, €.
std::size_t plain_length(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return lead >= 0x20 && lead < 0x7F ? 1 : 0;
    if (text.compare(at, 3, "\u20AC") == 0) return 3;
    if (lead < 0xC2 || lead > 0xCB || at + 1 >= text.size()) return 0;
    const auto trail = static_cast<unsigned char>(text[at + 1]);
    const bool continues = (trail & 0xC0) == 0x80;
    return continues && (lead > 0xC2 || (trail >= 0xA0 && trail != 0xAD)) ? 2 : 0;
}

/// Decided without decoding; other lines are for the shaper to judge.
bool plainly_latin(std::string_view line) {
    for (std::size_t at = fonts::printable_ascii(line); at < line.size();) {
        const std::size_t length = plain_length(line, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view literal(const Passage& passage, const Strand& strand) {
    return std::string_view(passage.text).substr(strand.text.first, strand.text.count);
}

/// The part of a run that comes from bytes [from, to).
fonts::ShapedRun clipped(const fonts::ShapedRun& run, std::uint32_t from, std::uint32_t to) {
    fonts::ShapedRun part{run.face, run.level, from, to - from, {}, {}, run.needs_text};
    for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
        if (run.clusters[i] < from || run.clusters[i] >= to) continue;
        part.glyphs.push_back(run.glyphs[i]);
        part.clusters.push_back(run.clusters[i]);
    }
    return part;
}

/// Characters that are told to the line breaker and the divider, not to the font.
struct Mark {
    std::string_view bytes;
    enum class Kind : std::uint8_t { SoftHyphen, NoBreakSpace, Invisible } kind;
};
constexpr std::array marks{Mark{"\u00AD", Mark::Kind::SoftHyphen}, Mark{"\u00A0", Mark::Kind::NoBreakSpace},
                           Mark{"\u200B", Mark::Kind::Invisible},  // zero-width space: a break, nothing to see
                           Mark{"\u2060", Mark::Kind::Invisible},  // word joiner: no break, nothing to see
                           Mark{"\uFEFF", Mark::Kind::Invisible}};
constexpr std::string_view soft_hyphen = marks[0].bytes;

bool may_lead_mark(char c) {
    const auto lead = static_cast<unsigned char>(c);
    return lead == 0xC2 || lead == 0xE2 || lead == 0xEF;
}

const Mark* mark_at(std::string_view text, std::size_t at) {
    if (!may_lead_mark(text[at])) return nullptr;
    const auto starts = [&](const Mark& mark) { return text.compare(at, mark.bytes.size(), mark.bytes) == 0; };
    const auto found = std::find_if(marks.begin(), marks.end(), starts);
    return found == marks.end() ? nullptr : &*found;
}

bool has_mark(std::string_view text) {
    for (std::size_t at = fonts::printable_ascii(text); at < text.size(); ++at)
        if (may_lead_mark(text[at]) && mark_at(text, at)) return true;
    return false;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Whether the shaper can set the line word by word; it never sees tabs and invisible marks.
bool simple_without_marks(std::string_view line) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const Mark* mark = mark_at(line, at);
        const bool unseen = line[at] == '\t' || (mark && mark->kind == Mark::Kind::Invisible);
        if (!unseen) continue;
        if (!fonts::Shaper::is_simple(line.substr(from, at - from))) return false;
        from = at + (mark ? mark->bytes.size() : 1);
    }
    return fonts::Shaper::is_simple(line.substr(from));
}

void strengthen(Prose& prose, After after) {
    if (!prose.boxes.empty()) prose.boxes.back().after = std::max(prose.boxes.back().after, after);
}

/// Most often one blank: told at a glance.
bool may_hold_tabs(std::string_view space) { return space.size() > 1 || space.front() == '\t'; }

/// Notes tabs behind the last box; where there is none on this line, an empty one carries them.
void note_tabs(std::ptrdiff_t tabs, std::uint16_t style, Prose& prose) {
    if (tabs == 0) return;
    if (prose.boxes.empty() || prose.boxes.back().after == After::Newline) {
        Box& box = prose.boxes.emplace_back();
        box.style = style;
        box.after = After::Space;
    }
    auto& noted = prose.boxes.back().tabs;
    noted = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(noted + tabs, 255));
}

void add_tabs(std::string_view space, std::uint16_t style, Prose& prose) {
    if (may_hold_tabs(space)) note_tabs(std::count(space.begin(), space.end(), '\t'), style, prose);
}

}  // namespace

bool reads_simply(std::string_view text) {
    while (true) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        if (!plainly_latin(line) && !simple_without_marks(line)) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

Done Weaver::add_word(std::string_view text, std::uint16_t style, After after, Prose& out) {
    const TypeStyle& type = (*styles_)[style];
    const fonts::Word* word = TRY(shaper_.word(type.chain, text));
    Box box;
    box.glyphs = word->glyphs;
    box.count = word->glyph_count;
    box.face = word->face;
    box.style = style;
    box.after = after;
    box.width = Length::nm(word->advance * type.size.nm() / fonts_.face(word->face).units_per_em);
    box.space = type.space;
    if (word->needs_text) {
        box.text = {static_cast<std::uint32_t>(out.texts.size()), static_cast<std::uint32_t>(text.size())};
        out.texts.append(text);
    }
    out.boxes.push_back(box);
    return {};
}

Done Weaver::add_words(std::string_view text, std::uint16_t style, After after, Prose& out) {
    if (text.empty()) {
        strengthen(out, after);
        return {};
    }
    if (!out.manner.divides_fields && solid(text)) return add_word(text, style, after, out);
    const bool marked = has_mark(text), by_word = !marked && !out.manner.divides_fields;
    breaker_.find(text, locale_, breaks_);
    std::uint32_t start = 0;
    for (const LineBreak& at : breaks_) {
        if (marked && at.offset < text.size() && ends_with(text.substr(0, at.offset), soft_hyphen)) continue;
        const auto whole = text.substr(start, at.offset - start);
        const auto piece = trimmed(whole);
        After behind = piece.size() < whole.size() ? After::Space : After::Opportunity;
        if (at.offset == text.size())
            behind = after;
        else if (at.mandatory)
            behind = After::Newline;
        if (!piece.empty())
            TRY(by_word ? add_word(piece, style, behind, out) : add_segment(piece, style, behind, false, out));
        else
            strengthen(out, behind);
        if (piece.size() < whole.size() && whole.substr(piece.size()) != " ")
            add_tabs(whole.substr(piece.size()), style, out);
        start = at.offset;
    }
    return {};
}

Done Weaver::add_segment(std::string_view text, std::uint16_t style, After after, bool ask, Prose& out) {
    const bool plain = !has_mark(text);
    if (plain && !ask && !out.manner.divides_fields) return add_word(text, style, after, out);
    bare_.clear();
    asked_.clear();
    for (std::size_t at = 0; at < text.size();) {
        const Mark* mark = plain ? nullptr : mark_at(text, at);
        const bool tie = mark && mark->kind == Mark::Kind::NoBreakSpace;
        if (!mark || (tie && !out.manner.justified)) {
            bare_ += text[at++];
            continue;
        }
        if (mark->kind == Mark::Kind::SoftHyphen && !bare_.empty()) {
            WordBreak place;
            place.offset = static_cast<std::uint32_t>(bare_.size());
            place.asked = true;
            asked_.push_back(place);
        }
        if (tie) TRY(add_bare_word(style, After::Tie, ask, out));
        at += mark->bytes.size();
    }
    return add_bare_word(style, after, ask, out);
}

Done Weaver::add_bare_word(std::uint16_t style, After after, bool ask, Prose& out) {
    while (!asked_.empty() && asked_.back().offset == bare_.size()) asked_.pop_back();  // nothing behind it
    if (bare_.empty() && after != After::Tie) {
        strengthen(out, after);
        return {};
    }
    if (bare_.empty()) {  // spaces that the author wants to see, one behind the other
        Box box;
        box.style = style;
        box.face = (*styles_)[style].face;
        box.after = after;
        box.space = (*styles_)[style].space;
        out.boxes.push_back(box);
        return {};
    }
    TRY(add_word(bare_, style, after, out));
    const bool later = asked_.empty() && !ask && out.manner.divides_fields && bare_.size() > 4;
    if (later) {
        const Slice word{static_cast<std::uint32_t>(out.texts.size()), static_cast<std::uint32_t>(bare_.size())};
        out.undivided.push_back({static_cast<std::uint32_t>(out.boxes.size() - 1), word});
        out.texts += bare_;
    } else {
        divider_.divide_last(bare_, asked_, ask, out);
    }
    bare_.clear();
    asked_.clear();
    return {};
}

Result<bool> Weaver::weave_atom(const Passage& passage, const Atom& atom, LetterValues& values, Emptiness emptiness,
                                Prose& out) {
    const Strand* const strands = passage.woven.data() + atom.strands.first;
    if (atom.strands.count == 1) {
        const auto* value = TRY(values.of(static_cast<std::size_t>(strands->placeholder), emptiness));
        if (!value->simple) return false;
        TRY(add_words(value->text, atom.style, atom.after, out));
        return true;
    }
    joined_.clear();
    for (std::uint32_t i = 0; i < atom.strands.count; ++i) {
        if (strands[i].placeholder < 0) {
            joined_ += literal(passage, strands[i]);
            continue;
        }
        const auto* value = TRY(values.of(static_cast<std::size_t>(strands[i].placeholder), emptiness));
        if (!value->simple) return false;
        joined_ += value->text;
    }
    TRY(add_words(joined_, atom.style, atom.after, out));
    return true;
}

Box Weaver::ready(const Passage& passage, const Atom& atom) const {
    Box box;
    box.glyphs = passage.glyphs.data() + atom.glyphs.first;
    box.count = atom.glyphs.count;
    box.face = atom.face;
    box.style = atom.style;
    box.after = atom.after;
    box.tabs = atom.tabs;
    box.flows_on = atom.flows_on;
    box.width = atom.width;
    box.space = (*styles_)[atom.style].space;
    box.first_division = static_cast<std::uint16_t>(atom.divisions.first);
    box.division_count = static_cast<std::uint8_t>(atom.divisions.count);
    return box;
}

void Weaver::add_ready(const Passage& passage, std::size_t atom, Prose& out) {
    out.boxes.push_back(passage.ready[atom]);
    const Slice text = passage.atoms[atom].text;
    if (text.count == 0) return;
    out.boxes.back().text = {static_cast<std::uint32_t>(out.texts.size()), text.count};
    out.texts.append(passage.text, text.first, text.count);
}

void Weaver::start_dividing(const Passage& passage, Prose& out) {
    out.divisions = passage.divisions;
    out.texts = passage.division_texts;
    divider_.use(*styles_, passage.hyphenator);
    out.divider = &divider_;
}

Done Weaver::weave(const Passage& passage, LetterValues& values, Emptiness emptiness, Prose& out) {
    out.clear();
    out.manner = passage.manner;
    if (passage.manner.hyphenated || !passage.divisions.empty()) start_dividing(passage, out);
    if (passage.manner.hanging) out.styles = styles_;
    bool simple = !passage.complex;
    for (std::size_t i = 0; simple && i < passage.atoms.size(); ++i) {
        const Atom& atom = passage.atoms[i];
        if (atom.strands.count > 0) {
            simple = TRY(weave_atom(passage, atom, values, emptiness, out));
            note_tabs(atom.tabs, atom.style, out);
        } else {
            add_ready(passage, i, out);
        }
    }
    if (simple) return {};
    joined_.clear();
    ranges_.clear();
    for (const Strand& strand : passage.strands) {
        if (strand.placeholder < 0)
            joined_ += literal(passage, strand);
        else
            joined_ += TRY(values.of(static_cast<std::size_t>(strand.placeholder), emptiness))->text;
        ranges_.push_back({static_cast<std::uint32_t>(joined_.size()), strand.style});
    }
    // It starts anew: only the passage's manner is kept.
    TRY(weave_complex(out));
    out.manner = passage.manner;
    return {};
}

Done Weaver::weave_text(std::string_view text, std::uint16_t style, Prose& out) {
    out.clear();
    if (reads_simply(text)) return add_words(text, style, After::Glued, out);
    joined_ = text;
    ranges_ = {{static_cast<std::uint32_t>(text.size()), style}};
    return weave_complex(out);
}

Done Weaver::fill_in(const Passage& passage, LetterValues& values, std::string& out) {
    out.clear();
    for (const Strand& strand : passage.strands) {
        if (strand.placeholder < 0)
            out += literal(passage, strand);
        else
            out += TRY(values.of(static_cast<std::size_t>(strand.placeholder), Emptiness::Refused))->text;
    }
    return {};
}

/// The whole text is shaped once for each style that occurs and each range takes its part of its own style's runs:
/// so bidi sees the paragraph as a whole whatever its styles.
Done Weaver::shape_ranges(Prose& out) {
    in_one_line_ = joined_;
    // No font draws a line feed or a tab.
    std::replace_if(
        in_one_line_.begin(), in_one_line_.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    std::vector<std::pair<std::uint16_t, std::vector<fonts::ShapedRun>>> by_style;
    std::uint32_t start = 0;
    for (const Range& range : ranges_) {
        const auto same = [&](const auto& entry) { return entry.first == range.style; };
        auto known = std::find_if(by_style.begin(), by_style.end(), same);
        if (known == by_style.end()) {
            by_style.emplace_back(range.style, TRY(shaper_.shape((*styles_)[range.style].chain, in_one_line_, {})));
            known = std::prev(by_style.end());
        }
        for (const auto& run : known->second) {
            const auto from = std::max(run.first, start), to = std::min(run.first + run.length, range.end);
            if (from < to) shaped_.push_back({range.style, clipped(run, from, to)});
        }
        start = range.end;
    }
    const auto odd = [](const Stretch& s) { return (s.run.level & 1) != 0; };
    const auto inside = [](const Stretch& s) { return s.run.level > 0; };
    out.reorder = std::any_of(shaped_.begin(), shaped_.end(), odd);
    // A paragraph that reads from left to right has something on level 0: its first strong character.
    out.right_to_left = !shaped_.empty() && std::all_of(shaped_.begin(), shaped_.end(), inside);
    return {};
}

void Weaver::add_complex_box(const Stretch& stretch, Slice bytes, Prose& out) {
    const TypeStyle& type = (*styles_)[stretch.style];
    out.shaped.push_back(clipped(stretch.run, bytes.first, bytes.first + bytes.count));
    const fonts::ShapedRun& run = out.shaped.back();
    Box box;
    box.glyphs = run.glyphs.data();
    box.count = static_cast<std::uint32_t>(run.glyphs.size());
    box.face = run.face;
    box.style = stretch.style;
    box.level = box.space_level = run.level;
    box.width = run.width(type.size, fonts_);
    box.space = type.space;
    if (run.needs_text || run.level > 0) {
        box.text = {static_cast<std::uint32_t>(out.texts.size()), bytes.count};
        out.texts.append(joined_, bytes.first, bytes.count);
    }
    out.boxes.push_back(box);
}

/// One box for each run between two break opportunities; the space behind them keeps the level of its own run.
void Weaver::add_complex_segment(const LineBreak& at, std::uint32_t start, Prose& out) {
    const auto whole = std::string_view(joined_).substr(start, at.offset - start);
    const auto end = start + static_cast<std::uint32_t>(trimmed(whole).size());
    const bool spaced = end < at.offset;
    std::uint8_t space_level = 0;
    for (const Stretch& stretch : shaped_) {
        const auto run_end = stretch.run.first + stretch.run.length;
        const auto from = std::max(stretch.run.first, start), to = std::min(run_end, end);
        if (from < to) add_complex_box(stretch, {from, to - from}, out);
        if (spaced && end >= stretch.run.first && end < run_end) space_level = stretch.run.level;
    }
    const auto style = shaped_.empty() ? std::uint16_t{0} : shaped_.front().style;
    if (spaced) add_tabs(whole.substr(end - start), style, out);
    if (out.boxes.empty()) return;
    const bool last = at.offset == joined_.size();
    strengthen(out, last ? After::Glued : at.mandatory ? After::Newline : spaced ? After::Space : After::Opportunity);
    out.boxes.back().space_level = space_level;
}

Done Weaver::weave_complex(Prose& out) {
    out.clear();
    shaped_.clear();
    TRY(shape_ranges(out));
    breaker_.find(joined_, locale_, breaks_);
    std::uint32_t start = 0;
    for (const LineBreak& at : breaks_) {
        add_complex_segment(at, start, out);
        start = at.offset;
    }
    return {};
}

}  // namespace pli::layouts
