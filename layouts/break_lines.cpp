#include <algorithm>

#include "layouts/boxes.hpp"
#include "layouts/word_divider.hpp"

namespace pli::layouts {
namespace {

/// The longest line that starts at a box. At least up to the first opportunity, even if that is too wide.
SetLine longest_line(const std::vector<Box>& boxes, std::uint32_t start, Length measure) {
    std::uint32_t count = 0;
    Length pen, width;
    bool ends_paragraph = false;
    const auto end = static_cast<std::uint32_t>(boxes.size());
    for (std::uint32_t i = start; i < end; ++i) {
        const Box& box = boxes[i];
        pen += box.width;
        if (pen > measure && count > 0) break;
        ends_paragraph = i + 1 == end || box.after == After::Newline;
        if (ends_paragraph || box.after > After::Tie) {
            count = i + 1 - start;
            width = pen;
        }
        if (ends_paragraph) break;
        if (has_space(box.after)) pen += box.space;
    }
    return {start, count, width, ends_paragraph, {}};
}

std::int64_t units(const Box& box) {
    std::int64_t sum = 0;
    for (std::uint32_t i = 0; i < box.count; ++i) sum += box.glyphs[i].advance;
    return std::max<std::int64_t>(sum, 1);
}

/// Cuts a box into pieces that fit: a long web address must not run off the paper.
void cut(const Box& box, Length measure, std::vector<Box>& out) {
    const std::int64_t total = units(box);
    const auto width_of = [&](std::int64_t advance) { return Length::nm(box.width.nm() * advance / total); };
    std::uint32_t first = 0;
    std::int64_t sum = 0;
    for (std::uint32_t i = 0; i < box.count; ++i) {
        const Glyph& glyph = box.glyphs[i];
        // A glyph without an advance is a mark on the one before it and stays there.
        if (i > first && glyph.advance > 0 && width_of(sum + glyph.advance) > measure) {
            Box piece = box;
            piece.glyphs = box.glyphs + first;
            piece.count = i - first;
            piece.width = width_of(sum);
            piece.after = After::Opportunity;
            out.push_back(piece);
            first = i;
            sum = 0;
        }
        sum += glyph.advance;
    }
    Box rest = box;
    rest.glyphs = box.glyphs + first;
    rest.count = box.count - first;
    rest.width = width_of(sum);
    out.push_back(rest);
}

/// Whether a head goes on where the one before it, without its hyphen, ended.
bool continues(const Division& before, const Division& after) {
    const auto letters = static_cast<std::ptrdiff_t>(before.head_count) - 1;
    const auto same = [](const Glyph& a, const Glyph& b) { return a.id == b.id; };
    return letters > 0 && after.head_count > before.head_count && before.head_text.count == 0 &&
           after.head_text.count == 0 && std::equal(before.head, before.head + letters, after.head, same);
}

Length width_of_glyphs(const Box& box, const Glyph* first, const Glyph* end) {
    std::int64_t sum = 0;
    for (; first != end; ++first) sum += first->advance;
    return Length::nm(box.width.nm() * sum / units(box));
}

/// A word wider than the measure falls into the pieces between its divisions, each of which can end a line.
bool cut_at_divisions(Prose& prose, const Box& box, std::vector<Box>& out) {
    const std::uint32_t first = box.first_division, count = box.division_count;
    if (count < 2) return false;
    for (std::uint32_t i = first; i + 1 < first + count; ++i)
        if (!continues(prose.divisions[i], prose.divisions[i + 1])) return false;
    std::uint32_t from = 0;
    for (std::uint32_t i = first; i < first + count; ++i) {
        const Division whole = prose.divisions[i];
        Division end = whole;
        end.head += from;
        end.head_count -= from;
        end.head_width = width_of_glyphs(box, end.head, end.head + end.head_count);
        end.tail_count = 0;
        end.tail_width = {};
        Box piece = box;
        piece.glyphs = end.head;
        piece.count = end.head_count - 1;
        piece.width = width_of_glyphs(box, piece.glyphs, piece.glyphs + piece.count);
        piece.after = After::Glued;
        piece.flows_on = false;
        piece.first_division = static_cast<std::uint16_t>(prose.divisions.size());
        piece.division_count = 1;
        prose.divisions.push_back(end);
        out.push_back(piece);
        from += piece.count;
    }
    const Division& last = prose.divisions[first + count - 1];
    Box rest = box;
    rest.glyphs = last.tail;
    rest.count = last.tail_count;
    rest.width = last.tail_width;
    rest.division_count = 0;
    out.push_back(rest);
    return true;
}

void cut_wide_boxes(Prose& prose, Length measure) {
    const auto too_wide = [&](const Box& box) { return box.width > measure && box.level == 0 && box.text.count == 0; };
    if (std::none_of(prose.boxes.begin(), prose.boxes.end(), too_wide)) return;
    if (prose.divider) prose.divider->divide_fields(prose);
    std::vector<Box> fitting;
    for (const Box& box : prose.boxes) {
        if (!too_wide(box))
            fitting.push_back(box);
        else if (!cut_at_divisions(prose, box, fitting))
            cut(box, measure, fitting);
    }
    prose.boxes = std::move(fitting);
}

Box head_of(Box box, const Division& division) {
    box.glyphs = division.head;
    box.count = division.head_count;
    box.width = division.head_width;
    box.text = division.head_text;
    box.after = After::Opportunity;
    box.flows_on = false;
    box.division_count = divided_head;
    return box;
}

Box tail_of(Box box, const Division& division) {
    box.glyphs = division.tail;
    box.count = division.tail_count;
    box.width = division.tail_width;
    box.text = division.tail_text;
    box.flows_on = false;
    box.division_count = 0;
    return box;
}

/// Collects lines and the boxes they are made of.
class LineTray {
public:
    explicit LineTray(Prose& prose) : prose_(prose), boxes_(prose.fitting.boxes) {
        boxes_.clear();
        prose.lines.clear();
    }
    void take(const Box& box) { boxes_.push_back(box); }
    /// The head of a divided box: its glyphs lie elsewhere than those of the box before it.
    void take_head(const Box& head) {
        if (boxes_.size() > first_) boxes_.back().flows_on = false;
        boxes_.push_back(head);
    }
    void end_line(bool ends_paragraph) {
        SetLine line{first_, static_cast<std::uint32_t>(boxes_.size()) - first_, {}, ends_paragraph, {}};
        for (std::uint32_t i = first_; i < boxes_.size(); ++i) {
            line.width += boxes_[i].width;
            if (i + 1 < boxes_.size() && has_space(boxes_[i].after)) line.width += boxes_[i].space;
        }
        prose_.lines.push_back(line);
        first_ = static_cast<std::uint32_t>(boxes_.size());
    }
    void hand_over() { std::swap(prose_.boxes, boxes_); }

private:
    Prose& prose_;
    std::vector<Box>& boxes_;
    std::uint32_t first_ = 0;
};

/// Boxes that an earlier call divided become whole again: the rest of a paragraph goes on in another measure.
void rejoin(Prose& prose) {
    if (prose.divided.empty()) return;
    std::size_t to = 0;
    for (std::size_t from = 0; from < prose.boxes.size(); ++from) {
        const Box box = prose.boxes[from];
        const bool head = box.division_count == divided_head && from + 1 < prose.boxes.size();
        prose.boxes[to++] = head ? prose.divided[box.first_division] : box;
        if (head) ++from;
    }
    prose.boxes.resize(to);
    prose.divided.clear();
}

/// Makes lines that end at these places.
void make_lines(Prose& prose, const std::vector<LineEnd>& ends) {
    LineTray tray(prose);
    std::uint32_t next = 0;
    for (const LineEnd& end : ends) {
        for (; next < end.box; ++next) tray.take(prose.boxes[next]);
        Box& last = prose.boxes[end.box];
        const bool whole = end.division < 0;
        const bool ends_paragraph = whole && (end.box + 1 == prose.boxes.size() || last.after == After::Newline);
        if (whole) {
            tray.take(last);
            ++next;
        } else {
            const Division& division = prose.divisions[static_cast<std::size_t>(end.division)];
            Box head = head_of(last, division);
            head.first_division = static_cast<std::uint16_t>(prose.divided.size());
            prose.divided.push_back(last);
            tray.take_head(head);
            last = tail_of(last, division);
        }
        tray.end_line(ends_paragraph);
    }
    tray.hand_over();
}

}  // namespace

Length spaces_of(const Prose& prose, const SetLine& line) {
    Length width;
    for (std::uint32_t i = line.first; i + 1 < line.first + line.count; ++i)
        if (has_space(prose.boxes[i].after)) width += prose.boxes[i].space;
    return width;
}

void break_lines(Prose& prose, Length measure) {
    rejoin(prose);
    cut_wide_boxes(prose, measure);
    if (prose.manner.optimum || !prose.divisions.empty() || !prose.undivided.empty()) {
        find_line_ends(prose, measure, prose.fitting.ends);
        return make_lines(prose, prose.fitting.ends);
    }
    prose.lines.clear();
    for (std::uint32_t start = 0; start < prose.boxes.size();) {
        prose.lines.push_back(longest_line(prose.boxes, start, measure));
        start += prose.lines.back().count;
    }
}

}  // namespace pli::layouts
