#include "preflight/content_inspector.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "content/lexer.hpp"
#include "preflight/content_run.hpp"
#include "preflight/parts.hpp"
#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

constexpr std::size_t most_placed = 1024;
constexpr std::size_t deepest = 40;

/// Finds a name or has it read; the text of a name is copied once.
template <class T, class Read>
T looked_up(NameMap<T>& map, std::string_view name, Read read) {
    if (const auto known = map.find(name); known != map.end()) return known->second;
    return map.emplace(std::string(name), read()).first->second;
}

}  // namespace

void Drawn::add(const Drawn& part, const Matrix& matrix) {
    thinnest = std::min(thinnest, part.thinnest * scale_of(matrix));
    for (const Placed& placed : part.pictures) {
        if (pictures.size() == most_placed) return;
        pictures.push_back({placed.picture, placed.matrix * matrix});
    }
}

void ContentInspector::inspect_page(std::string_view content, Names& names) {
    ContentRun run(*this, names, {});
    run.read(content);
    const Drawn& drawn = run.drawn();
    for (const auto& placed : drawn.pictures) check_resolution(inspection_, placed.picture, placed.matrix);
    if (drawn.thinnest < inspection_.limits.line_width - 0.001)
        inspection_.find(RuleId::Hairline, 0, fmt::format("lines of {:.3f} pt", drawn.thinnest));
}

void ContentInspector::inspect_appearance(Object form) {
    Names none(Object::newDictionary());
    if (XObject* xobject = read_xobject(form, none); xobject != nullptr && xobject->kind == XObject::Kind::Form)
        draw_form(*xobject, none, {});
}

Object ContentInspector::named(Names& names, const char* category, std::string_view name, std::uint32_t object) {
    Object found = entry(entry(names.dictionary, category), "/" + content::decoded_name(name));
    if (found.isNull()) inspection_.find(RuleId::Resource, object, fmt::format("{} {} is not defined", category, name));
    return found;
}

const ColourSpace* ContentInspector::space(Names& names, std::string_view name, std::uint32_t object) {
    using Kind = ColourSpace::Kind;
    if (name == "DeviceGray") return spaces_.device(Kind::Grey, names.dictionary, object);
    if (name == "DeviceRGB") return spaces_.device(Kind::Rgb, names.dictionary, object);
    if (name == "DeviceCMYK") return spaces_.device(Kind::Cmyk, names.dictionary, object);
    return looked_up(names.spaces, name, [&]() -> const ColourSpace* {
        if (name == "Pattern") return spaces_.read(Object::newName("/Pattern"), names.dictionary);
        Object found = named(names, "/ColorSpace", name, object);
        return found.isNull() ? nullptr : spaces_.read(found, names.dictionary, object);
    });
}

Font* ContentInspector::font(Names& names, std::string_view name, std::uint32_t object) {
    return looked_up(names.fonts, name, [&]() -> Font* {
        Object found = named(names, "/Font", name, object);
        return found.isNull() ? nullptr : read_font(found, names);
    });
}

Font* ContentInspector::read_font(Object dictionary, Names& names) {
    bool is_new = false;
    Font* font = fonts_.read(dictionary, is_new);
    if (is_new && font->kind == Font::Kind::Type3) inspect_glyphs(dictionary, names);
    return font;
}

void ContentInspector::inspect_glyphs(Object font, Names& outer) {
    Object procedures = entry(font, "/CharProcs");
    if (!procedures.isDictionary()) return;
    Names& names = names_of(font, outer);
    for (const auto& [name, stream] : procedures.getDictAsMap())
        if (Object(stream).isStream()) inspect_part(stream, names, {}, false);
}

const ExtendedState* ContentInspector::state(Names& names, std::string_view name, std::uint32_t object) {
    return looked_up(names.states, name, [&]() -> const ExtendedState* {
        Object found = named(names, "/ExtGState", name, object);
        return found.isNull() ? nullptr : read_state(found, names);
    });
}

