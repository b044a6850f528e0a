#include "pipeline/omr.hpp"

#include <bit>

namespace pli::pipeline {
namespace {

bool bit_of(std::uint64_t number, unsigned bit) { return (number >> bit & 1) != 0; }

/// How many sheets with marks came before this one.
std::uint64_t marked_before(const OmrProfile& profile, const OmrSheet& sheet) {
    return (profile.sheets == OmrSheets::Every ? sheet.in_batch : sheet.piece) - 1;
}

/// Parity is told last, because it counts the others.
bool is_black(const OmrProfile& profile, OmrPosition position, const OmrSheet& sheet) {
    const bool foremost = sheet.sheet == 1, hindmost = sheet.sheet == sheet.sheets;
    const bool first = profile.last_sheet_first ? hindmost : foremost;
    const bool last = profile.last_sheet_first ? foremost : hindmost;
    switch (position.sign) {
        case OmrSign::Always: return true;
        case OmrSign::First: return first;
        case OmrSign::NotFirst: return !first;
        case OmrSign::Last: return last;
        case OmrSign::NotLast: return !last;
        case OmrSign::Sequence: return bit_of(marked_before(profile, sheet) + profile.sequence_from, position.number);
        case OmrSign::PieceNumber: return bit_of(sheet.piece, position.number);
        case OmrSign::SheetNumber: return bit_of(sheet.sheet, position.number);
        case OmrSign::Insert: return bit_of(sheet.inserts, position.number - 1u);
        case OmrSign::Never:
        case OmrSign::EvenParity:
        case OmrSign::OddParity: return false;
    }
    return false;
}

}  // namespace

Rect OmrProfile::zone_on(Size sheet) const {
    const Length height = pitch * (static_cast<std::int64_t>(positions.size()) - 1) + thickness;
    return {{left_on(sheet) - beside, first - thickness / 2 - before}, {length + 2 * beside, height + before + after}};
}

bool carries_marks(const OmrProfile& profile, const OmrSheet& sheet) {
    switch (profile.sheets) {
        case OmrSheets::Every: return true;
        case OmrSheets::First: return sheet.sheet == 1;
        case OmrSheets::Last: return sheet.sheet == sheet.sheets;
    }
    return true;
}

std::uint32_t black_marks(const OmrProfile& profile, const OmrSheet& sheet) {
    std::uint32_t marks = 0;
    for (std::size_t i = 0; i < profile.positions.size(); ++i)
        if (is_black(profile, profile.positions[i], sheet)) marks |= 1u << i;
    for (std::size_t i = 0; i < profile.positions.size(); ++i) {
        const OmrSign sign = profile.positions[i].sign;
        const bool odd = std::popcount(marks) % 2 == 1;
        if ((sign == OmrSign::EvenParity && odd) || (sign == OmrSign::OddParity && !odd)) marks |= 1u << i;
    }
    return marks;
}

void draw_omr(Frame& front, const OmrProfile& profile, const OmrSheet& sheet) {
    if (!carries_marks(profile, sheet)) return;
    const Length left = profile.left_on(front.size);
    const std::uint32_t marks = black_marks(profile, sheet);
    for (std::size_t i = 0; i < profile.positions.size(); ++i) {
        if ((marks >> i & 1) == 0) continue;
        const Length y = profile.middle_of(i);
        front.items.emplace_back(Rule{{left, y}, {left + profile.length, y}, profile.thickness, Colour::black()});
    }
}

}  // namespace pli::pipeline
