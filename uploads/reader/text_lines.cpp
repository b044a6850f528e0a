#include "uploads/reader/text_lines.hpp"

#include <algorithm>

#include "uploads/reader/page_font.hpp"
#include "uploads/reader/words.hpp"

namespace pli::uploads::reader {
namespace {

constexpr double column_gap = 1.6;  // ems; the widest space of a justified line stays below it
constexpr double word_gap = 0.13;

bool stands_upright(const PageGlyph& glyph) {
    return glyph.along.x > 0 && std::abs(glyph.along.y) < 0.01 * glyph.along.x && glyph.up.y < 0;
}

/// Baselines first, then from left to right. Two glyphs share a baseline where a tenth of the smaller's size parts them.
std::vector<std::vector<std::uint32_t>> rows_of(const PageMarks& marks) {
    std::vector<std::uint32_t> upright;
    for (std::uint32_t i = 0; i < marks.glyphs.size(); ++i)
        if (marks.glyphs[i].visible && stands_upright(marks.glyphs[i])) upright.push_back(i);
    const auto baseline = [&](std::uint32_t i) { return marks.glyphs[i].origin.y; };
    std::ranges::stable_sort(upright, {}, baseline);
    std::vector<std::vector<std::uint32_t>> rows;
    for (const std::uint32_t i : upright) {
        const double reach =
            rows.empty() ? 0 : 0.1 * std::min(marks.glyphs[i].size, marks.glyphs[rows.back().front()].size);
        if (rows.empty() || baseline(i) - baseline(rows.back().front()) > reach) rows.emplace_back();
        rows.back().push_back(i);
    }
    for (auto& row : rows) std::ranges::stable_sort(row, {}, [&](std::uint32_t i) { return marks.glyphs[i].origin.x; });
    return rows;
}

bool is_shadow(const PageGlyph& glyph, const PageGlyph& other) {
    return glyph.text == other.text && std::abs(glyph.origin.x - other.origin.x) < 0.1 * glyph.size &&
           std::abs(glyph.size - other.size) < 0.05 * glyph.size && glyph.width > 0.15;
}

void add_glyph(TextLine& line, std::uint32_t index, const PageGlyph& glyph, double gap) {
    if (!line.glyphs.empty() && gap > word_gap && !line.text.ends_with(' ')) line.text += ' ';
    if (line.glyphs.empty()) line.baseline = glyph.origin.y;
    line.starts.push_back(static_cast<std::uint32_t>(line.text.size()));
    line.text += is_space(glyph) ? " " : glyph.text;
    line.glyphs.push_back(index);
    line.size = std::max(line.size, glyph.size);
    if (is_space(glyph)) return;
    line.box.include({glyph.origin.x, glyph.box.top});
    line.box.include({glyph.origin.x + glyph.along.x * glyph.width, glyph.box.bottom});
}

}  // namespace

std::vector<TextLine> lines_of(const PageMarks& marks) {
    std::vector<TextLine> lines;
    for (const auto& row : rows_of(marks)) {
        double pen = 0;
        bool begun = false;
        for (const std::uint32_t index : row) {
            const PageGlyph& glyph = marks.glyphs[index];
            if (begun && is_shadow(marks.glyphs[lines.back().glyphs.back()], glyph)) {
                lines.back().shadows.emplace_back(lines.back().glyphs.back(), index);
                continue;
            }
            const double em = std::max(glyph.size, begun ? lines.back().size : 0);
            const double gap = (glyph.origin.x - pen) / std::max(em, 0.01);
            if (!begun || gap > column_gap) lines.emplace_back();
            begun = true;
            add_glyph(lines.back(), index, glyph, gap);
            pen = glyph.end.x;  // letterspacing included, or every letter would be a word
        }
    }
    std::erase_if(lines, [](const TextLine& line) { return line.box.empty(); });
    return lines;
}

}  // namespace pli::uploads::reader
