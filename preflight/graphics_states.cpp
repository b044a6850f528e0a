#include "preflight/graphics_states.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace pli::preflight {
namespace {

constexpr std::array<std::string_view, 17> blend_modes{
    "/Normal",    "/Compatible", "/Multiply",   "/Screen",    "/Overlay",   "/Darken",
    "/Lighten",   "/ColorDodge", "/ColorBurn",  "/HardLight", "/SoftLight", "/Difference",
    "/Exclusion", "/Hue",        "/Saturation", "/Color",     "/Luminosity"};

void check_transfer(const Inspection& inspection, Object state) {
    if (has(state, "/TR")) inspection.find(RuleId::Transfer, state, "/TR");
    Object second = entry(state, "/TR2");
    if (!second.isNull() && !is_name(second, "/Default"))
        inspection.find(RuleId::Transfer, state, "/TR2 " + in_words(second));
}

void check_halftone(const Inspection& inspection, Object state) {
    if (has(state, "/HTP")) inspection.find(RuleId::Halftone, state, "/HTP");
    Object halftone = entry(state, "/HT");
    if (halftone.isNull() || is_name(halftone, "/Default")) return;
    const auto type = integer_of(entry(halftone, "/HalftoneType"));
    if (type != 1 && type != 5)
        inspection.find(RuleId::Halftone, state, "/HalftoneType " + in_words(entry(halftone, "/HalftoneType")));
    for (const char* key : {"/HalftoneName", "/TransferFunction"})
        if (has(halftone, key)) inspection.find(RuleId::Halftone, state, fmt::format("a halftone with {}", key));
}

void check_black_generation(const Inspection& inspection, Object state) {
    for (const char* key : {"/BG", "/UCR"})
        if (has(state, key)) inspection.find(RuleId::BlackGeneration, state, key);
    for (const char* key : {"/BG2", "/UCR2"})
        if (has(state, key) && !is_name(entry(state, key), "/Default"))
            inspection.find(RuleId::BlackGeneration, state, fmt::format("{} {}", key, in_words(entry(state, key))));
}

/// An array gives alternatives; a reader takes the first it knows, so one of them must be of the standard.
void check_blend_mode(const Inspection& inspection, Object state) {
    const auto modes = items_of(entry(state, "/BM"));
    const bool known = std::any_of(modes.begin(), modes.end(), [](const Object& mode) {
        return std::find(blend_modes.begin(), blend_modes.end(), name_of(mode)) != blend_modes.end();
    });
    if (!modes.empty() && !known) inspection.find(RuleId::BlendMode, state, "/BM " + in_words(modes.front()));
}

Object check_soft_mask(const Inspection& inspection, Object state) {
    Object mask = entry(state, "/SMask");
    if (mask.isNull() || is_name(mask, "/None")) return Object::newNull();
    Object kind = entry(mask, "/S"), group = entry(mask, "/G");
    const bool right = mask.isDictionary() && (is_name(kind, "/Alpha") || is_name(kind, "/Luminosity")) &&
                       group.isStream() && is_name(entry(entry(group, "/Group"), "/S"), "/Transparency");
    if (!right) inspection.find(RuleId::SoftMask, state, "/SMask is " + in_words(mask));
    return right ? group : Object::newNull();
}

std::optional<bool> truth_of(Object object) {
    if (!object.isBool()) return std::nullopt;
    return object.getBoolValue();
}

}  // namespace

void check_rendering_intent(const Inspection& inspection, std::uint32_t object, std::string_view name) {
    constexpr std::array<std::string_view, 4> intents{"/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation",
                                                      "/Perceptual"};
    if (std::find(intents.begin(), intents.end(), name) == intents.end())
        inspection.find(RuleId::RenderingIntent, object, std::string(name));
}

ExtendedState read_extended_state(const Inspection& inspection, Object dictionary) {
    check_transfer(inspection, dictionary);
    check_halftone(inspection, dictionary);
    check_black_generation(inspection, dictionary);
    check_blend_mode(inspection, dictionary);
    if (Object intent = entry(dictionary, "/RI"); !intent.isNull())
        check_rendering_intent(inspection, number_in_file(dictionary), in_words(intent));
    ExtendedState state;
    state.soft_mask = check_soft_mask(inspection, dictionary);
    state.stroke_overprints = truth_of(entry(dictionary, "/OP"));
    state.fill_overprints = truth_of(entry(dictionary, "/op"));
    if (!state.fill_overprints) state.fill_overprints = state.stroke_overprints;  // §8.6.7: OP alone sets both
    if (const auto mode = integer_of(entry(dictionary, "/OPM"))) state.overprint_mode = static_cast<int>(*mode);
    state.line_width = number_of(entry(dictionary, "/LW"));
    if (const auto font = items_of(entry(dictionary, "/Font")); font.size() == 2) state.font = font[0];
    return state;
}

}  // namespace pli::preflight