const ExtendedState* ContentInspector::read_state(Object dictionary, Names& names) {
    const std::uint32_t number = number_in_file(dictionary);
    if (const auto known = states_.find(number); number != 0 && known != states_.end()) return &known->second;
    ExtendedState read = read_extended_state(inspection_, dictionary);
    const ExtendedState* state =
        number != 0 ? &(states_[number] = std::move(read)) : &direct_states_.emplace_back(std::move(read));
    if (!Object(state->soft_mask).isNull())
        if (XObject* group = read_xobject(state->soft_mask, names); group->kind == XObject::Kind::Form)
            draw_form(*group, names, {});
    return state;
}

XObject* ContentInspector::xobject(Names& names, std::string_view name, std::uint32_t object) {
    return looked_up(names.xobjects, name, [&]() -> XObject* {
        Object found = named(names, "/XObject", name, object);
        if (!found.isNull() && !Object(found).isStream())
            inspection_.find(RuleId::Resource, object, fmt::format("/XObject {} is no stream", name));
        return Object(found).isStream() ? read_xobject(found, names) : nullptr;
    });
}

XObject* ContentInspector::read_xobject(Object stream, Names& names) {
    const auto [at, first] = xobjects_.try_emplace(number_in_file(stream));
    XObject& xobject = at->second;
    if (!first) return &xobject;
    xobject.stream = stream;
    xobject.single_use = check_scope(inspection_, stream);
    if (has(stream, "/OPI")) inspection_.find(RuleId::Opi, stream, "/OPI");
    const std::string subtype = name_of(entry(stream, "/Subtype"));
    if (subtype == "/Image") {
        xobject.kind = XObject::Kind::Picture;
        xobject.picture = check_picture(inspection_, spaces_, stream, names.dictionary);
    } else if (subtype == "/Form") {
        read_form(xobject);
    } else if (subtype == "/PS") {
        inspection_.find(RuleId::PostScript, stream, "a PostScript XObject");
    } else {
        inspection_.find(RuleId::Resource, stream, "an XObject of /Subtype " + in_words(entry(stream, "/Subtype")));
    }
    return &xobject;
}

void ContentInspector::read_form(XObject& xobject) {
    Object stream = xobject.stream;
    if (is_name(entry(stream, "/Subtype2"), "/PS") || has(stream, "/PS"))
        inspection_.find(RuleId::PostScript, stream, "a form with PostScript");
    if (has(stream, "/Ref")) inspection_.find(RuleId::ReferenceXObject, stream, "/Ref");
    const auto matrix = matrix_of(entry(stream, "/Matrix"));
    if (!box_of(entry(stream, "/BBox")) || !matrix)
        inspection_.find(RuleId::Syntax, stream, "a form without /BBox or with a broken /Matrix");
    xobject.kind = XObject::Kind::Form;
    xobject.matrix = matrix.value_or(identity);
    check_group(stream, entry(stream, "/Resources"));
}

void ContentInspector::check_group(Object owner, Object resources) {
    Object group = entry(owner, "/Group"), space = entry(group, "/CS");
    if (group.isNull() || space.isNull()) return;
    using Kind = ColourSpace::Kind;
    if (space.isName()) {
        const Kind kind = is_name(space, "/DeviceGray")  ? Kind::Grey
                          : is_name(space, "/DeviceRGB") ? Kind::Rgb
                                                         : Kind::Cmyk;
        const bool device = kind != Kind::Cmyk || is_name(space, "/DeviceCMYK");
        if (!device || !spaces_.allowed(kind)) inspection_.find(RuleId::GroupColour, owner, "/CS " + in_words(space));
        return;
    }
    const Kind kind = spaces_.read(space, std::move(resources))->kind;
    if (kind != Kind::Grey && kind != Kind::Rgb && kind != Kind::Cmyk && kind != Kind::Unknown)
        inspection_.find(RuleId::GroupColour, owner, "/CS of a kind that cannot blend");
}

Pattern ContentInspector::pattern(Names& names, std::string_view name, std::uint32_t object) {
    return looked_up(names.patterns, name, [&]() -> Pattern {
        Object found = named(names, "/Pattern", name, object);
        return found.isNull() ? Pattern{} : read_pattern(found, names);
    });
}

