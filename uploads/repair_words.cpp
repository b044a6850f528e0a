#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "uploads/repair.hpp"

namespace pli::uploads {
namespace {

constexpr std::array<std::string_view, 3> scale_words{"fit", "fill", "bleed"};

auto unknown_value(std::string_view words, const char* expected) {
    return failure(Fault::BadInput, std::string(words), "a value that this repair does not take", expected);
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Length> millimetres(std::string_view text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 20'000)) return std::nullopt;
    return Length::mm(value);
}

Result<Repair> parse_rotate(std::string_view words, std::string_view value) {
    if (value.empty()) return Repair{Rotate{}};
    const auto degrees = whole_number(value);
    if (!degrees || (*degrees != 90 && *degrees != 180 && *degrees != 270))
        return unknown_value(words, "rotate, rotate=90, rotate=180 or rotate=270, clockwise");
    return Repair{Rotate{*degrees}};
}

Result<Repair> parse_scale(std::string_view words, std::string_view value) {
    if (value.empty()) return Repair{Scale{}};
    for (std::size_t i = 0; i < scale_words.size(); ++i)
        if (value == scale_words[i]) return Repair{Scale{static_cast<Scale::To>(i)}};
    return unknown_value(words, "scale=fit, scale=fill or scale=bleed");
}

Result<Repair> parse_embed(std::string_view words, std::string_view value) {
    if (value.empty() || value == "exact") return Repair{EmbedFonts{!value.empty()}};
    return unknown_value(words, "embed-fonts, or embed-fonts=exact for faces of the same widths alone");
}

/// "20:45:85:27"
std::optional<Rect> rectangle(std::string_view text) {
    std::array<Length, 4> sides;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto colon = text.find(':');
        if ((colon == std::string_view::npos) != (i == 3)) return std::nullopt;
        const auto side = millimetres(text.substr(0, colon));
        if (!side) return std::nullopt;
        sides[i] = *side;
        text.remove_prefix(i < 3 ? colon + 1 : text.size());
    }
    if (sides[2] <= Length{} || sides[3] <= Length{}) return std::nullopt;
    return Rect{{sides[0], sides[1]}, {sides[2], sides[3]}};
}

Result<Repair> parse_zone(std::string_view words, std::string_view value) {
    ClearZone clear;
    if (const auto at = value.find('@'); at != std::string_view::npos) {
        const auto page = value.substr(at + 1) == "all" ? ClearZone::every_page : whole_number(value.substr(at + 1));
        if (!page || *page < 0 || (*page == 0 && value.substr(at + 1) != "all"))
            return unknown_value(words, "a page, as in clear-zone=address@2, or @all");
        clear.page = *page;
        value = value.substr(0, at);
    }
    if (const auto zone = rectangle(value))
        clear.zone = *zone;
    else if (value.find(':') != std::string_view::npos)
        return unknown_value(words, "x:y:width:height in mm, or the name of a zone");
    else
        clear.name = value;
    return Repair{clear};
}

Result<Repair> parse_cover(std::string_view words, std::string_view value) {
    if (value.empty() || value == "simplex") return Repair{CoverPage{}};
    if (value == "duplex") return Repair{CoverPage{true}};
    return unknown_value(words, "cover-page=simplex or cover-page=duplex, with an empty back");
}

template <class Kind>
Result<Repair> parse_plain(std::string_view words, std::string_view value) {
    if (!value.empty()) return unknown_value(words, "this repair has nothing to set");
    const Repair plain = Kind{};  // copied: g++ 12 with sanitizers sees an uninitialised rest in what is moved
    return plain;
}

struct Named {
    std::string_view name;
    Result<Repair> (*parse)(std::string_view words, std::string_view value);
};
constexpr std::array<Named, std::variant_size_v<Repair>> kinds{{{"flatten", parse_plain<Flatten>},
                                                                {"drop-blank-pages", parse_plain<DropBlankPages>},
                                                                {"rotate", parse_rotate},
                                                                {"scale", parse_scale},
                                                                {"centre", parse_plain<Centre>},
                                                                {"embed-fonts", parse_embed},
                                                                {"black-text", parse_plain<BlackText>},
                                                                {"convert-rgb", parse_plain<ConvertRgb>},
                                                                {"tag-rgb", parse_plain<TagRgb>},
                                                                {"clear-zone", parse_zone},
                                                                {"cover-page", parse_cover}}};

std::string all_names() {
    std::string all;
    for (const Named& kind : kinds) all += (all.empty() ? "" : ", ") + std::string(kind.name);
    return all;
}

std::string value_of(const Rotate& rotate) { return rotate.degrees == 0 ? "" : fmt::format("={}", rotate.degrees); }
std::string value_of(const Scale& scale) {
    return scale.to == Scale::To::Fit ? "" : fmt::format("={}", scale_words[static_cast<std::size_t>(scale.to)]);
}
std::string value_of(const EmbedFonts& fonts) { return fonts.exact ? "=exact" : ""; }
std::string value_of(const CoverPage& cover) { return cover.empty_back ? "=duplex" : ""; }
std::string value_of(const ClearZone& clear) {
    std::string value = clear.name;
    const Rect& zone = clear.zone;
    if (zone.size.width > Length{})
        value = fmt::format("{:.6f}:{:.6f}:{:.6f}:{:.6f}", zone.origin.x.to_mm(), zone.origin.y.to_mm(),
                            zone.size.width.to_mm(), zone.size.height.to_mm());
    if (clear.page == ClearZone::every_page) value += "@all";
    if (clear.page > 1) value += fmt::format("@{}", clear.page);
    return value.empty() ? value : "=" + value;
}
template <class Plain>
std::string value_of(const Plain&) {
    return "";
}

}  // namespace

Result<Repair> parse_repair(std::string_view words) {
    const auto equals = words.find('=');
    const std::string_view name = words.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : words.substr(equals + 1);
    for (const Named& kind : kinds)
        if (kind.name == name) return kind.parse(words, value);
    return failure(Fault::BadInput, std::string(words), "there is no such repair", "one of " + all_names());
}

std::string_view name_of(const Repair& repair) { return kinds[repair.index()].name; }

std::string text_of(const Repair& repair) {
    return std::string(name_of(repair)) + std::visit([](const auto& kind) { return value_of(kind); }, repair);
}

}  // namespace pli::uploads
