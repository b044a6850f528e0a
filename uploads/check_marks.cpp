#include <fmt/format.h>

#include <algorithm>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

std::string points(Length length) { return fmt::format("{:.1f} pt", length.to_pt()); }

bool white(const PageColour& colour) {
    const bool light = colour.ink == Ink::Grey || colour.ink == Ink::Rgb;
    return std::all_of(colour.parts.begin(), colour.parts.begin() + colour.count,
                       [&](float part) { return light ? part > 0.98F : part < 0.02F; });
}

/// Printed with one ink: its edges cannot be blurred by plates that do not meet.
bool of_one_ink(const PageColour& colour) {
    switch (colour.ink) {
        case Ink::Grey:
        case Ink::Spot: return true;
        case Ink::Cmyk:
            return std::count_if(colour.parts.begin(), colour.parts.end(), [](float part) { return part > 0.02F; }) <=
                   1;
        default: return false;
    }
}

/// Dots, dashes and spaces are read at any size.
bool has_letters(const TextMark& text) {
    return std::ranges::any_of(words_of(text), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    });
}

bool shows(const PageView& page, const Mark& mark) {
    return mark.visible && mark.blend.opacity > 0.02F &&
           (marks_within(page.seen.ink, mark.box) || tint_within(page.seen.ink, mark.box));
}

void check_small_text(const Inspection& inspection, const PageView& page) {
    const PressLimits& press = inspection.zones.press;
    const TextMark* smallest = nullptr;
    Length least{};
    for (const TextMark& text : page.facts.texts) {
        const Length wanted =
            of_one_ink(text.colour) && !white(text.colour) ? press.smallest_type : press.smallest_type_mixed;
        if (text.size >= wanted || text.size <= Length{} || !has_letters(text) || !shows(page, text)) continue;
        if (smallest != nullptr && smallest->size <= text.size) continue;
        smallest = &text;
        least = wanted;
    }
    if (smallest == nullptr) return;
    Finding one = finding(RuleId::SmallText, page.number, smallest->box,
                          fmt::format("text of {}: {}", points(smallest->size), quoted(words_of(*smallest))));
    one.expected = fmt::format("at least {}", points(least));
    inspection.add(std::move(one));
}

void check_hairlines(const Inspection& inspection, const PageView& page) {
    const PressLimits& press = inspection.zones.press;
    const PathMark* thinnest = nullptr;
    int count = 0;
    for (const PathMark& path : page.facts.paths) {
        // A filled shape with a thin outline of its own colour has no hairline to lose.
        if (!path.stroke || *path.stroke >= press.thinnest_line || !path.visible || white(path.stroke_colour) ||
            (path.filled && path.colour == path.stroke_colour))
            continue;
        ++count;
        if (thinnest == nullptr || *path.stroke < *thinnest->stroke) thinnest = &path;
    }
    if (thinnest == nullptr) return;
    Finding one = finding(RuleId::Hairline, page.number, thinnest->box,
                          fmt::format("{} of {:.2f} pt", count == 1 ? "a line" : "lines", thinnest->stroke->to_pt()));
    one.expected = fmt::format("{:.2f} pt or more", press.thinnest_line.to_pt());
    inspection.add(std::move(one));
}

/// Strips a few pixels wide are gradients; what shows smaller than a letter is not looked at.
bool counts_as_picture(const PictureMark& picture) {
    return picture.visible && picture.columns >= 16 && picture.rows >= 16 && picture.box.size.width >= Length::mm(3) &&
           picture.box.size.height >= Length::mm(3);
}

void check_pictures(const Inspection& inspection, const PageView& page) {
    const PressLimits& press = inspection.zones.press;
    for (const PictureMark& picture : page.facts.pictures) {
        const int wanted = picture.bits == 1 ? press.least_dpi_bitmap : press.least_dpi;
        const double least = std::min(picture.pixels_per_inch_x, picture.pixels_per_inch_y);
        if (least <= 0 || least + 0.5 >= wanted || !counts_as_picture(picture) || !shows(page, picture)) continue;
        Finding one = finding(
            RuleId::ImageResolution, page.number, picture.box,
            fmt::format("a picture of {} × {} pixels printed at {:.0f} dpi", picture.columns, picture.rows, least));
        one.expected = fmt::format("at least {} dpi", wanted);
        inspection.add(std::move(one));
    }
}

void check_invisible(const Inspection& inspection, const PageView& page) {
    std::string words;
    std::optional<Rect> where;
    for (const TextMark& text : page.facts.texts) {
        if (text.visible || words_of(text).empty()) continue;
        if (!where) where = text.box;
        words.append(words.empty() ? "" : " ").append(words_of(text));
        if (words.size() > 60) break;
    }
    if (where) inspection.add(RuleId::InvisibleText, page.number, where, "invisible text " + quoted(words));
}

}  // namespace

void check_marks(const Inspection& inspection, const PageView& page) {
    check_small_text(inspection, page);
    check_hairlines(inspection, page);
    check_pictures(inspection, page);
    check_invisible(inspection, page);
    if (page.facts.truncated)
        inspection.add(RuleId::TooMuchToSurvey, page.number, {}, "more text, lines and pictures than are looked at");
    if (page.facts.damaged)
        inspection.add(RuleId::Mended, page.number, {}, "content that PDF readers may show differently");
}

}  // namespace pli::uploads
