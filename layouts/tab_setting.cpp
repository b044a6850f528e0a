#include "layouts/tab_setting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::layouts {
namespace {

/// The glyph a style draws for one character.
std::uint16_t glyph_of(Desk& desk, std::string_view character, std::uint16_t style) {
    desk.part.clear();
    const auto woven = desk.weaver.add_word(character, style, After::Glued, desk.part);
    if (!woven || desk.part.boxes.front().count != 1) return 0;
    return desk.part.boxes.front().glyphs->id;
}

const NumberGlyphs& numbers_of(Desk& desk, std::uint16_t style) {
    const auto sign = desk.values.decimal_sign();
    for (const NumberGlyphs& known : desk.numbers)
        if (known.state == desk.state && known.style == style && known.sign_text == sign) return known;
    if (desk.numbers.size() >= 64) desk.numbers.clear();
    NumberGlyphs& learned = desk.numbers.emplace_back();
    learned.state = desk.state;
    learned.style = style;
    learned.sign_text = sign;
    learned.sign = glyph_of(desk, sign, style);
    for (std::size_t i = 0; i < learned.digits.size(); ++i)
        learned.digits[i] = glyph_of(desk, std::string_view("0123456789").substr(i, 1), style);
    return learned;
}

bool is_digit(const NumberGlyphs& numbers, std::uint16_t glyph) {
    return std::find(numbers.digits.begin(), numbers.digits.end(), glyph) != numbers.digits.end();
}

Length width_of(const Prose& prose, const SetLine& part) {
    Length width;
    for (std::uint32_t i = part.first; i < part.first + part.count; ++i) {
        width += prose.boxes[i].width;
        const bool last = i + 1 == part.first + part.count;
        if (prose.boxes[i].after == After::Space && !last) width += prose.boxes[i].space;
    }
    return width;
}

/// Where the next part of a line stands, and what leads to it.
struct Stand {
    SetLine part;
    Length from, at;  // the pen before the tab, and where the part begins
    const TabStop* stop = nullptr;
};

/// The part of the line that begins at a box, up to the next tab.
SetLine part_from(const Prose& prose, const SetLine& line, std::uint32_t first) {
    SetLine part{first, 0, {}, false, {}};
    const std::uint32_t end = line.first + line.count;
    while (first + part.count < end && (part.count == 0 || prose.boxes[first + part.count - 1].tabs == 0)) ++part.count;
    part.width = width_of(prose, part);
    return part;
}

const TabStop* stop_after(const Paragraph& paragraph, Length pen, unsigned tabs) {
    const TabStop* found = nullptr;
    for (const TabStop& stop : paragraph.tabs) {
        if (stop.at <= pen) continue;
        found = &stop;
        if (--tabs == 0) return found;
    }
    return tabs == 0 ? found : nullptr;
}

Length start_of(Desk& desk, const TabStop& stop, const SetLine& part) {
    switch (stop.align) {
        case Align::Right: return stop.at - part.width;
        case Align::Centre: return stop.at - part.width / 2;
        case Align::Decimal: return stop.at - part.width + tail_width(desk, desk.prose, part);
        default: return stop.at;
    }
}

/// The parts of a line one after the other; `visit` takes each with its place. Gives where the last one ends.
template <class Visit>
Length walk(Desk& desk, const Paragraph& paragraph, const SetLine& line, const Visit& visit) {
    Stand stand;
    Length pen;
    for (std::uint32_t at = line.first; at < line.first + line.count; at += stand.part.count) {
        stand.part = part_from(desk.prose, line, at);
        stand.from = stand.at = pen;
        stand.stop = nullptr;
        if (at > line.first) {
            const Box& before = desk.prose.boxes[at - 1];
            stand.stop = stop_after(paragraph, pen, before.tabs);
            // Behind the last stop a tab is a space; text too long for its stop is pushed on, never over its neighbour.
            stand.at = pen + desk.state->styles[before.style].space;
            if (stand.stop) stand.at = std::max(start_of(desk, *stand.stop, stand.part), pen > 0_mm ? stand.at : 0_mm);
        }
        pen = stand.at + stand.part.width;
        visit(stand);
    }
    return pen;
}

/// Fills the way with dots that stand below those of the line above: on one grid from the paragraph's left end.
void draw_leader(Desk& desk, const Stand& stand, const LinePlace& place, Frame& frame) {
    const Passage& passage = desk.state->passages[*stand.stop->leader];
    if (passage.atoms.empty() || passage.atoms.front().width <= 0_mm) return;
    const Atom& atom = passage.atoms.front();
    const TypeStyle& style = desk.state->styles[atom.style];
    const Length clear = style.space / 2;
    const std::int64_t step = atom.width.nm();
    const std::int64_t first = ((stand.from + clear).nm() + step - 1) / step, end = (stand.at - clear).nm() / step;
    if (end <= first) return;
    TextRun run{{place.start.x + Length::nm(first * step), place.start.y}, style.size, atom.face, style.colour,
                {static_cast<std::uint32_t>(frame.glyphs.size()), 0},      {}};
    const auto glyphs = passage.glyphs.begin() + atom.glyphs.first;
    for (std::int64_t i = first; i < end; ++i)
        frame.glyphs.insert(frame.glyphs.end(), glyphs, glyphs + atom.glyphs.count);
    run.glyphs.count = static_cast<std::uint32_t>(frame.glyphs.size()) - run.glyphs.first;
    frame.items.emplace_back(run);
}

/// Rebuilds the lines of a prose stretch by stretch: its boxes may have to be cut.
class TabBreaker {
public:
    TabBreaker(Desk& desk, const Paragraph& paragraph, Length measure)
        : desk_(desk), paragraph_(paragraph), measure_(measure) {}

