#include <algorithm>
#include <functional>

#include "layouts/boxes.hpp"

namespace pli::layouts {
namespace {

bool within(const Glyph* glyph, const Glyph* first, std::uint32_t count) {
    // Unrelated arrays: only std::less orders their pointers.
    return !std::less<>{}(glyph, first) && std::less<>{}(glyph, first + count);
}

bool is_whole(const Box& box, const Box& woven) { return box.glyphs == woven.glyphs && box.count == woven.count; }

/// Whether a box is a part of one that was divided or cut.
bool is_part(const Prose& prose, const Box& box, const Box& woven) {
    if (within(box.glyphs, woven.glyphs, woven.count)) return true;
    for (std::uint32_t i = 0; i < woven.division_count; ++i) {
        const Division& division = prose.divisions[woven.first_division + i];
        if (within(box.glyphs, division.head, division.head_count)) return true;
        if (within(box.glyphs, division.tail, division.tail_count)) return true;
    }
    return false;
}

}  // namespace

void take_rest(Prose& prose, std::uint32_t first_box) {
    std::vector<Box> rest;
    std::uint32_t at = 0;
    const auto end = static_cast<std::uint32_t>(prose.boxes.size());
    for (const Box& woven : prose.unbroken) {
        if (at >= end) break;
        const std::uint32_t first = at;
        if (is_whole(prose.boxes[at], woven)) ++at;
        if (at == first)
            while (at < end && is_part(prose, prose.boxes[at], woven)) ++at;
        if (at == first) break;  // nothing the breakers do: leave the lines as they are
        if (first >= first_box) rest.push_back(woven);
        // A word that began on the line before goes on with its last part.
        for (std::uint32_t i = first_box; first < first_box && i < at; ++i) rest.push_back(prose.boxes[i]);
    }
    if (at < end) rest.assign(prose.boxes.begin() + first_box, prose.boxes.end());
    prose.boxes = rest;
    prose.unbroken = std::move(rest);
    prose.undivided.clear();
}

}  // namespace pli::layouts
