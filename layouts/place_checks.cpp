#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

std::string describe(const Rect& r) {
    return fmt::format("x {:.1f} to {:.1f}, y {:.1f} to {:.1f} mm", r.left().to_mm(), r.right().to_mm(),
                       r.top().to_mm(), r.bottom().to_mm());
}

struct Zone {
    std::string name;
    Rect place;
};

std::vector<Zone> zones_of(const Compilation& shop) {
    std::vector<Zone> zones{{"the address window", shop.profile.address_field}};
    if (shop.design.sheet_code) zones.push_back({"the sheet code", shop.profile.sheet_code});
    if (shop.profile.franking) zones.push_back({"the franking code", *shop.profile.franking});
    for (const Rect& reserved : shop.profile.reserved) zones.push_back({"a zone that stays empty", reserved});
    for (const KeptFree& kept : shop.workshop.kept_free) zones.push_back({kept.name, kept.place(shop.profile.sheet)});
    return zones;
}

void check(Compilation& shop, const Rect& place, std::string_view what, const std::string& pointer) {
    for (const Zone& zone : zones_of(shop))
        if (zone.place.overlaps(place))
            shop.findings.warning("overlap", pointer,
                                  fmt::format("{} lies over {} ({})", what, zone.name, describe(zone.place)),
                                  "move it");
    const Rect sheet{{}, shop.profile.sheet};
    if (!sheet.contains(place))
        shop.findings.warning("off-sheet", pointer, fmt::format("{} leaves the sheet: {}", what, describe(place)));
}

Size size_of(const FixedItem& item) {
    if (const auto* picture = std::get_if<Picture>(&item.content)) return picture->size;
    if (const auto* code = std::get_if<QrMark>(&item.content)) return {code->size, code->size};
    return {item.measure.value_or(0_mm), item.height.value_or(0_mm)};
}

/// Where a line stands that is aligned at a place instead of in a measure.
Rect line_box(Point at, Align align, Size size) {
    if (align == Align::Right) at.x -= size.width;
    if (align == Align::Centre) at.x -= size.width / 2;
    return {at, size};
}

/// The least a text takes: all of it where it never varies, else a line for each of its paragraphs.
Rect text_box(const Compilation& shop, Desk& desk, const FixedItem& item, const TextStack& stack) {
    const Point top{item.origin.x, item.origin.y - stack.paragraphs.front().leading.scaled(baseline_share)};
    Size size{item.measure.value_or(1_mm), 0_mm};
    for (const Paragraph& paragraph : stack.paragraphs) {
        const Passage& passage = shop.state.passages[paragraph.passage];
        std::size_t lines = 1;
        if (!passage.varies && compose(desk, paragraph, item.measure.value_or(endless))) {
            lines = desk.prose.lines.size();
            for (const SetLine& line : desk.prose.lines) size.width = std::max(size.width, line.width);
        }
        if (size.height > 0_mm) size.height += stack.gap;
        size.height += paragraph.leading * static_cast<std::int64_t>(lines);
    }
    const Align align = item.measure ? Align::Left : stack.paragraphs.front().align;
    return line_box(top, align, size);
}

Rect box_of(const Compilation& shop, Desk& desk, const FixedItem& item) {
    if (const auto* text = std::get_if<TextStack>(&item.content)) return text_box(shop, desk, item, *text);
    if (const auto* rule = std::get_if<RuleMark>(&item.content)) {
        const Length thick = rule->stroke.thickness;
        return {item.origin, rule->upright ? Size{thick, rule->length} : Size{rule->length, thick}};
    }
    return {item.origin, size_of(item)};
}

