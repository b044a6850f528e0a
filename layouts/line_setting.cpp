#include "layouts/line_setting.hpp"

#include <algorithm>

#include "fonts/visual_order.hpp"

namespace pli::layouts {
namespace {

/// A run that is still growing at the end of the frame's glyphs.
class OpenRun {
public:
    OpenRun(Frame& frame, const fonts::FontSet& fonts, Length baseline) : frame_(frame), fonts_(fonts), y_(baseline) {}

    bool takes(const TypeStyle& style, FaceId face) const { return style_ == &style && run_.face == face; }
    void start(const TypeStyle& style, FaceId face, Length x) {
        style_ = &style;
        run_ = {{x, y_}, style.size, face, style.colour, {static_cast<std::uint32_t>(frame_.glyphs.size()), 0}, {}};
    }
    void glyphs(const Glyph* first, std::uint32_t count) {
        frame_.glyphs.insert(frame_.glyphs.end(), first, first + count);
    }
    /// What rounding to the face's units takes from one space is given to the next: the right edge stays straight.
    void space(Glyph glyph, Length stretch) {
        if (stretch != Length{}) {
            owed_ += stretch.nm() * fonts_.face(run_.face).units_per_em;
            const std::int64_t units = owed_ / run_.size.nm();
            owed_ -= units * run_.size.nm();
            glyph.advance += static_cast<std::int32_t>(units);
        }
        frame_.glyphs.push_back(glyph);
    }
    void text(Slice text) { run_.text = text; }
    /// Puts the run into the frame; `x` is where it ended.
    void close(Length x) {
        if (!style_) return;
        run_.glyphs.count = static_cast<std::uint32_t>(frame_.glyphs.size()) - run_.glyphs.first;
        if (run_.glyphs.count > 0) frame_.items.emplace_back(run_);
        if (style_->underline) underline(x);
        style_ = nullptr;
    }

private:
    void underline(Length x) {
        const auto& face = fonts_.face(run_.face);
        const auto scaled = [&](int units) { return Length::nm(run_.size.nm() * units / face.units_per_em); };
        const Length y = y_ - scaled(face.underline_position);
        frame_.items.emplace_back(Rule{{run_.baseline.x, y}, {x, y}, scaled(face.underline_thickness), run_.colour});
    }

    Frame& frame_;
    const fonts::FontSet& fonts_;
    const Length y_;
    const TypeStyle* style_ = nullptr;
    TextRun run_;
    std::int64_t owed_ = 0;  // of the stretch, in nanometres times units to the em
};

/// A last line stands as it is, unless it was counted on to give way.
Align resolved(Align align, const Prose& prose, bool natural) {
    const Align start = prose.right_to_left ? Align::Right : Align::Left;
    if (align == Align::Start || (align == Align::Justify && natural)) return start;
    return align;
}

/// What each space of a justified line gets beyond its own width, or gives up of it.
Length stretch_of(const Prose& prose, const SetLine& line, Length rest) {
    std::int64_t spaces = 0;
    Length width;
    for (std::uint32_t i = 0; i + 1 < line.count; ++i) {
        const Box& box = prose.boxes[line.first + i];
        if (!has_space(box.after)) continue;
        ++spaces;
        width += box.space;
    }
    return spaces > 0 ? std::max(rest, -shrink_of_space(width)) / spaces : Length{};
}

/// A box or the space behind it, on a line whose parts stand in another order than they are read.
struct Part {
    std::uint32_t box;
    bool space;
    std::uint8_t level;
};

std::vector<Part> parts_of(const Prose& prose, const SetLine& line) {
    std::vector<Part> parts;
    for (std::uint32_t i = line.first; i < line.first + line.count; ++i) {
        const Box& box = prose.boxes[i];
        parts.push_back({i, false, box.level});
        const bool last = i + 1 == line.first + line.count;
        if (has_space(box.after) && !last) parts.push_back({i, true, box.space_level});
    }
    return parts;
}

}  // namespace

/// The space behind the last letter of a tracked line is no part of it.
Length LineSetter::tracking_at_end(const Prose& prose, const SetLine& line) const {
    return line.count == 0 ? Length{} : styles_[prose.boxes[line.first + line.count - 1].style].tracking;
}

void LineSetter::set(const Prose& prose, const SetLine& line, const LinePlace& place, Frame& frame) {
    const Hang hang = hang_of(prose, line);
    const Length rest = place.measure - line.width + tracking_at_end(prose, line) + hang.left + hang.right;
    const Align align = resolved(place.align, prose, line.ends_paragraph && rest >= Length{});
    Point pen = place.start;
    pen.x -= hang.left;
    if (align == Align::Right) pen.x += rest;
    if (align == Align::Centre) pen.x += rest / 2;
    const Length stretch = align == Align::Justify ? stretch_of(prose, line, rest) : Length{};
    if (prose.reorder) return set_reordered(prose, line, pen, stretch, frame);
    set_in_order(prose, line, pen, stretch, frame);
}

void LineSetter::set_in_order(const Prose& prose, const SetLine& line, Point pen, Length stretch, Frame& frame) {
    OpenRun run(frame, fonts_, pen.y);
    const Box* const end = prose.boxes.data() + line.first + line.count;
    for (const Box* box = end - line.count; box != end; ++box) {
        const TypeStyle& style = styles_[box->style];
        const bool alone = box->text.count > 0;
        if (alone || !run.takes(style, box->face)) {
            run.close(pen.x);
            run.start(style, box->face, pen.x);
        }
        const Box* const first = box;
        for (; stretch == Length{} && box->flows_on && box + 1 != end; ++box) pen.x += box->width + box->space;
        run.glyphs(first->glyphs, static_cast<std::uint32_t>(box->glyphs + box->count - first->glyphs));
        pen.x += box->width;
        if (alone) {
            run.text(frame.add_text(std::string_view(prose.texts).substr(box->text.first, box->text.count)));
            run.close(pen.x);
        }
        if (!has_space(box->after) || box + 1 == end) continue;
        // In another face than the style's own (a fallback's word) the space is a move of the pen.
        if (run.takes(style, style.face))
            run.space(style.space_glyph, stretch);
        else
            run.close(pen.x);
        pen.x += box->space + stretch;
    }
    run.close(pen.x);
}

void LineSetter::set_reordered(const Prose& prose, const SetLine& line, Point pen, Length stretch, Frame& frame) {
    auto parts = parts_of(prose, line);
    fonts::to_visual_order(parts, [](const Part& part) { return part.level; });
    OpenRun run(frame, fonts_, pen.y);
    for (const Part& part : parts) {
        const Box& box = prose.boxes[part.box];
        if (part.space) {
            pen.x += box.space + stretch;
            continue;
        }
        run.start(styles_[box.style], box.face, pen.x);
        run.glyphs(box.glyphs, box.count);
        if (box.text.count > 0)
            run.text(frame.add_text(std::string_view(prose.texts).substr(box.text.first, box.text.count)));
        pen.x += box.width;
        run.close(pen.x);
    }
}

}  // namespace pli::layouts
