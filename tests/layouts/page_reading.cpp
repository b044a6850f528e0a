#include "page_reading.hpp"

#include <algorithm>

#include "fonts/glyph_texts.hpp"

namespace pli::layouts::trial {
namespace {

void add_utf8(char32_t c, std::string& out) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | c >> 6);
        return put(0x80 | (c & 0x3F));
    }
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
}

std::string spelled(const Frame& page, const TextRun& run, const fonts::FontSet* fonts) {
    if (run.text.count > 0 || !fonts) return std::string(page.text_of(run.text));
    std::string text;
    for (std::uint32_t i = 0; i < run.glyphs.count; ++i)
        for (const char32_t c : fonts->texts_of(run.face).of(page.glyphs[run.glyphs.first + i].id)) add_utf8(c, text);
    return text;
}

Length width_of(const Frame& page, const TextRun& run, const fonts::FontSet* fonts) {
    std::int64_t units = 0;
    for (std::uint32_t i = 0; i < run.glyphs.count; ++i) units += page.glyphs[run.glyphs.first + i].advance;
    return Length::nm(units * run.size.nm() / (fonts ? fonts->face(run.face).units_per_em : 1000));
}

}  // namespace

std::vector<Line> lines_of(const Frame& page, Length top, Length bottom, const fonts::FontSet* fonts) {
    std::vector<Line> runs;
    for (const Item& item : page.items) {
        const auto* run = std::get_if<TextRun>(&item);
        if (!run || run->baseline.y < top || run->baseline.y > bottom) continue;
        const Length left = run->baseline.x;
        runs.push_back(
            {run->baseline.y, left, left + width_of(page, *run, fonts), run->size, spelled(page, *run, fonts)});
    }
    std::stable_sort(runs.begin(), runs.end(), [](const Line& a, const Line& b) {
        return a.baseline != b.baseline ? a.baseline < b.baseline : a.left < b.left;
    });
    std::vector<Line> lines;
    for (const Line& run : runs) {
        if (lines.empty() || lines.back().baseline != run.baseline) {
            lines.push_back(run);
            continue;
        }
        Line& line = lines.back();
        if (run.left > line.right + 1_pt && !line.text.empty()) line.text += ' ';
        line.text += run.text;
        line.right = std::max(line.right, run.right);
    }
    return lines;
}

std::string text_of(const Frame& page, Length top, Length bottom, const fonts::FontSet& fonts) {
    std::string text;
    for (const Line& line : lines_of(page, top, bottom, &fonts)) text += (text.empty() ? "" : " ") + line.text;
    return text;
}

Frame flattened(const Frame& page, const Assets& assets) {
    Frame flat;
    flat.size = page.size;
    const auto add = [&](const Frame& from, const Item& item, Point corner) {
        if (const auto* run = std::get_if<TextRun>(&item)) {
            TextRun own = *run;
            own.baseline = own.baseline + corner;
            own.text = flat.add_text(from.text_of(run->text));
            own.glyphs.first = static_cast<std::uint32_t>(flat.glyphs.size());
            const auto first = from.glyphs.begin() + run->glyphs.first;
            flat.glyphs.insert(flat.glyphs.end(), first, first + run->glyphs.count);
            flat.items.emplace_back(own);
        } else if (const auto* rule = std::get_if<Rule>(&item)) {
            flat.items.emplace_back(Rule{rule->from + corner, rule->to + corner, rule->width, rule->colour});
        } else {
            flat.items.push_back(item);
        }
    };
    for (const Item& item : page.items) {
        const auto* placed = std::get_if<Placed>(&item);
        const auto* layer = placed ? std::get_if<Layer>(&assets[placed->asset]) : nullptr;
        if (!layer) add(page, item, {});
        if (layer)
            for (const Item& inner : layer->frame.items) add(layer->frame, inner, placed->box.origin);
    }
    return flat;
}

}  // namespace pli::layouts::trial