/// Takes from `room` what lies behind an obstacle, seen from a text that begins as `seed`.
void cut_room(Rect& room, const Rect& seed, const Rect& obstacle, bool grows_sideways) {
    if (obstacle.overlaps(seed)) return;  // they were put there together
    const bool beside = obstacle.top() < seed.bottom() && obstacle.bottom() > seed.top();
    const bool below =
        obstacle.left() < seed.right() && obstacle.right() > seed.left() && obstacle.top() >= seed.bottom();
    Length left = room.left(), right = room.right(), bottom = room.bottom();
    if (beside && grows_sideways && obstacle.left() >= seed.right()) right = std::min(right, obstacle.left());
    if (beside && grows_sideways && obstacle.right() <= seed.left()) left = std::max(left, obstacle.right());
    if (below) bottom = std::min(bottom, obstacle.top());
    room = {{left, room.top()}, {right - left, bottom - room.top()}};
}

/// What the profile prints by itself where the print house wants nothing.
void check_kept_free(Compilation& shop, const KeptFree& kept) {
    const Rect place = kept.place(shop.profile.sheet);
    std::vector<Zone> own{{"the address window", shop.profile.address_field}};
    if (shop.design.sheet_code) own.push_back({"the sheet code", shop.profile.sheet_code});
    if (shop.profile.franking) own.push_back({"the franking code", *shop.profile.franking});
    for (const Length fold : shop.profile.folds)
        if (shop.design.marks)
            own.push_back({"a fold mark", {{shop.profile.mark_x, fold}, {shop.profile.mark_length, 1_pt}}});
    for (const Zone& zone : own)
        if (zone.place.overlaps(place))
            shop.findings.warning("overlap", "/profile",
                                  fmt::format("{} ({}) would stand over {} ({})", kept.name, describe(place), zone.name,
                                              describe(zone.place)),
                                  "take another mark profile, or another window profile");
}

/// A camera that reads marks through the paper would see what stands on the back.
void check_behind(Compilation& shop, const KeptFree& kept) {
    if (!kept.through || shop.design.sides != Sides::Duplex || shop.design.leaves_backs || shop.state.pages.size() < 2)
        return;
    const Rect place = kept.place(shop.profile.sheet);
    const Rect behind{{shop.profile.sheet.width - place.right(), place.top()}, place.size};
    const Rect& body = shop.state.pages[1].body;
    if (behind.overlaps(body))
        shop.findings.warning("overlap", "/next",
                              fmt::format("the text of backs stands behind {} ({})", kept.name, describe(behind)),
                              "narrow the body_box of next");
}

}  // namespace

void find_rooms(Compilation& shop, Desk& desk, PageDress& page) {
    std::vector<Rect> boxes;
    for (const FixedItem& item : page.varying) boxes.push_back(box_of(shop, desk, item));
    const std::size_t own = boxes.size();
    if (page.body.size.height > 0_mm) boxes.push_back(page.body);
    if (page.address) boxes.push_back(shop.profile.address_field);
    if (shop.design.sheet_code) boxes.push_back(shop.profile.sheet_code);
    for (const KeptFree& kept : shop.workshop.kept_free) boxes.push_back(kept.place(shop.profile.sheet));
    for (const Rect& reserved : shop.profile.reserved)
        if (page.address) boxes.push_back(reserved);
    for (std::size_t i = 0; i < own; ++i) {
        FixedItem& item = page.varying[i];
        if (!std::holds_alternative<TextStack>(item.content) || item.room.size.width > 0_mm) continue;
        item.room = {{}, page.size};
        for (std::size_t other = 0; other < boxes.size(); ++other)
            if (other != i) cut_room(item.room, boxes[i], boxes[other], !item.measure);
    }
}

void check_places(Compilation& shop) {
    if (!shop.state.flows || shop.state.pages.empty()) return;
    for (const KeptFree& kept : shop.workshop.kept_free) {
        check_kept_free(shop, kept);
        check_behind(shop, kept);
    }
    check(shop, shop.state.pages.front().body, "the body", shop.design.body_box ? "/body_box" : "/profile");
    for (const FixedItem& item : shop.state.pages.front().varying) {
        const Size size = size_of(item);
        if (size.width > 0_mm && size.height > 0_mm) check(shop, {item.origin, size}, "a fixed block", item.pointer);
    }
}

}  // namespace pli::layouts