    Done run() {
        Prose& prose = desk_.prose;
        prose.lines.clear();
        for (std::uint32_t start = 0; start < prose.boxes.size();) {
            std::uint32_t count = 1;
            while (start + count < prose.boxes.size() && prose.boxes[start + count - 1].after != After::Newline)
                ++count;
            TRY(add_line({start, count, {}, true, {}}));
            start = next_;
        }
        return {};
    }

private:
    Done add_line(SetLine line) {
        Prose& prose = desk_.prose;
        Stand last;
        next_ = line.first + line.count;
        const Length end = walk(desk_, paragraph_, line, [&](const Stand& stand) { last = stand; });
        if (end > measure_ && may_hang(last, line)) return hang(line, last);
        if (end > measure_ + 1_pt / 100)
            return failure(
                Fault::Overflow, fmt::format("text {}", desk_.state->passages[paragraph_.passage].pointer),
                fmt::format("a line with tabs is {:.1f} mm wide, there are {:.1f} mm", end.to_mm(), measure_.to_mm()),
                "shorten it or move its tab stops");
        line.width = end;
        prose.lines.push_back(line);
        return {};
    }

    /// Text that begins at a stop goes on below itself; a line without a tab at the paragraph's left.
    bool may_hang(const Stand& last, const SetLine& line) const {
        const bool plain = last.part.first == line.first;
        return last.at < measure_ && (plain || !last.stop || last.stop->align == Align::Left);
    }

    Done hang(const SetLine& line, const Stand& last) {
        Prose& prose = desk_.prose;
        Prose& part = desk_.part;
        part.clear();
        const auto from = prose.boxes.begin() + last.part.first, to = from + last.part.count;
        part.boxes.assign(from, to);
        break_lines(part, measure_ - last.at);
        prose.boxes.erase(from, to);
        prose.boxes.insert(prose.boxes.begin() + last.part.first, part.boxes.begin(), part.boxes.end());
        for (SetLine piece : part.lines) {
            if (sticks_out(part, piece, measure_ - last.at))
                return failure(Fault::Overflow,
                               fmt::format("text {}", desk_.state->passages[paragraph_.passage].pointer),
                               fmt::format("{:.1f} mm that no line may divide stand in {:.1f} mm behind a tab",
                                           piece.width.to_mm(), (measure_ - last.at).to_mm()),
                               "shorten it or move its tab stops");
            piece.first += last.part.first;
            piece.indent = last.at;
            prose.lines.push_back(piece);
        }
        next_ = last.part.first + static_cast<std::uint32_t>(part.boxes.size());
        SetLine& first = *(prose.lines.end() - static_cast<std::ptrdiff_t>(part.lines.size()));
        first = {line.first, first.first + first.count - line.first, first.width + last.at, first.ends_paragraph, {}};
        return {};
    }

    Desk& desk_;
    const Paragraph& paragraph_;
    const Length measure_;
    std::uint32_t next_ = 0;
};

}  // namespace

Length tail_width(Desk& desk, const Prose& prose, const SetLine& part) {
    Length behind;
    for (std::uint32_t i = part.first + part.count; i-- > part.first;) {
        const Box& box = prose.boxes[i];
        if (i + 1 < part.first + part.count && box.after == After::Space) behind += box.space;
        const NumberGlyphs& numbers = numbers_of(desk, box.style);
        const auto em = desk.fonts.face(box.face).units_per_em;
        const auto size = desk.state->styles[box.style].size;
        const auto width = [&](std::int64_t units) { return Length::nm(units * size.nm() / em); };
        std::int64_t units = 0;
        std::optional<std::int64_t> last_digit;  // what stands behind it
        for (std::uint32_t g = box.count; g-- > 0;) {
            const bool digit = is_digit(numbers, box.glyphs[g].id);
            if (digit && !last_digit) last_digit = units;
            units += box.glyphs[g].advance;
            const bool sign = numbers.sign != 0 && box.glyphs[g].id == numbers.sign;
            if (sign && g > 0 && g + 1 < box.count && is_digit(numbers, box.glyphs[g + 1].id) &&
                is_digit(numbers, box.glyphs[g - 1].id))
                return behind + width(units);
        }
        if (last_digit) return behind + width(*last_digit);
        behind += box.width;
    }
    return {};
}

Done break_tabbed(Desk& desk, const Paragraph& paragraph, Length measure) {
    return TabBreaker(desk, paragraph, measure).run();
}

void set_tabbed(Desk& desk, const Paragraph& paragraph, const SetLine& line, const LinePlace& place, Frame& frame) {
    auto setter = desk.setter();
    const auto put = [&](const SetLine& part, Length x) {
        setter.set(desk.prose, part, {place.start + Point{x, 0_mm}, 0_mm, Align::Left}, frame);
    };
    if (line.indent > 0_mm) return put(line, line.indent);
    walk(desk, paragraph, line, [&](const Stand& stand) {
        if (stand.stop && stand.stop->leader) draw_leader(desk, stand, place, frame);
        put(stand.part, stand.at);
    });
}

}  // namespace pli::layouts
