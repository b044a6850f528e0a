#include <algorithm>

#include "layouts/boxes.hpp"

namespace pli::layouts {
namespace {

/// The longest line that starts at a box. At least up to the first opportunity, even if that is too wide.
SetLine longest_line(const std::vector<Box>& boxes, std::uint32_t start, Length measure) {
    SetLine line{start, 0, {}, false};
    Length pen;
    const auto end = static_cast<std::uint32_t>(boxes.size());
    for (std::uint32_t i = start; i < end; ++i) {
        const Box& box = boxes[i];
        pen += box.width;
        if (pen > measure && line.count > 0) break;
        const bool last = i + 1 == end || box.after == After::Newline;
        if (last || box.after != After::Glued) line = {start, i + 1 - start, pen, last};
        if (last) break;
        if (box.after == After::Space) pen += box.space;
    }
    return line;
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

void cut_wide_boxes(Prose& prose, Length measure) {
    const auto too_wide = [&](const Box& box) { return box.width > measure && box.level == 0 && box.text.count == 0; };
    if (std::none_of(prose.boxes.begin(), prose.boxes.end(), too_wide)) return;
    std::vector<Box> fitting;
    for (const Box& box : prose.boxes) {
        if (too_wide(box)) cut(box, measure, fitting);
        if (!too_wide(box)) fitting.push_back(box);
    }
    prose.boxes = std::move(fitting);
}

}  // namespace

void break_lines(Prose& prose, Length measure) {
    cut_wide_boxes(prose, measure);
    prose.lines.clear();
    for (std::uint32_t start = 0; start < prose.boxes.size();) {
        prose.lines.push_back(longest_line(prose.boxes, start, measure));
        start += prose.lines.back().count;
    }
}

}  // namespace pli::layouts
