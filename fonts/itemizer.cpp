#include "fonts/itemizer.hpp"

#include <pango/pango.h>

#include <limits>
#include <string>

#include "base/release.hpp"
#include "fonts/characters.hpp"

namespace pli::fonts {
namespace {

template <class T>
using Object = Handle<T, g_object_unref>;
using HbSet = Handle<hb_set_t, hb_set_destroy>;
using Description = Handle<PangoFontDescription, pango_font_description_free>;

// --- a font that knows little more than which characters it has: itemising asks for nothing else

struct FaceFont {
    PangoFont parent;
    PangoCoverage* coverage;  // null until somebody asks; ours
    hb_face_t* hb;
    FaceId id;
};

/// 45,000 characters of a CJK face take a millisecond, so a face is read only once the ones before it have failed.
PangoCoverage* read_coverage(hb_face_t* face) {
    PangoCoverage* coverage = pango_coverage_new();
    const HbSet characters(hb_set_create());
    hb_face_collect_unicodes(face, characters.get());
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(characters.get(), &c);)
        pango_coverage_set(coverage, static_cast<int>(c), PANGO_COVERAGE_EXACT);
    return coverage;
}

PangoCoverage* coverage_of(PangoFont* font, PangoLanguage*) {
    auto* own = reinterpret_cast<FaceFont*>(font);
    if (!own->coverage) own->coverage = read_coverage(own->hb);
    return static_cast<PangoCoverage*>(g_object_ref(own->coverage));
}

/// Pango asks whether small capitals were wanted; an empty description says no.
PangoFontDescription* describe(PangoFont*) { return pango_font_description_new(); }

GType font_type();
GType map_type();

void finalize_parent(GObject* object, GType own) {
    static_cast<GObjectClass*>(g_type_class_peek_parent(g_type_class_peek(own)))->finalize(object);
}

void finalize_font(GObject* object) {
    g_clear_object(&reinterpret_cast<FaceFont*>(object)->coverage);
    finalize_parent(object, font_type());
}

void init_font_class(gpointer klass, gpointer) {
    static_cast<GObjectClass*>(klass)->finalize = finalize_font;
    static_cast<PangoFontClass*>(klass)->get_coverage = coverage_of;
    static_cast<PangoFontClass*>(klass)->describe = describe;
}

// --- a font map whose every answer is the fonts of one chain

struct ChainMap {
    PangoFontMap parent;
    PangoFontset* fonts;  // ours
};

PangoFont* first_font(PangoFontMap* map, PangoContext*, const PangoFontDescription*) {
    auto* fonts = reinterpret_cast<PangoFontsetSimple*>(reinterpret_cast<ChainMap*>(map)->fonts);
    PangoFont* first = nullptr;
    pango_fontset_foreach(
        reinterpret_cast<PangoFontset*>(fonts),
        [](PangoFontset*, PangoFont* font, gpointer out) -> gboolean {
            *static_cast<PangoFont**>(out) = static_cast<PangoFont*>(g_object_ref(font));
            return TRUE;
        },
        &first);
    return first;
}

PangoFontset* all_fonts(PangoFontMap* map, PangoContext*, const PangoFontDescription*, PangoLanguage*) {
    return static_cast<PangoFontset*>(g_object_ref(reinterpret_cast<ChainMap*>(map)->fonts));
}

void finalize_map(GObject* object) {
    g_clear_object(&reinterpret_cast<ChainMap*>(object)->fonts);
    finalize_parent(object, map_type());
}

void init_map_class(gpointer klass, gpointer) {
    static_cast<GObjectClass*>(klass)->finalize = finalize_map;
    static_cast<PangoFontMapClass*>(klass)->load_font = first_font;
    static_cast<PangoFontMapClass*>(klass)->load_fontset = all_fonts;
}

template <class Class, class Instance>
GType new_type(GType parent, const char* name, GClassInitFunc init) {
    return g_type_register_static_simple(parent, name, sizeof(Class), init, sizeof(Instance), nullptr, GTypeFlags{});
}

GType font_type() {  // registered once, whichever thread comes first
    static const GType type = new_type<PangoFontClass, FaceFont>(PANGO_TYPE_FONT, "PliFaceFont", init_font_class);
    return type;
}

GType map_type() {
    static const GType type = new_type<PangoFontMapClass, ChainMap>(PANGO_TYPE_FONT_MAP, "PliChainMap", init_map_class);
    return type;
}

// --- one chain as Pango sees it

struct Entrance {
    Object<PangoFontMap> map;
    Object<PangoContext> context;
};

Object<PangoFont> make_font(const Face& face, FaceId id) {
    auto* font = static_cast<FaceFont*>(g_object_new(font_type(), nullptr));
    font->hb = face.hb;
    font->id = id;
    return Object<PangoFont>(&font->parent);
}

PangoDirection direction_of(Shaper::Base base) {
    switch (base) {
        case Shaper::Base::LeftToRight: return PANGO_DIRECTION_LTR;
        case Shaper::Base::RightToLeft: return PANGO_DIRECTION_RTL;
        case Shaper::Base::Auto: break;
    }
    return PANGO_DIRECTION_WEAK_LTR;
}

hb_script_t script_of(const PangoItem& item) {
    return hb_script_from_iso15924_tag(g_unicode_script_to_iso15924(static_cast<GUnicodeScript>(item.analysis.script)));
}

TextItem taken(const PangoItem& item) {
    const auto* font = reinterpret_cast<const FaceFont*>(item.analysis.font);
    return {static_cast<std::uint32_t>(item.offset), static_cast<std::uint32_t>(item.length), item.analysis.level,
            script_of(item), font ? font->id : FaceId{}};
}

/// A sign of no script of its own: comma, space, bracket, mark.
bool is_common(char32_t c) {
    const hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
}

}  // namespace

