#include "pipeline/plain_text.hpp"

#include <algorithm>

namespace pli::pipeline {
namespace {

/// Continues the frame's last run where the face stays the same, so that a line is one run and extracts as one.
TextRun& run_for(Frame& frame, const TextRun& wanted, bool first_word) {
    auto* last = frame.items.empty() || first_word ? nullptr : std::get_if<TextRun>(&frame.items.back());
    if (last && last->face == wanted.face) return *last;
    frame.items.emplace_back(wanted);
    return std::get<TextRun>(frame.items.back());
}

/// The next word, or the next space by itself.
std::string_view take_word(std::string_view& rest) {
    const auto end = rest.front() == ' ' ? 1 : std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, end);
    rest.remove_prefix(end);
    return word;
}

}  // namespace

Result<Length> PlainText::set(Frame& frame, Point baseline, const TextStyle& style, std::string_view text) {
    Length width;
    bool first_word = true;
    for (auto rest = text; !rest.empty(); first_word = false) {
        const auto* word = TRY(shaper_.word(chain_, take_word(rest)));
        const auto glyphs_from = static_cast<std::uint32_t>(frame.glyphs.size());
        const TextRun fresh{
            {baseline.x + width, baseline.y}, style.size, word->face, style.colour, {glyphs_from, 0}, {}};
        auto& run = run_for(frame, fresh, first_word);
        frame.glyphs.insert(frame.glyphs.end(), word->glyphs, word->glyphs + word->glyph_count);
        run.glyphs.count += word->glyph_count;
        width += style.size.scaled(static_cast<double>(word->advance) / fonts_.face(word->face).units_per_em);
    }
    shaper_.trim();
    return width;
}

}  // namespace pli::pipeline