Pattern ContentInspector::read_pattern(Object pattern, Names& names) {
    const auto [at, first] = patterns_.try_emplace(number_in_file(pattern));
    if (!first && at->first != 0) return at->second;
    const auto type = integer_of(entry(pattern, "/PatternType")), paint = integer_of(entry(pattern, "/PaintType"));
    if (type == 2) {
        if (Object state = entry(pattern, "/ExtGState"); state.isDictionary()) read_state(state, names);
        check_shading(entry(pattern, "/Shading"), names);
        return patterns_[number_in_file(pattern)] = {false, false};
    }
    if (type != 1 || !pattern.isStream() || (paint != 1 && paint != 2)) {
        inspection_.find(RuleId::ColourSpace, pattern, "a pattern that is neither tiles nor a shading");
        return {};
    }
    at->second = {false, paint == 2};
    inspect_part(pattern, names, {}, paint == 2);
    return {false, paint == 2};
}

void ContentInspector::shading(Names& names, std::string_view name, std::uint32_t object) {
    looked_up(names.others, name, [&] {
        Object found = named(names, "/Shading", name, object);
        if (!found.isNull()) check_shading(found, names);
        return true;
    });
}

void ContentInspector::check_shading(Object shading, Names& names) {
    const auto type = integer_of(entry(shading, "/ShadingType"));
    if (!type || *type < 1 || *type > 7) {
        inspection_.find(RuleId::ColourSpace, shading, "a shading without a type");
        return;
    }
    if (shading.isStream()) check_stream_dictionary(inspection_, shading);
    const ColourSpace* space = spaces_.read(entry(shading, "/ColorSpace"), names.dictionary, number_in_file(shading));
    if (space->kind == ColourSpace::Kind::Pattern)
        inspection_.find(RuleId::ColourSpace, shading, "a shading in a pattern space");
}

void ContentInspector::properties(Names& names, std::string_view name, std::uint32_t object) {
    const std::string key = "/Properties " + std::string(name);  // a shading may have the same name
    looked_up(names.others, key, [&] { return !named(names, "/Properties", name, object).isNull(); });
}

/// A part without resources uses those of whoever draws it (ISO 32000-1 §7.8.3, for files of old).
Names& ContentInspector::names_of(Object owner, Names& outer) {
    Object resources = entry(owner, "/Resources");
    if (!resources.isDictionary()) return outer;
    const std::uint32_t number = number_in_file(resources);
    if (number == 0) return direct_names_.emplace_back(resources);
    auto& names = names_[number];
    if (!names) names = std::make_unique<Names>(resources);
    return *names;
}

Drawn ContentInspector::inspect_part(Object stream, Names& outer, const Overprint& overprint, bool colourless) {
    const std::uint32_t number = number_in_file(stream);
    if (std::find(open_.begin(), open_.end(), number) != open_.end() || open_.size() == deepest) {
        inspection_.find(RuleId::Recursion, stream,
                         open_.size() == deepest ? "forms in forms, 40 deep" : "it draws itself");
        return {};
    }
    std::string content;
    check_and_decode(inspection_, stream, content);
    open_.push_back(number);
    ContentRun run(*this, names_of(stream, outer),
                   {number, overprint, colourless ? ContentRun::Kind::Uncoloured : ContentRun::Kind::Part});
    run.read(content);
    open_.pop_back();
    return run.drawn();
}

const Drawn& ContentInspector::draw_form(XObject& form, Names& outer, const Overprint& overprint) {
    if (++form.uses == 2 && form.single_use)
        inspection_.find(RuleId::VtScope, form.stream, "/GTS_Scope/SingleUse, but drawn again");
    const std::pair key{number_in_file(form.stream), overprint};
    if (const auto known = drawn_.find(key); known != drawn_.end()) return known->second;
    Drawn drawn = inspect_part(form.stream, outer, overprint, false);
    return drawn_[key] = std::move(drawn);
}

}  // namespace pli::preflight
