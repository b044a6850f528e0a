#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

/// Which kinds of marks use RGB: the sentence is the same on every page that does.
struct RgbUse {
    bool text = false, shapes = false, pictures = false;
    std::string in_words() const {
        std::vector<std::string_view> kinds;
        if (text) kinds.emplace_back("text");
        if (shapes) kinds.emplace_back("shapes");
        if (pictures) kinds.emplace_back("pictures");
        return fmt::format("RGB in {}", fmt::join(kinds, ", "));
    }
};

bool neutral(const PageColour& colour) {
    const auto [least, most] = std::minmax({colour.parts[0], colour.parts[1], colour.parts[2]});
    return most - least < 0.02F;
}

/// Grey RGB is left out: `black-text` is its finding where it is text.
bool rgb(const PageColour& colour) { return colour.ink == Ink::Rgb && !neutral(colour); }

void check_rgb(const Inspection& inspection, const PageView& page) {
    const auto in_rgb = [](const auto& mark) { return mark.visible && rgb(mark.colour); };
    RgbUse use;
    use.text = std::ranges::any_of(page.facts.texts, in_rgb);
    use.shapes = std::ranges::any_of(page.facts.paths, [&](const PathMark& path) {
        return path.visible && ((path.filled && rgb(path.colour)) || (path.stroke && rgb(path.stroke_colour)));
    });
    use.pictures = std::ranges::any_of(page.facts.pictures, [](const PictureMark& picture) {
        return picture.visible && !picture.stencil && picture.colour.ink == Ink::Rgb;
    });
    if (use.text || use.shapes || use.pictures) inspection.add(RuleId::RgbColour, page.number, {}, use.in_words());
}

float total_ink(const PageColour& colour) {
    return colour.ink == Ink::Cmyk ? std::accumulate(colour.parts.begin(), colour.parts.end(), 0.0F) : 0;
}

bool black_of_many_plates(const PageColour& colour) {
    if (colour.ink == Ink::Rgb) return neutral(colour) && colour.parts[0] < 0.2F;
    return colour.ink == Ink::Cmyk && colour.parts[3] > 0.5F && total_ink(colour) > 2.4F;
}

void check_black_text(const Inspection& inspection, const PageView& page) {
    constexpr Length large = Length::pt(20);  // a headline has edges that bear four plates
    const auto first = std::ranges::find_if(page.facts.texts, [&](const TextMark& text) {
        return text.visible && !words_of(text).empty() && text.size < large && black_of_many_plates(text.colour);
    });
    if (first == page.facts.texts.end()) return;
    const bool in_rgb = first->colour.ink == Ink::Rgb;
    Finding one = finding(RuleId::BlackOnFourPlates, page.number, first->box,
                          in_rgb ? "black text in RGB, which prints in four inks" : "black text of four inks");
    if (!in_rgb) one.repair.clear();
    inspection.add(std::move(one));
}

void check_total_ink(const Inspection& inspection, const PageView& page) {
    const double most = inspection.zones.press.total_ink;
    if (most <= 0) return;
    const Mark* heaviest = nullptr;
    float ink = static_cast<float>(most) + 0.005F;
    const auto weigh = [&](const Mark& mark, const PageColour& colour) {
        if (!mark.visible || total_ink(colour) <= ink) return;
        heaviest = &mark;
        ink = total_ink(colour);
    };
    for (const TextMark& text : page.facts.texts) weigh(text, text.colour);
    for (const PathMark& path : page.facts.paths) {
        if (path.filled) weigh(path, path.colour);
        if (path.stroke) weigh(path, path.stroke_colour);
    }
    if (heaviest == nullptr) return;
    Finding one = finding(RuleId::TotalInk, page.number, heaviest->box, fmt::format("{:.0f} % ink", ink * 100));
    one.expected =
        fmt::format("at most {:.0f} %{}{}", most * 100, inspection.zones.press.condition.empty() ? "" : " for ",
                    inspection.zones.press.condition);
    inspection.add(std::move(one));
}

/// Names that mean an ink of the press, or no ink at all (ISO 32000-1 §8.6.6.4).
bool process_ink(std::string_view name) {
    for (const std::string_view known : {"Cyan", "Magenta", "Yellow", "Black", "None", "All"})
        if (name == known) return true;
    return false;
}

void check_spot_inks(const Inspection& inspection, const PageView& page) {
    std::set<std::string> names;
    const auto note = [&](const Mark& mark, const PageColour& colour) {
        const auto& inks = inspection.survey.document.inks;
        if (!mark.visible || colour.ink != Ink::Spot || colour.name >= inks.size()) return;
        if (!process_ink(inks[colour.name])) names.insert(inks[colour.name]);
    };
    for (const TextMark& text : page.facts.texts) note(text, text.colour);
    for (const PictureMark& picture : page.facts.pictures) note(picture, picture.colour);
    for (const PathMark& path : page.facts.paths) {
        if (path.filled) note(path, path.colour);
        if (path.stroke) note(path, path.stroke_colour);
    }
    for (const std::string& name : names) inspection.add(RuleId::SpotInk, page.number, {}, "spot ink " + quoted(name));
}

}  // namespace

void check_colours(const Inspection& inspection, const PageView& page) {
    check_rgb(inspection, page);
    check_black_text(inspection, page);
    check_total_ink(inspection, page);
    check_spot_inks(inspection, page);
    if (page.facts.transparency) inspection.add(RuleId::Transparency, page.number, {}, "transparency");
}

}  // namespace pli::uploads
