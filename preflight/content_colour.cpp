// The operators of a content stream that say a colour, and the pictures within it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "preflight/content_run.hpp"

namespace pli::preflight {
namespace {

using Kind = ColourSpace::Kind;

bool in_unit_range(const ColourSpace& space) {
    return space.kind == Kind::Grey || space.kind == Kind::Rgb || space.kind == Kind::Cmyk || space.kind == Kind::Inks;
}

/// The keys of an inline image, abbreviated or not (ISO 32000-1 table 93).
struct InlineKeys {
    double width = 0, height = 0, bits = 8;
    bool mask = false, filtered = false;
    std::string_view space{}, filter{};
};

void take_key(InlineKeys& keys, std::string_view key, const Token& value) {
    const auto is = [&](std::string_view brief, std::string_view full) { return key == brief || key == full; };
    if (is("W", "Width")) keys.width = value.number;
    if (is("H", "Height")) keys.height = value.number;
    if (is("BPC", "BitsPerComponent")) keys.bits = value.number;
    if (is("IM", "ImageMask")) keys.mask = value.text == "true";
    if (is("CS", "ColorSpace")) keys.space = value.kind == TokenKind::Name ? value.text : "Indexed";  // the only array
    if (is("F", "Filter")) {
        keys.filtered = true;
        if (value.kind == TokenKind::Name) keys.filter = value.text;
    }
}

/// Everything between BI and ID; false where the two do not frame pairs of key and value.
bool read_keys(Lexer& lexer, InlineKeys& keys) {
    for (Token key = lexer.next(); key.kind != TokenKind::End; key = lexer.next()) {
        if (key.kind == TokenKind::Word && key.text == "ID") return true;
        if (key.kind != TokenKind::Name) return false;
        Token value = lexer.next();
        take_key(keys, key.text, value);
        int depth = 0;
        for (;; value = lexer.next()) {
            if (value.kind == TokenKind::End || value.kind == TokenKind::Bad) return false;
            const bool lzw = value.kind == TokenKind::Name && (value.text == "LZW" || value.text == "LZWDecode");
            if (lzw && (key.text == "F" || key.text == "Filter")) keys.filter = "LZW";
            depth += value.kind == TokenKind::ArrayOpen || value.kind == TokenKind::DictOpen ? 1 : 0;
            depth -= value.kind == TokenKind::ArrayClose || value.kind == TokenKind::DictClose ? 1 : 0;
            if (depth <= 0) break;
        }
    }
    return false;
}

std::optional<Kind> inline_device(std::string_view name) {
    if (name == "G" || name == "DeviceGray") return Kind::Grey;
    if (name == "RGB" || name == "DeviceRGB") return Kind::Rgb;
    if (name == "CMYK" || name == "DeviceCMYK") return Kind::Cmyk;
    return std::nullopt;
}

}  // namespace

bool ContentRun::may_colour() {
    if (setting_.kind == Kind::Uncoloured) find(RuleId::ColourOperator, "a colour within an uncoloured tile or glyph");
    return setting_.kind != Kind::Uncoloured;
}

void ContentRun::set_space(Paint& paint) {
    if (!may_colour()) return;
    const ColourSpace* space = inspector_.space(names_, last_name(), setting_.object);
    paint = space == nullptr ? Paint{} : initial_paint(*space);
}

void ContentRun::set_colour(Paint& paint) {
    if (!may_colour()) return;
    const ColourSpace* space = paint.space;
    if (space == nullptr || space->kind == ColourSpace::Kind::Unknown)
        return;  // of whoever draws this, or found before
    if (space->kind == ColourSpace::Kind::Pattern) return set_pattern(paint);
    std::array<double, 32> values{};
    bool fits = operands_.size() == space->components && !nested_operands_, in_range = true;
    for (std::size_t i = 0; fits && i < operands_.size(); ++i) {
        fits = operands_[i].kind == TokenKind::Number;
        values[i] = operands_[i].number;
        in_range = in_range && values[i] >= 0 && values[i] <= 1;
    }
    if (!fits)
        find(RuleId::ColourOperator, fmt::format("{} operands for {} components", operands_.size(), space->components));
    else if (!in_range && in_unit_range(*space))
        find(RuleId::ColourOperator, "a component outside 0 to 1");
    paint = paint_of(*space, values.data());
}

void ContentRun::set_pattern(Paint& paint) {
    if (operands_.empty() || operands_.back().kind != TokenKind::Name)
        return find(RuleId::ColourOperator, "a pattern colour without a pattern");
    const Pattern pattern = inspector_.pattern(names_, last_name(), setting_.object);
    const std::size_t wanted = pattern.uncoloured ? paint.space->components : 0;
    if (!pattern.bad && operands_.size() - 1 != wanted)
        find(RuleId::ColourOperator,
             fmt::format("{} components for a pattern that takes {}", operands_.size() - 1, wanted));
}

void ContentRun::set_device(Paint& paint, ColourSpace::Kind kind) {
    if (!may_colour()) return;
    const ColourSpace* space = inspector_.spaces().device(kind, names_.dictionary, setting_.object);
    std::array<double, 32> values{};
    bool in_range = true;
    for (std::size_t i = 0; i < operands_.size(); ++i) {
        values[i] = number(i);
        in_range = in_range && values[i] >= 0 && values[i] <= 1;
    }
    if (!in_range) find(RuleId::ColourOperator, "a component outside 0 to 1");
    paint = paint_of(*space, values.data());
}

void ContentRun::fill_space() { set_space(state_.fill); }
void ContentRun::stroke_space() { set_space(state_.stroke); }
void ContentRun::fill_colour() { set_colour(state_.fill); }
void ContentRun::stroke_colour() { set_colour(state_.stroke); }
void ContentRun::fill_grey() { set_device(state_.fill, ColourSpace::Kind::Grey); }
void ContentRun::stroke_grey() { set_device(state_.stroke, ColourSpace::Kind::Grey); }
void ContentRun::fill_rgb() { set_device(state_.fill, ColourSpace::Kind::Rgb); }
void ContentRun::stroke_rgb() { set_device(state_.stroke, ColourSpace::Kind::Rgb); }
void ContentRun::fill_cmyk() { set_device(state_.fill, ColourSpace::Kind::Cmyk); }
void ContentRun::stroke_cmyk() { set_device(state_.stroke, ColourSpace::Kind::Cmyk); }

void ContentRun::inline_image(Lexer& lexer) {
    InlineKeys keys;
    if (!read_keys(lexer, keys)) return find(RuleId::InlineImage, "BI without keys and ID");
    if (keys.mask) keys.bits = 1;
    if (keys.filter == "LZW" || keys.filter == "LZWDecode") find(RuleId::Lzw, "an inline image with LZW");
    std::size_t components = 1;
    if (!keys.mask && keys.space.empty() && !keys.filtered) find(RuleId::InlineImage, "no colour space");
    if (const auto device = inline_device(keys.space)) {
        components = inspector_.spaces().device(*device, names_.dictionary, setting_.object)->components;
    } else if (!keys.mask && !keys.space.empty() && keys.space != "I" && keys.space != "Indexed") {
        const ColourSpace* space = inspector_.space(names_, keys.space, setting_.object);
        components = space == nullptr ? 1 : std::max<std::size_t>(space->components, 1);
    }
    constexpr double largest = 1 << 24;
    if (keys.width < 1 || keys.height < 1 || keys.width > largest || keys.height > largest || keys.bits < 1 ||
        keys.bits > 16)
        find(RuleId::InlineImage, fmt::format("{} by {} pixels of {} bits", keys.width, keys.height, keys.bits));
    const double row = std::max(std::ceil(keys.width * keys.bits * static_cast<double>(components) / 8), 0.0);
    std::optional<std::size_t> length;
    if (!keys.filtered && row * keys.height < 1e9 && keys.height >= 0)
        length = static_cast<std::size_t>(row * keys.height);
    if (!lexer.inline_image(length)) {
        find(RuleId::InlineImage, "data of another length, or no EI");
        lexer.inline_image(std::nullopt);  // go on behind the next EI
    }
    place({setting_.object, static_cast<std::int64_t>(std::clamp(keys.width, 0.0, largest)),
           static_cast<std::int64_t>(std::clamp(keys.height, 0.0, largest)),
           static_cast<std::int64_t>(std::clamp(keys.bits, 0.0, 16.0)), keys.mask});
}

}  // namespace pli::preflight
