#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

RuleId rule_of(ZoneKind kind) {
    switch (kind) {
        case ZoneKind::Address: return RuleId::AddressZone;
        case ZoneKind::Window: return RuleId::WindowZone;
        case ZoneKind::ReturnLine: return RuleId::ReturnLineZone;
        case ZoneKind::Reserved: return RuleId::ReservedZone;
        case ZoneKind::Franking: return RuleId::FrankingZone;
        case ZoneKind::SheetCode: return RuleId::SheetCodeZone;
        case ZoneKind::Stamp: break;
    }
    return RuleId::StampPlace;
}

Rect common(const Rect& a, const Rect& b) {
    const Point from{std::max(a.left(), b.left()), std::max(a.top(), b.top())};
    return {from, {std::min(a.right(), b.right()) - from.x, std::min(a.bottom(), b.bottom()) - from.y}};
}

bool printed(const InkMap& ink, const Rect& rect) { return marks_within(ink, rect) || tint_within(ink, rect); }

/// Of the words that show in a rectangle, the beginning.
std::string words_in(const PageView& page, const Rect& rect) {
    std::string words;
    for (const TextMark& text : page.facts.texts) {
        if (!text.visible || words_of(text).empty() || !text.box.overlaps(rect)) continue;
        if (!printed(page.seen.ink, common(text.box, rect))) continue;
        words.append(words.empty() ? "" : " ").append(words_of(text));
        if (words.size() > 60) break;
    }
    return words;
}

bool any_picture(const PageView& page, const Rect& rect) {
    return std::ranges::any_of(page.facts.pictures,
                               [&](const PictureMark& one) { return one.visible && one.box.overlaps(rect); });
}

/// "text “Erika Mustermann”", "a picture", "a shape": what stands there, as far as its marks tell.
std::string what_is_in(const PageView& page, const Rect& rect) {
    if (const std::string words = words_in(page, rect); !words.empty()) return "text " + quoted(words);
    return any_picture(page, rect) ? "a picture" : "a line or shape";
}

std::string share_in_words(double share) {
    return share < 0.01 ? "less than 1 %" : fmt::format("{:.0f} %", share * 100);
}

/// What the window shows beside address and sender's line: they have findings of their own.
std::vector<Rect> parts_of(const Zone& zone, const Inspection& inspection) {
    std::vector<Rect> parts{zone.box};
    if (zone.kind != ZoneKind::Window) return parts;
    for (const Zone& other : inspection.zones.zones) {
        if (other.kind != ZoneKind::Address && other.kind != ZoneKind::ReturnLine && other.kind != ZoneKind::Franking)
            continue;
        std::vector<Rect> rest;
        for (const Rect& part : parts)
            for (const Rect& piece : without(part, other.box)) rest.push_back(piece);
        parts = std::move(rest);
    }
    return parts;
}

struct Seen {
    Rect bounds;
    double share = 0;
    Rect part;
};

Rect around(const Rect& a, const Rect& b) {
    const Point from{std::min(a.left(), b.left()), std::min(a.top(), b.top())};
    return {from, {std::max(a.right(), b.right()) - from.x, std::max(a.bottom(), b.bottom()) - from.y}};
}

/// Where the parts of a zone are printed on, all together; the share is that of the part that has most of it.
std::optional<Seen> look(const PageView& page, const std::vector<Rect>& parts, auto within) {
    std::optional<Seen> seen;
    for (const Rect& part : parts) {
        const auto ink = within(page.seen.ink, part);
        if (!ink) continue;
        if (!seen) seen = Seen{ink->bounds, ink->share, part};
        seen->bounds = around(seen->bounds, ink->bounds);
        seen->share = std::max(seen->share, ink->share);
    }
    return seen;
}

void report_marks(const Inspection& inspection, const PageView& page, const Zone& zone, const Seen& seen) {
    Finding one = finding(rule_of(zone.kind), page.number, seen.bounds,
                          fmt::format("{} in the {} ({} of it is printed)", what_is_in(page, seen.bounds), zone.name,
                                      share_in_words(seen.share)));
    one.expected +=
        fmt::format(": {} × {} mm from {}, {}", millimetres(zone.box.size.width), millimetres(zone.box.size.height),
                    millimetres(zone.box.left()), millimetres(zone.box.top()));
    inspection.add(std::move(one));
}

/// Words that are there and do not show: white on white, or covered.
void report_hidden(const Inspection& inspection, const PageView& page, const Zone& zone) {
    std::string words;
    Rect where{};
    for (const TextMark& text : page.facts.texts) {
        if (!text.visible || words_of(text).empty() || !zone.box.contains(text.box) || printed(page.seen.ink, text.box))
            continue;
        if (words.empty()) where = text.box;
        words.append(words.empty() ? "" : " ").append(words_of(text));
        where = around(where, text.box);
        if (words.size() > 60) break;
    }
    if (words.empty()) return;
    inspection.add(RuleId::HiddenMarks, page.number, where,
                   fmt::format("text {} in the {} does not show: it is white or covered", quoted(words), zone.name));
}

