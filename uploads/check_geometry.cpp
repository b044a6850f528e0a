#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

bool near(Length a, Length b) { return std::abs((a - b).nm()) <= sheet_tolerance.nm(); }
bool near(const Size& a, const Size& b) { return near(a.width, b.width) && near(a.height, b.height); }

/// The sheet and the same few millimetres on all sides: a bleed that no TrimBox tells apart.
std::optional<Length> bleed_around(const Size& page, const Size& sheet) {
    const Length across = (page.width - sheet.width) / 2, down = (page.height - sheet.height) / 2;
    if (!near(across, down) || across < Length::mm(1.5) || across > Length::mm(8)) return std::nullopt;
    return across;
}

Finding wrong_size(const Inspection& inspection, const PageView& page) {
    const Size& size = page.facts.size;
    const Size& sheet = inspection.zones.sheet;
    Finding one = finding(RuleId::PageSize, page.number, {}, size_in_words(size));
    one.expected = size_in_words(sheet);
    if (const auto bleed = bleed_around(size, sheet)) {
        one.found += fmt::format(", the sheet with {} mm bleed, but no TrimBox says so", millimetres(*bleed));
        one.remedy = "export it with its TrimBox, or have the bleed cut off";
        one.repair = "centre";
    }
    return one;
}

const RawBox* box_named(const PageFacts& page, std::string_view name) {
    const auto found = std::ranges::find(page.boxes, name, &RawBox::name);
    return found == page.boxes.end() ? nullptr : &*found;
}

bool within(const RawBox& inner, const RawBox& outer) {
    constexpr double tolerance = 0.5;  // points: boxes are rounded differently by one program
    return inner.corners[0] >= outer.corners[0] - tolerance && inner.corners[1] >= outer.corners[1] - tolerance &&
           inner.corners[2] <= outer.corners[2] + tolerance && inner.corners[3] <= outer.corners[3] + tolerance;
}

/// What makes a page other than its MediaBox says, in words.
std::vector<std::string> oddities(const PageFacts& page) {
    std::vector<std::string> odd;
    if (page.rotation != 0) odd.push_back(fmt::format("is turned by {} degrees", page.rotation));
    if (page.user_unit != 1) odd.push_back(fmt::format("counts in units of {:g} points", page.user_unit));
    const RawBox* media = box_named(page, "MediaBox");
    if (media == nullptr) return odd;
    if (std::abs(media->corners[0]) > 0.5 || std::abs(media->corners[1]) > 0.5)
        odd.emplace_back("begins elsewhere than at 0, 0");
    for (const char* name : {"CropBox", "TrimBox", "BleedBox"})
        if (const RawBox* box = box_named(page, name); box != nullptr && !within(*box, *media))
            odd.push_back(fmt::format("has a {} that leaves its MediaBox", name));
    const RawBox* crop = box_named(page, "CropBox");
    if (crop != nullptr && box_named(page, "TrimBox") == nullptr && !within(*media, *crop))
        odd.emplace_back("is cropped");
    return odd;
}

}  // namespace

void check_geometry(const Inspection& inspection, const PageView& page) {
    const Size& size = page.facts.size;
    const Size& sheet = inspection.zones.sheet;
    if (near(size, {sheet.height, sheet.width}) && !near(size, sheet)) {
        Finding one = finding(RuleId::PageOrientation, page.number, {}, size_in_words(size));
        one.expected = size_in_words(sheet);
        inspection.add(std::move(one));
    } else if (!near(size, sheet)) {
        inspection.add(wrong_size(inspection, page));
    }
    if (const auto odd = oddities(page.facts); !odd.empty())
        inspection.add(RuleId::PageGeometry, page.number, {}, fmt::format("the page {}", fmt::join(odd, " and ")));
}

std::string_view words_of(const TextMark& text) {
    return text.text.empty() && !text.text_known ? std::string_view("…") : std::string_view(text.text);
}

std::string millimetres(Length length) {
    const std::string digits = fmt::format("{:.1f}", length.to_mm());
    return digits.ends_with(".0") ? digits.substr(0, digits.size() - 2) : digits;
}

std::string size_in_words(const Size& size) {
    return fmt::format("{} × {} mm", millimetres(size.width), millimetres(size.height));
}

std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string words = "“";
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool begins = (byte & 0xC0) != 0x80;
        if (begins && characters++ == longest) {
            words += "…";
            break;
        }
        words += byte < 0x20 || byte == 0x7F ? ' ' : text[i];
    }
    return words + "”";
}

}  // namespace pli::uploads
