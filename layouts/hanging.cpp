#include "layouts/hanging.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "layouts/compiled_template.hpp"

namespace pli::layouts {
namespace {

struct Share {
    std::string_view sign;
    int left, right;  // per cent of its width
};
constexpr std::array shares{
    Share{"-", 0, 50},       Share{".", 0, 60},       Share{",", 0, 50},       Share{":", 0, 30},
    Share{";", 0, 30},       Share{"!", 0, 10},       Share{"?", 0, 15},       Share{"(", 5, 0},
    Share{")", 0, 10},       Share{"\u2019", 30, 40}, Share{"\u2018", 30, 40}, Share{"\u201C", 30, 30},
    Share{"\u201D", 30, 30}, Share{"\u201E", 30, 30}, Share{"«", 20, 20},      Share{"»", 20, 20},
    Share{"\u2013", 15, 20}, Share{"\u2014", 10, 15}, Share{"\u2026", 0, 15}};

const HangingGlyph* find(const TypeStyle& style, std::uint16_t glyph) {
    const auto same = [&](const HangingGlyph& h) { return h.glyph == glyph; };
    const auto found = std::find_if(style.hanging.begin(), style.hanging.end(), same);
    return found == style.hanging.end() ? nullptr : &*found;
}

}  // namespace

std::vector<HangingGlyph> hanging_glyphs(const TypeStyle& style, const fonts::FontSet& fonts, fonts::Shaper& shaper) {
    std::vector<HangingGlyph> hanging;
    for (const Share& share : shares) {
        const auto word = shaper.word(style.chain, share.sign);
        if (!word || (*word)->glyph_count != 1 || (*word)->face != style.face) continue;
        const Length width = Length::nm((*word)->advance * style.size.nm() / fonts.face(style.face).units_per_em);
        hanging.push_back({(*word)->glyphs[0].id, width * share.left / 100, width * share.right / 100});
    }
    return hanging;
}

Length hangs_left(const TypeStyle& style, const Glyph* first, std::uint32_t count) {
    const HangingGlyph* hanging = count > 0 ? find(style, first->id) : nullptr;
    return hanging ? hanging->left : Length{};
}

Length hangs_right(const TypeStyle& style, const Glyph* first, std::uint32_t count) {
    const HangingGlyph* hanging = count > 0 ? find(style, first[count - 1].id) : nullptr;
    return hanging ? hanging->right : Length{};
}

Hang hang_of(const Prose& prose, const SetLine& line) {
    if (!prose.styles || prose.reorder || line.count == 0) return {};
    const Box &first = prose.boxes[line.first], &last = prose.boxes[line.first + line.count - 1];
    return {hangs_left((*prose.styles)[first.style], first.glyphs, first.count),
            hangs_right((*prose.styles)[last.style], last.glyphs, last.count)};
}

}  // namespace pli::layouts