bool tint_matters(ZoneKind kind) { return kind == ZoneKind::Address || kind == ZoneKind::Franking; }

void check_zone(const Inspection& inspection, const PageView& page, const Zone& zone) {
    const auto parts = parts_of(zone, inspection);
    if (const auto seen = look(page, parts, marks_within))
        report_marks(inspection, page, zone, *seen);
    else if (const auto tint = look(page, parts, tint_within); tint && tint->share > 0.05 && tint_matters(zone.kind))
        inspection.add(RuleId::TintedZone, page.number, tint->bounds, fmt::format("a light tint in the {}", zone.name));
    report_hidden(inspection, page, zone);
}

struct Edge {
    const char* name;
    Rect strip;
    Length free;  // of the profile
    Length (*distance)(const Rect& ink, const Size& page);
};

std::array<Edge, 4> edges_of(const Size& page, const Margins& margins) {
    return {Edge{"top",
                 {{}, {page.width, margins.top}},
                 margins.top,
                 [](const Rect& ink, const Size&) { return ink.top(); }},
            Edge{"right",
                 {{page.width - margins.right, {}}, {margins.right, page.height}},
                 margins.right,
                 [](const Rect& ink, const Size& size) { return size.width - ink.right(); }},
            Edge{"bottom",
                 {{{}, page.height - margins.bottom}, {page.width, margins.bottom}},
                 margins.bottom,
                 [](const Rect& ink, const Size& size) { return size.height - ink.bottom(); }},
            Edge{"left", {{}, {margins.left, page.height}}, margins.left, [](const Rect& ink, const Size&) {
                     return ink.left();
                 }}};
}

/// Ink in the strip along an edge, but for the corners it shares with its neighbours: those would tell of other edges.
std::optional<InkFound> ink_along(const InkMap& ink, const Edge& edge, const Margins& margins) {
    Rect strip = edge.strip;
    if (strip.size.height > strip.size.width) {
        strip.origin.y += margins.top;
        strip.size.height -= margins.top + margins.bottom;
    } else {
        strip.origin.x += margins.left;
        strip.size.width -= margins.left + margins.right;
    }
    return marks_within(ink, strip);
}

void check_edges(const Inspection& inspection, const PageView& page) {
    if (!inspection.zones.printable) return;
    const Margins& margins = *inspection.zones.printable;
    std::string found, expected;
    std::optional<Rect> where;
    for (const Edge& edge : edges_of(page.facts.size, margins)) {
        const auto ink = ink_along(page.seen.ink, edge, margins);
        if (!ink) continue;
        // What begins within a pixel or two of the edge goes up to it: nobody leaves less than half a millimetre.
        const Length apart = edge.distance(ink->bounds, page.facts.size);
        const Length distance = apart < Length::mm(0.5) ? Length{} : apart;
        found +=
            fmt::format("{}{} mm from the {}", found.empty() ? "printed " : ", ", millimetres(distance), edge.name);
        expected +=
            fmt::format("{}{} mm at the {}", expected.empty() ? "unprinted " : ", ", millimetres(edge.free), edge.name);
        if (!where || ink->share > 0.5) where = ink->bounds;
    }
    if (found.empty()) return;
    Finding one = finding(RuleId::UnprintableEdge, page.number, where, found);
    one.expected = expected;
    inspection.add(std::move(one));
}

void check_fold(const Inspection& inspection, const PageView& page, Length fold) {
    const auto crosses = [&](const TextMark& text) {
        const Length most = text.box.size.height / 4;  // ascenders and descenders are not what is read
        return text.visible && !words_of(text).empty() && text.box.top() + most < fold &&
               fold < text.box.bottom() - most && printed(page.seen.ink, text.box);
    };
    const auto first = std::ranges::find_if(page.facts.texts, crosses);
    if (first == page.facts.texts.end()) return;
    inspection.add(RuleId::TextOnFold, page.number, first->box,
                   fmt::format("the fold at {} mm runs through {}", millimetres(fold), quoted(words_of(*first))));
}

}  // namespace

void check_zones(const Inspection& inspection, const PageView& page) {
    if (!fits_sheet(page.facts.size, inspection.zones)) return;
    for (const Zone& zone : inspection.zones.zones)
        if (concerns(zone, page.number, inspection.sides)) check_zone(inspection, page, zone);
}

void check_paper(const Inspection& inspection, const PageView& page) {
    const Rect whole{{}, page.seen.ink.size};
    if (!printed(page.seen.ink, whole)) {
        inspection.add(RuleId::BlankPage, page.number, {}, "the page is blank");
        return;
    }
    if (!fits_sheet(page.facts.size, inspection.zones)) return;
    check_edges(inspection, page);
    for (const Length fold : inspection.zones.folds) check_fold(inspection, page, fold);
}

}  // namespace pli::uploads
