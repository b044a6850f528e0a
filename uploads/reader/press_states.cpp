#include "uploads/reader/press_states.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::array<std::string_view, 18> blend_modes{
    "/Normal",    "/Compatible", "/Multiply",   "/Screen",    "/Overlay",    "/Darken",
    "/Lighten",   "/ColorDodge", "/ColorBurn",  "/HardLight", "/SoftLight",  "/Difference",
    "/Exclusion", "/Hue",        "/Saturation", "/Color",     "/Luminosity", "/None"};
constexpr std::array<std::string_view, 4> intents{"/AbsoluteColorimetric", "/RelativeColorimetric", "/Saturation",
                                                  "/Perceptual"};

bool known_mode(QPDFObjectHandle mode) {
    return mode.isName() && std::ranges::find(blend_modes, mode.getName()) != blend_modes.end();
}

/// A list of modes means the first that a reader knows.
void mend_blend_mode(QPDFObjectHandle state) {
    auto mode = state.getKey("/BM");
    if (mode.isNull() || known_mode(mode)) return;
    for (const auto& candidate : items_of(mode))
        if (known_mode(candidate)) return;
    state.replaceKey("/BM", QPDFObjectHandle::newName("/Normal"));
}

void drop_unknown_intent(QPDFObjectHandle dictionary, const char* key) {
    auto intent = dictionary.getKey(key);
    if (intent.isNull()) return;
    if (!intent.isName() || std::ranges::find(intents, intent.getName()) == intents.end()) dictionary.removeKey(key);
}

void clean_state(QPDFObjectHandle state) {
    for (const char* key : {"/TR", "/TR2", "/HT", "/HTP", "/HTO", "/BG", "/BG2", "/UCR", "/UCR2"}) state.removeKey(key);
    mend_blend_mode(state);
    drop_unknown_intent(state, "/RI");
}

/// A form that draws nothing keeps the name that the content uses.
void clean_object(QPDF& pdf, QPDFObjectHandle objects, const std::string& name, QPDFObjectHandle object) {
    auto dictionary = object.getDict();
    if (name_in(object, "/Subtype") == "/Image") drop_unknown_intent(dictionary, "/Intent");
    if (name_in(object, "/Subtype") != "/PS" && name_in(object, "/Subtype2") != "/PS") return;
    auto empty = QPDFObjectHandle::newStream(&pdf, "");
    empty.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
    empty.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
    empty.getDict().replaceKey("/BBox", QPDFObjectHandle::newFromRectangle({0, 0, 1, 1}));
    objects.replaceKey(name, empty);
}

}  // namespace

void strip_press_states(QPDF& pdf) {
    for (const Content& content : contents_of(pdf)) {
        if (auto states = entry(content.resources, "/ExtGState"); states.isDictionary())
            for (auto& [name, state] : states.getDictAsMap())
                if (state.isDictionary()) clean_state(state);
        if (auto objects = entry(content.resources, "/XObject"); objects.isDictionary())
            for (auto& [name, object] : objects.getDictAsMap())
                if (object.isStream()) clean_object(pdf, objects, name, object);
    }
}

}  // namespace pli::uploads::reader