struct Itemizer::State {
    const FontSet& fonts;
    std::vector<Object<PangoFont>> faces;  // by FaceId; made when a chain needs them
    std::vector<Entrance> chains;          // by ChainId

    PangoFont* font_of(FaceId id);
    Entrance open(ChainId chain);
    PangoContext* context_of(ChainId chain);
    bool can_follow(const TextItem& item, const TextItem& before, std::string_view text);
    std::vector<TextItem> joined(const std::vector<TextItem>& items, std::string_view text);
};

PangoFont* Itemizer::State::font_of(FaceId id) {
    if (faces.size() <= id.value) faces.resize(id.value + 1u);
    auto& font = faces[id.value];
    if (!font) font = make_font(fonts.face(id), id);
    return font.get();
}

Entrance Itemizer::State::open(ChainId chain) {
    PangoLanguage* language = pango_language_from_string("en");  // never the locale's; HarfBuzz gets the text's own
    PangoFontsetSimple* list = pango_fontset_simple_new(language);
    for (const FaceId id : fonts.faces_of(chain))
        pango_fontset_simple_append(list, static_cast<PangoFont*>(g_object_ref(font_of(id))));
    Entrance entrance;
    entrance.map.reset(static_cast<PangoFontMap*>(g_object_new(map_type(), nullptr)));
    reinterpret_cast<ChainMap*>(entrance.map.get())->fonts = reinterpret_cast<PangoFontset*>(list);
    entrance.context.reset(pango_font_map_create_context(entrance.map.get()));
    pango_context_set_language(entrance.context.get(), language);
    const Description any(pango_font_description_from_string("any 10"));
    pango_context_set_font_description(entrance.context.get(), any.get());
    return entrance;
}

PangoContext* Itemizer::State::context_of(ChainId chain) {
    if (chains.size() <= chain.value) chains.resize(chain.value + 1u);
    Entrance& entrance = chains[chain.value];
    if (!entrance.context) entrance = open(chain);
    return entrance.context.get();
}

/// Whether an item is signs alone, of which each is in the face of the item before it too.
bool Itemizer::State::can_follow(const TextItem& item, const TextItem& before, std::string_view text) {
    if (item.level != before.level || item.script != before.script) return false;
    PangoCoverage* coverage = coverage_of(font_of(before.face), nullptr);
    bool all = true;
    for (std::size_t at = item.first; all && at < item.first + item.length;) {
        const char32_t c = next_char(text, at);
        all = item.face == before.face ||
              (is_common(c) && pango_coverage_get(coverage, static_cast<int>(c)) == PANGO_COVERAGE_EXACT);
    }
    g_object_unref(coverage);
    return all;
}

/// Pango takes each comma from the first face that has it. A reader sees an Arabic line whose commas come from another
/// font, and a shaper cannot kern across: signs stay with the letters before them.
std::vector<TextItem> Itemizer::State::joined(const std::vector<TextItem>& items, std::string_view text) {
    std::vector<TextItem> result;
    for (const TextItem& item : items) {
        if (!result.empty() && can_follow(item, result.back(), text))
            result.back().length += item.length;
        else
            result.push_back(item);
    }
    return result;
}

Itemizer::Itemizer(const FontSet& fonts) : state_(new State{fonts, {}, {}}) {}
Itemizer::~Itemizer() = default;

std::vector<TextItem> Itemizer::itemize(ChainId chain, std::string_view text, Shaper::Base base) {
    std::vector<TextItem> items;
    if (text.empty()) return items;
    const std::string copy(text);  // Pango looks for a closing zero
    PangoContext* context = state_->context_of(chain);
    GList* list = pango_itemize_with_base_dir(context, direction_of(base), copy.data(), 0,
                                              static_cast<int>(copy.size()), nullptr, nullptr);
    for (const GList* link = list; link; link = link->next)
        items.push_back(taken(*static_cast<PangoItem*>(link->data)));
    g_list_free_full(list, [](gpointer item) { pango_item_free(static_cast<PangoItem*>(item)); });
    return state_->joined(items, text);
}

}  // namespace pli::fonts
